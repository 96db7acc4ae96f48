"""The first nights of a table, as they would be taken in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from textwrap import shorten

from quietlegs.formats.known import read
from quietlegs.formats.plain_csv.meaning import Columns
from quietlegs.formats.plain_csv.read import mapped
from quietlegs.formats.reading import LeftOut
from quietlegs.records.fact import Payload
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Intake, Sleep
from quietlegs.sheet.names import substance_words, unit_words
from quietlegs.words.catalogue import _
from quietlegs.words.numbers import number

_NIGHTS = 5
_ROWS = 100
_LONGEST_NOTE = 80


@dataclass(slots=True)
class Shown:
    """What would come of the first rows: nights with what is noted of each, and rows that would be left out."""

    nights: dict[date, list[str]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)


def first_nights(file: Path, columns: Columns, zone: str) -> Shown:
    """Read the beginning of a table."""
    shown = Shown()
    for one in islice(read(mapped(columns), file, zone), _ROWS):
        if isinstance(one, LeftOut):
            shown.left_out += [one] if len(shown.left_out) < _NIGHTS else []
        elif one.night in shown.nights or len(shown.nights) < _NIGHTS:
            shown.nights.setdefault(one.night, []).extend(_told(one.payload, zone))
        else:
            break
    return shown


def _told(payload: Payload, zone: str) -> Iterator[str]:
    if isinstance(payload, NightRating):
        if payload.severity is not None:
            yield _("legs: {severity} of 10", severity=payload.severity)
        yield from _at(_("began at {time}"), payload.began_at, zone)
    elif isinstance(payload, Sleep):
        yield from _at(_("light out at {time}"), payload.lights_out_at, zone)
        yield from _at(_("asleep at {time}"), payload.asleep_at, zone)
        yield from _at(_("up at {time}"), payload.up_at, zone)
        if payload.awakenings is not None:
            yield _("awakenings: {count}", count=payload.awakenings)
        if payload.quality is not None:
            yield _("sleep: {quality} of 10", quality=payload.quality)
    elif isinstance(payload, Intake):
        what = payload.name or substance_words()[payload.substance]
        yield f"{what}: {number(payload.amount)} {unit_words()[payload.unit]}"
    elif isinstance(payload, Remark) and payload.note:
        yield f"{payload.about}: {shorten(payload.note, _LONGEST_NOTE, placeholder='…')}"


def _at(words: str, at: datetime | None, zone: str) -> Iterator[str]:
    if at is not None:
        yield words.format(time=f"{moment(at, zone).wall:%H:%M}")
