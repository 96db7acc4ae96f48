"""What was noted of one night besides its rating, an entry a line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from quietlegs.formats.plain_csv.night import SOURCE as TABLE
from quietlegs.library.shelf import Library
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact
from quietlegs.records.felt import Relief
from quietlegs.records.moment import moment
from quietlegs.records.remark import MOOD, Remark
from quietlegs.records.slept import Intake
from quietlegs.sheet.names import substance_words, unit_words
from quietlegs.web.pages.guide.words import length_words
from quietlegs.words.catalogue import _
from quietlegs.words.numbers import number


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what, whether it was noted later than the day after, and whether a part of it can be changed."""

    id: UUID
    words: str
    added_later: bool
    can_change: bool


def entries(facts: Iterable[Fact], library: Library) -> tuple[Entry, ...]:
    """Return movements, what was taken and what other programs kept, in order of noting."""
    return tuple(_entries(facts, library))


def _entries(facts: Iterable[Fact], library: Library) -> Iterator[Entry]:
    for fact in facts:
        payload = fact.payload
        if isinstance(payload, Relief):
            words = _rated(payload, f"{fact.noted.wall:%H:%M}", _name(payload.movement, library))
        elif isinstance(payload, Practice):
            work = payload.done
            length = length_words(work.left_s + work.right_s + work.both_s)
            at, name = f"{fact.noted.wall:%H:%M}", _name(payload.exercise, library)
            words = _("{at} {movement}, {length}", at=at, movement=name, length=length)
        elif isinstance(payload, Intake):
            words = taken_words(payload, fact.noted.zone)
        elif isinstance(payload, Remark):
            # A table tells of a night, and of no hour.
            words = _remarked(payload, "" if payload.source == TABLE else f"{fact.noted.wall:%H:%M}")
        else:
            continue
        yield Entry(fact.id, words, fact.added_later, can_change=isinstance(payload, Relief | Intake))


def taken_words(intake: Intake, zone: str = "UTC") -> str:
    """Say what was taken, how much of it and, where it is known, when."""
    what = intake.name or substance_words()[intake.substance]
    amount = f"{number(intake.amount)} {unit_words()[intake.unit]}"
    at = f", {moment(intake.taken_at, zone).wall:%H:%M}" if intake.taken_at else ""
    return f"{what[:1].upper()}{what[1:]}, {amount}{at}"


def _remarked(remark: Remark, at: str) -> str:
    """Say what another program kept, in its own words."""
    about = _("mood") if remark.about == MOOD else remark.about
    amount = None if remark.value is None else number(remark.value)
    if amount and remark.of is not None:
        amount = _("{value} of {most}", value=amount, most=number(remark.of))
    told = [" ".join(filter(None, (amount, remark.unit))), remark.word, *remark.tags, remark.note]
    words = ": ".join(filter(None, (f"{at} {about}".strip(), ", ".join(filter(None, told)))))
    return f"{words} ({remark.source})" if remark.source else words


def _rated(relief: Relief, at: str, movement: str) -> str:
    before, after = (_("not rated") if one is None else str(one) for one in (relief.before, relief.after))
    return _("{at} {movement}: {before} before, {after} after", at=at, movement=movement, before=before, after=after)


def _name(key: str, library: Library) -> str:
    return library.exercises[key].name if key in library.exercises else key
