"""The library in another language: beside each English file one of the same name, `walk.es.toml` beside `walk.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from quietlegs.library.shelf import Library
from quietlegs.library.translation import translated
from quietlegs.words.language import ENGLISH, LANGUAGES

T = TypeVar("T")
TRANSLATIONS = tuple(key for key in LANGUAGES if key != ENGLISH)
SUFFIX = ".toml"
ROOMS = ("exercises", "routines", "habits", "claims", "sources", "topics")
_TRANSLATION = re.compile(r"(?P<name>[^.]+)\.(?P<language>[a-z]{2})\.toml")


def is_translation(name: str) -> bool:
    """Tell whether a file of this name holds another language's texts for the English file beside it."""
    return _TRANSLATION.fullmatch(name) is not None


def english_files(library: Library) -> Iterator[tuple[str, object]]:
    """Give every file of the library, without its suffix, with the fact that it holds."""
    yield "safety", library.safety
    for room in ROOMS:
        yield from ((f"{room}/{key}", one) for key, one in getattr(library, room).items())


def in_language(library: Library, folder: Traversable, language: str) -> tuple[Library, list[str]]:
    """Return the library in a language and all that keeps it from being complete; where that is, English stays."""
    problems = list(_strays(library, folder, language))
    new: dict[str, Any] = {}
    for name, english in english_files(library):
        new[name], wrong = translated_file(english, folder, name, language)
        problems += wrong
    rooms = {room: {key: new[f"{room}/{key}"] for key in getattr(library, room)} for room in ROOMS}
    return replace(library, safety=new["safety"], **rooms), problems


def translated_file(english: T, folder: Traversable, name: str, language: str) -> tuple[T, list[str]]:
    """Return what one file says in a language; where that is missing or wrong the English, and why."""
    file = f"{name}.{language}{SUFFIX}"
    path = folder.joinpath(file)
    if not path.is_file():
        return english, [f"{file}: the file is missing; allowed: one for each English file"]
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return english, [f"{file}: the file is unreadable ({error}); allowed: TOML in UTF-8"]
    fact, problems = translated(english, table)
    return fact or english, [f"{file}: {problem}" for problem in problems]


def _strays(library: Library, folder: Traversable, language: str) -> Iterator[str]:
    """Name the files that translate nothing, because their English is gone."""
    for room in ROOMS:
        for path in folder.joinpath(room).iterdir():
            found = _TRANSLATION.fullmatch(path.name)
            if found and found["language"] == language and found["name"] not in getattr(library, room):
                yield f"{room}/{path.name}: translates no English file; allowed: {found['name']}{SUFFIX} beside it"
