"""Reads nights of Gadgetbridge: its database, by itself or in its zip, with a table for each kind of watch."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from quietlegs.formats.archive import members
from quietlegs.formats.database import Database, opened_database, tables
from quietlegs.formats.database_row import Row
from quietlegs.formats.gadgetbridge import garmin, huami
from quietlegs.formats.gadgetbridge.sessions import KEPT, Told, told
from quietlegs.formats.nights import from_device, slept
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.words.catalogue import _

_NAME = "Gadgetbridge"
_INSIDE = "database/Gadgetbridge"
_OWN = {"DEVICE", "DEVICE_ATTRIBUTES", "USER_ATTRIBUTES"}
_READ = {garmin.STAGES, garmin.EVENTS, huami.TABLE, *(name for one in KEPT for name in (one.nights, one.stages))}
# Tables of what was measured during sleep: they tell of no night.
_BESIDE = re.compile("APNEA|RESPIRATORY|SCORE")
_LONGEST_NAME, _LONGEST = 60, 80


def _sniff(file: Path) -> bool:
    return _inside(file) is not None or tables(file) >= _OWN


def _inside(file: Path) -> str | None:
    return next((name for name in members(file) if name == _INSIDE or name.endswith(f"/{_INSIDE}")), None)


def _read(file: Path, zone: str) -> Read:
    with opened_database(file, _inside(file)) as database:
        there, names = database.tables(), _devices(database)
        count = 0
        for night in _nights(database, there):
            count += 1
            yield night if isinstance(night, LeftOut) else _entry(night, names, zone)
        for table in sorted(there - _READ):
            if "SLEEP" in table and not _BESIDE.search(table) and _holds_something(database, table):
                yield LeftOut(_("table {table}", table=table), _("its kind of sleep is not read yet"))
                count += 1
        if not count:
            yield LeftOut(_("the file"), _("none of its devices keeps nights in a table of their own"))


def _nights(database: Database, there: set[str]) -> Iterator[Told | LeftOut]:
    for kept in KEPT:
        if kept.nights in there:
            yield from told(database, kept)
    yield from garmin.told(database)
    yield from huami.told(database)


def _devices(database: Database) -> dict[object, str]:
    """Return what each device is called: by its owner, else by its maker; two of one name are told apart."""
    named = {}
    for row in database.rows("DEVICE", ["_id", "NAME"], ["ALIAS"]):
        if isinstance(row, Row):
            named[row.cells["_id"]] = row.name("ALIAS", "NAME", longest=_LONGEST_NAME) or _NAME
    often = Counter(named.values())
    return {key: f"{name} {key!r}"[:_LONGEST] if often[name] > 1 else name for key, name in named.items()}


def _holds_something(database: Database, table: str) -> bool:
    return any(True for _row in database.rows(table, ["TIMESTAMP"]))


def _entry(night: Told, names: dict[object, str], zone: str) -> Entry | LeftOut:
    source = names.get(night.device, _NAME)
    try:
        sleep = night.course.of(from_device(source, night.began, night.ended))
        if sleep.asleep_at is None and night.asleep:
            sleep = replace(sleep, asleep_at=night.asleep)
        return slept(night.place, f"{night.device} {night.began.isoformat()}", sleep, zone)
    except ValueError as error:
        return LeftOut(night.place, f"{error}", bad=True)


FORMAT = Format("gadgetbridge", _NAME, proven=False, sniff=_sniff, read=_read)
