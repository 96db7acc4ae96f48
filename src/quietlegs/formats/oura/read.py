"""Reads nights of a ring by Oura: tables with commas or semicolons, or JSON, by themselves or in a zip."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO

from quietlegs.formats.archive import members, opened
from quietlegs.formats.headed import headed
from quietlegs.formats.listed import elements
from quietlegs.formats.oura.night import NAME, night
from quietlegs.formats.reading import Format, LeftOut, NotReadableError, Read
from quietlegs.formats.text import lines_of
from quietlegs.formats.watching import open_bytes
from quietlegs.words.catalogue import _

_NAMES = {"sleepmodel.csv", "sleep.csv", "sleep.json"}
_NEAR = (b"bedtime_start", b"bedtime start")
_LOOKED_AT = 2**18
_LISTS = frozenset({"sleep", "data", "sleepmodel", "sleep_model"})


def _sniff(file: Path) -> bool:
    try:
        if members(file):
            return bool(_inside(file))
        with open_bytes(file) as stream:
            return _tells_of_sleep(stream)
    except (OSError, NotReadableError):
        return False


def _inside(file: Path) -> list[str]:
    """Return the tables and lists of sleep in a zip."""
    found = []
    for name in members(file):
        last = PurePosixPath(name).name.lower()
        if last in _NAMES or (last.startswith("oura") and last.endswith((".csv", ".json"))):
            with opened(file, name) as stream:
                found += [name] if _tells_of_sleep(stream) else []
    return found


def _tells_of_sleep(stream: IO[bytes]) -> bool:
    start = stream.read(_LOOKED_AT).lower()
    table = start.split(b"\n", 1)[0]
    return any(near in (start if _is_json(start) else table) for near in _NEAR)


def _is_json(start: bytes) -> bool:
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def _read(file: Path, zone: str) -> Read:
    inside = _inside(file)
    names: list[str | None] = [*inside] or [None]
    for name in names:
        try:
            with _stream(file, name) as stream:
                json_too = _is_json(stream.read(_LOOKED_AT))
            with _stream(file, name) as stream:
                for found in _listed(stream, zone) if json_too else _tabled(stream, zone):
                    last = PurePosixPath(name).name if name else ""
                    yield replace(found, place=_("{name}, {place}", name=last, place=found.place)) if last else found
        except NotReadableError as error:
            yield LeftOut(name or file.name, f"{error}", bad=True)


@contextmanager
def _stream(file: Path, name: str | None) -> Iterator[IO[bytes]]:
    with open_bytes(file) if name is None else opened(file, name) as stream:
        yield stream


def _tabled(stream: IO[bytes], zone: str) -> Read:
    text = lines_of(stream)
    first = next(text, "")
    separator = ";" if first.count(";") > first.count(",") else ","
    for found in headed(_with(first, text), (), separator):
        if isinstance(found, LeftOut):
            yield found
        else:
            place, cells = found
            yield night(place, {name.replace(" ", "_"): cell for name, cell in cells.items()}, zone)


def _with(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _listed(stream: IO[bytes], zone: str) -> Read:
    number = 0
    try:
        for row in elements(stream, _LISTS):
            number += 1
            place = _("entry {number}", number=number)
            if isinstance(row, dict):
                yield night(place, row, zone)
            else:
                yield LeftOut(place, _("it has no sleep"), bad=True)
    except (ValueError, RecursionError) as error:
        yield LeftOut(_("entry {number}", number=number + 1), f"{error}", bad=True)


FORMAT = Format("oura", NAME, proven=False, sniff=_sniff, read=_read)
