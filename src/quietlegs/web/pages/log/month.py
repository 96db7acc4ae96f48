"""A month of nights: what was noted of each, in squares and in words, week by week."""

from calendar import Calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from quietlegs.plan.rest import resting, states_at_rest
from quietlegs.records.done import NightState, Practice, State
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.sheet.names import state_words
from quietlegs.words.catalogue import _
from quietlegs.words.dates import month_of, short_day

_MONDAY_FIRST = Calendar(firstweekday=0)
_DAY = timedelta(days=1)
FIRST = date(1970, 1, 1)


@dataclass(slots=True)
class Night:
    """One night as it is shown; `severity` None was not answered, `ahead` has not come yet."""

    on: date
    ahead: bool = False
    severity: int | None = None
    practised: bool = False
    states: list[State] = field(default_factory=list)
    added_later: bool = False
    at_rest: bool = False

    @property
    def name(self) -> str:
        """The night in words, as a screen reader says it."""
        said = list(self._said())
        return _("{night}: {what}", night=short_day(self.on, weekday=True), what=", ".join(said))

    def _said(self) -> Iterator[str]:
        if self.severity is None:
            yield _("not noted")
        else:
            yield _("{severity} of 10", severity=self.severity) if self.severity else _("nothing felt")
        if self.practised:
            yield _("practised")
        if self.at_rest:
            yield _("a break")
        yield from (state_words()[state].lower() for state in self.states)
        if self.added_later:
            yield _("added later")


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month, Monday first; None stands for a day of another month."""

    name: str
    weeks: tuple[tuple[Night | None, ...], ...]
    earlier: date | None
    later: date | None

    @property
    def nights(self) -> list[Night]:
        """The nights that have come."""
        return [night for week in self.weeks for night in week if night and not night.ahead]

    @property
    def noted(self) -> int:
        """How many were rated."""
        return sum(night.severity is not None for night in self.nights)

    @property
    def free(self) -> int:
        """How many were without symptoms."""
        return sum(night.severity == 0 for night in self.nights)

    @property
    def practised(self) -> int:
        """On how many was something practised."""
        return sum(night.practised for night in self.nights)


def month(first: date, facts: Iterable[Fact], tonight: date) -> Month:
    """Return the month that begins on `first`; facts of other nights are passed over, but for rests that reach in."""
    known = tuple(facts)
    nights = {on: Night(on, ahead=on > tonight) for on in _days(first)}
    for fact in known:
        if fact.night in nights:
            _put(nights[fact.night], fact)
    why = states_at_rest(known, nights)
    for on in (on for on in nights if resting(known, on)):
        nights[on].at_rest = True
        nights[on].states += sorted(why.get(on, frozenset()) - set(nights[on].states))
    weeks = _MONDAY_FIRST.monthdatescalendar(first.year, first.month)
    earlier, later = (first - _DAY).replace(day=1), max(nights) + _DAY
    return Month(
        month_of(first),
        tuple(tuple(nights.get(on) for on in week) for week in weeks),
        earlier if earlier >= FIRST else None,
        later if later <= tonight else None,
    )


def _days(first: date) -> Iterator[date]:
    return (on for on in _MONDAY_FIRST.itermonthdates(first.year, first.month) if on.month == first.month)


def _put(night: Night, fact: Fact) -> None:
    """Add a fact to its night; they come in order of noting, so the newest rating is the one that stays."""
    payload = fact.payload
    night.added_later |= fact.added_later
    if isinstance(payload, NightRating):
        night.severity = payload.severity
    elif isinstance(payload, NightState):
        night.states = [payload.state]
    elif isinstance(payload, Practice):
        night.practised = True
