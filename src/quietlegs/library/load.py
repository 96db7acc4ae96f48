"""The one way into the library: TOML files in, facts out, or every mistake of every file at once."""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Protocol, TypeVar

from quietlegs.library.agreement import Names, disagreements
from quietlegs.library.evidence import Claim, Habit, Source, Topic
from quietlegs.library.exercise import Exercise, Routine
from quietlegs.library.languages import SUFFIX, TRANSLATIONS, in_language, is_translation
from quietlegs.library.safety import Safety
from quietlegs.library.shelf import Library
from quietlegs.library.strict import read_strictly
from quietlegs.words.language import ENGLISH
from quietlegs.words.language import language as spoken_now

SAFETY_FILE = "safety.toml"
_NOTHING = Safety(signs=(), ask_first={}, stop_rules=(), crisis=())


class LibraryError(ValueError):
    """The library's files are wrong; `problems` names each file, place, value and what is allowed there."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T")
K = TypeVar("K", bound=_Keyed)


def load_library(language: str | None = None) -> Library:
    """Return the library that comes with the program, in a language or the one spoken now; read once for each.

    What is not there in that language, or no longer says what the English says, stays English.
    """
    wanted = language or spoken_now()
    return _loaded(wanted if wanted in TRANSLATIONS else ENGLISH)


@cache
def _loaded(language: str) -> Library:
    folder = files("quietlegs.library")
    if language == ENGLISH:
        return load_from(folder)
    library, _untranslated = in_language(_loaded(ENGLISH), folder, language)
    return library


def load_from(folder: Traversable) -> Library:
    """Read a library from a folder; LibraryError lists the problems of all its files."""
    reading = _Reading(folder)
    library = Library(
        exercises=reading.shelf("exercises", Exercise, order=lambda one: one.number),
        routines=reading.shelf("routines", Routine),
        habits=reading.shelf("habits", Habit),
        claims=reading.shelf("claims", Claim, order=lambda one: _number(one.key)),
        sources=reading.shelf("sources", Source),
        topics=reading.shelf("topics", Topic, order=lambda one: one.order),
        safety=reading.table(SAFETY_FILE, folder.joinpath(SAFETY_FILE), Safety) or _NOTHING,
    )
    reading.problems += disagreements(library, reading.names, safety_read=library.safety is not _NOTHING)
    if reading.problems:
        raise LibraryError(reading.problems)
    return library


def _number(key: str) -> int:
    """Let c10 come after c9."""
    digits = key.lstrip("c")
    return int(digits) if digits.isdecimal() else 0


class _Reading:
    """One pass over a folder: what was wrong, and which names there are even where a file is wrong."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self.names: Names = {}

    def shelf(self, room: str, kind: type[K], *, order: Callable[[K], int] = lambda _: 0) -> dict[str, K]:
        """Read all files of a room; a file that is wrong is left out and reported."""
        found = []
        self.names[room] = set()
        for path in self._paths(room):
            key = path.name.removesuffix(SUFFIX)
            self.names[room].add(key)
            one = self.table(f"{room}/{path.name}", path, kind)
            if one is not None and one.key != key:
                self.problems.append(f"{room}/{path.name}: key is {one.key!r}; allowed: {key!r}, the file's name")
            if one is not None:
                found.append((key, one))
        return dict(sorted(found, key=lambda pair: order(pair[1])))

    def table(self, name: str, path: Traversable, kind: type[T]) -> T | None:
        """Read one file, None where it is wrong."""
        try:
            table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self.problems.append(f"{name}: the file is unreadable ({error}); allowed: TOML in UTF-8")
            return None
        one, problems = read_strictly(table, kind)
        self.problems += [f"{name}: {problem}" for problem in problems]
        return one

    def _paths(self, room: str) -> Iterator[Traversable]:
        place = self.folder.joinpath(room)
        if not place.is_dir():
            self.problems.append(f"{room}: the folder is missing; allowed: a folder of {SUFFIX} files")
            return
        found = [path for path in place.iterdir() if path.name.endswith(SUFFIX) and not is_translation(path.name)]
        yield from sorted(found, key=lambda path: path.name)
