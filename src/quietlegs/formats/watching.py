"""How far the reading of a file has come, told to whoever wishes to show it or to end it."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

# Told after each piece how many bytes it had; what it raises ends the reading.
Hear = Callable[[int], None]
_BUFFER = 1 << 17
_heard: ContextVar[Hear | None] = ContextVar("quietlegs_heard", default=None)


class StoppedError(BaseException):
    """Whoever watches wants no more of it. No reader may take this for a mistake in its file and go on."""


class _Told(io.FileIO):
    """A file that tells each piece that is read of it."""

    def __init__(self, file: Path, hear: Hear) -> None:
        super().__init__(file, "rb")
        self._hear = hear

    def readinto(self, buffer: "bytearray | memoryview[int]", /) -> int | None:  # type: ignore[override]  # what a buffered reader hands over
        """Read a piece, and tell it."""
        count = super().readinto(buffer)
        self._hear(count or 0)
        return count

    def readall(self) -> bytes:
        """Read the rest, and tell it."""
        rest = super().readall() or b""
        self._hear(len(rest))
        return rest


@contextmanager
def watched(hear: Hear) -> Iterator[None]:
    """Tell `hear` of all that readers read within this block."""
    before = _heard.set(hear)
    try:
        yield
    finally:
        _heard.reset(before)


def open_bytes(file: Path) -> io.BufferedReader:
    """Open a file as every reader does, so that it can be watched."""
    hear = _heard.get()
    return io.BufferedReader(_Told(file, hear), _BUFFER) if hear else file.open("rb")


def still_wanted() -> None:
    """Let whoever watches end a reading that goes on for long without a byte more."""
    if hear := _heard.get():
        hear(0)
