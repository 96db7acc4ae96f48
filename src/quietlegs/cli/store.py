"""The way from the command line to the store and the server: by the names the package announces, not by import."""

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any, Protocol

from quietlegs.records.diary import Diary

_GROUP = "quietlegs.doors"


class DoorMissingError(RuntimeError):
    """The installation has the rooms, but not the part that keeps or shows the diary."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the part named {name!r} of quietlegs is not installed; install the whole package with pip")


class Serve(Protocol):
    """Serves the pages until Ctrl-C."""

    def __call__(self, port: int, *, demo: bool = False) -> None:
        """Serve on this machine's own address."""


def open_diary(*, demo: bool = False) -> Diary:
    """Return the diary of this machine, or the simulated person's."""
    diary: Diary = _door("diary")(demo=demo)
    return diary


def examine(*, demo: bool = False) -> Iterator[tuple[str, str, bool]]:
    """Yield what was looked at in the store, what was found, and whether it is good."""
    findings: Iterator[tuple[str, str, bool]] = _door("examine")(demo=demo)
    return findings


def server() -> Serve:
    """Return the server."""
    serve: Serve = _door("serve")
    return serve


def _door(name: str) -> Any:
    for point in entry_points(group=_GROUP, name=name):
        return point.load()
    raise DoorMissingError(name)
