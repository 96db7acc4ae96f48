"""The way from the command line to the store and the server: by the names the package announces, not by import."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol

from quietlegs.formats.reading import Format, LeftOut
from quietlegs.formats.watching import Hear
from quietlegs.records.diary import Diary
from quietlegs.records.moment import Moment
from quietlegs.words.catalogue import _

_GROUP = "quietlegs.doors"
_DATABASE_ERROR = "DatabaseError"
_SETTING_ERROR = "ImproperlyConfigured"


class DoorMissingError(RuntimeError):
    """The installation has the rooms, but not the part that keeps or shows the diary."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "the part named {name} of quietlegs is not installed; install the whole package with pip",
                name=repr(name),
            )
        )


def why_not(error: Exception) -> str | None:
    """Say in plain words what kept the diary from being read or written; None for a mistake of the program.

    The database's errors are known by the name that PEP 249 gives them: this door knows no database. A setting that
    cannot be used names itself.
    """
    if isinstance(error, DoorMissingError) or type(error).__name__ == _SETTING_ERROR:
        return f"{error}".rstrip(".") + "."
    if any(kind.__name__ == _DATABASE_ERROR for kind in type(error).__mro__):
        return _("The diary cannot be used: {reason}. {advice}", reason=error, advice=_advice(str(error)))
    if isinstance(error, OSError):
        return _refused(error)
    return None


def _refused(error: OSError) -> str:
    if error.filename is None:
        return _("Not everything could be read or written: {reason}.", reason=error.strerror or error)
    why = _("it is not a folder") if isinstance(error, FileExistsError | NotADirectoryError) else error.strerror
    return _(
        "{file} cannot be used: {why}. QUIETLEGS_HOME names the folder for your data.", file=error.filename, why=why
    )


def _advice(reason: str) -> str:
    if "locked" in reason:
        return _("Another program is writing to it; try again in a moment.")
    if "full" in reason:
        return _("Make room on the disk, then try again.")
    return _("To see more: quietlegs doctor")


class Serve(Protocol):
    """Serves the pages until Ctrl-C."""

    def __call__(self, port: int, *, host: str, demo: bool = False, reminders: bool = True) -> None:
        """Serve at an address of this machine, and send reminders beside it."""


class Work(Protocol):
    """Sends the reminders that are due."""

    def __call__(self, every_s: float, *, once: bool = False) -> None:
        """Look every so many seconds until told to end, or only once."""


class Save(Protocol):
    """Writes everything ever noted into a new file of tables."""

    def __call__(self, file: Path, *, demo: bool = False) -> None:
        """Refuse a file that is there already (FileExistsError)."""


def open_diary(*, demo: bool = False) -> Diary:
    """Return the diary of this machine, or the simulated person's."""
    diary: Diary = _door("diary")(demo=demo)
    return diary


def tell_taken_out(form: str) -> None:
    """Let the trail of the diary that was opened tell that all of it was taken out, and in which form."""
    _door("taken_out")(form)


def examine(*, demo: bool = False, deep: bool = False) -> Iterator[tuple[str, str, bool]]:
    """Yield what was looked at in the store, what was found, and whether it is good."""
    findings: Iterator[tuple[str, str, bool]] = _door("examine")(demo=demo, deep=deep)
    return findings


def server() -> Serve:
    """Return the server."""
    serve: Serve = _door("serve")
    return serve


class Kept(Protocol):
    """What a copy of the diary, or the diary itself, holds."""

    file: Path
    facts: int
    last_night: date | None


class Copies(Protocol):
    """Makes copies of the diary and puts them back; each ValueError says what kept it from that."""

    def backup(self, file: Path | None = None) -> Kept:
        """Copy the diary into a new file."""

    def look_at(self, file: Path) -> Kept:
        """Open a copy and read it through."""

    def restore(self, file: Path) -> Kept:
        """Put a copy in the diary's place; return the copy of what was there."""

    def now_kept(self) -> Kept:
        """Return what the diary holds."""


def copies() -> Copies:
    """Return what copies the diary of this machine."""
    found: Copies = _door("copies")()
    return found


class LeftOuts(Protocol):
    """How many rows were left out, and the first of them by name."""

    @property
    def named(self) -> Sequence[LeftOut]:
        """The first of them."""

    def __len__(self) -> int:
        """Count all of them."""


class Remaining(Protocol):
    """A copy that still holds what was deleted."""

    file: Path
    on: date


class Erasing(Protocol):
    """Deletes the diary; ValueError says what kept it from that."""

    def entries(self) -> int:
        """Return how many entries there are."""

    def erase(self, *, with_copies: bool = False) -> int:
        """Delete all of them."""

    def copies(self) -> list[Remaining]:
        """Return the copies that are known here."""

    def last_goes(self, remaining: list[Remaining]) -> date | None:
        """Return by when the last of them goes by itself, while quietlegs runs."""


def erasing() -> Erasing:
    """Return what deletes the diary of this machine."""
    found: Erasing = _door("erasing")()
    return found


class Receipt(Protocol):
    """What taking a file in does, or did."""

    file: Path
    format: Format
    new: Sequence[object]
    known: int
    taken_back: int
    left_out: LeftOuts
    said: Sequence[str]
    shared: AbstractSet[date]

    @property
    def rows(self) -> int:
        """How many rows were read."""

    @property
    def nights(self) -> Sequence[date]:
        """The nights that get something new."""


class TakenFile(Protocol):
    """A file that was taken in."""

    id: int
    name: str


class Imports(Protocol):
    """Takes files of other programs into the diary."""

    def look(self, one: Format, file: Path, zone: str, hear: Hear | None = None) -> Receipt:
        """Tell what taking a file in would do."""

    def take(self, receipt: Receipt) -> int:
        """Take it in."""

    def remember(self, header: str, columns: dict[str, Any], now: datetime) -> None:
        """Keep what the columns of a table mean."""

    def remembered(self, header: str) -> dict[str, Any] | None:
        """Return what they meant the last time."""

    def last_taken(self) -> TakenFile | None:
        """Return the file that can be undone."""

    def undo(self, number: int, now: Moment) -> int:
        """Take a file back."""


def imports() -> Imports:
    """Return what takes files into the diary of this machine."""
    found: Imports = _door("imports")()
    return found


class ServerKeys(Protocol):
    """The key of a server that hosts a group, and what it locks."""

    def new_server_key(self) -> str:
        """Return a fresh key."""

    def lock_anew(self) -> int:
        """Lock every diary's key with the first of the server's keys; return how many."""


def server_keys() -> ServerKeys:
    """Return what makes and changes the server's key."""
    found: ServerKeys = _door("server_keys")()
    return found


class Desk(Protocol):
    """Lets people in where a group is hosted."""

    def invite(self, email: str, *, send: bool = False) -> str:
        """Return a link that makes an account."""

    def make_host(self, email: str) -> str:
        """Make somebody a host; return the link where they have no account yet."""


def desk() -> Desk:
    """Return what lets people in."""
    found: Desk = _door("accounts")()
    return found


def reminding() -> Work:
    """Return what sends reminders."""
    work: Work = _door("worker")
    return work


def save_tables() -> Save:
    """Return what writes the diary as a database of its own."""
    save: Save = _door("save")
    return save


def _door(name: str) -> Any:
    for point in entry_points(group=_GROUP, name=name):
        return point.load()
    raise DoorMissingError(name)
