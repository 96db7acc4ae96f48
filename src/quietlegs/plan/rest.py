"""Rests from the routine: nothing is due, nothing is broken, and who comes back is told so kindly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from quietlegs.records.done import State
from quietlegs.records.fact import Fact, Payload, Withdrawal
from quietlegs.records.rest import Rest
from quietlegs.words.catalogue import _, later
from quietlegs.words.dates import day

_NIGHT = timedelta(days=1)
_KINDLY = {
    None: later("You are taking a break. Nothing is planned tonight, and nothing is lost."),
    State.SICK: later("Get well first. Nothing is planned tonight, and nothing is lost."),
    State.TRAVEL: later("Have a good journey. Nothing is planned tonight, and nothing is lost."),
    State.COULD_NOT: later("That is all right. Nothing is planned tonight, and nothing is lost."),
}


@dataclass(frozen=True, slots=True)
class Pause:
    """Nights on which nothing is due, from `first` to `until`; None: nobody has said yet when it ends."""

    id: UUID
    first: date
    until: date | None
    because: State | None = None

    def has(self, night: date) -> bool:
        """Whether a night belongs to it."""
        return self.first <= night and (self.until is None or night <= self.until)

    @property
    def told(self) -> tuple[str, ...]:
        """What is said on a night of it: kind words, and how long it lasts."""
        lasts = (
            _("It lasts until you say that you are back.")
            if self.until is None
            else _("It lasts up to the night of {day}. You may be back earlier.", day=day(self.until, weekday=True))
        )
        return (_(_KINDLY[self.because]), lasts)


def pauses(facts: Iterable[Fact]) -> tuple[Pause, ...]:
    """Return all rests, the earliest first; two that were noted on two phones may overlap.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now; facts of other kinds are passed over.
    """
    rests = [
        Pause(one.id, one.night, one.payload.until, one.payload.because)
        for one in facts
        if isinstance(one.payload, Rest)
    ]
    return tuple(sorted(rests, key=lambda one: (one.first, one.id)))


def resting(facts: Iterable[Fact], night: date) -> Pause | None:
    """Return the rest that a night belongs to, the one begun last where there are two; None where there is none."""
    return next((one for one in reversed(pauses(facts)) if one.has(night)), None)


def uncounted(facts: Iterable[Fact], nights: Iterable[date]) -> frozenset[date]:
    """Return the nights of rest that no trial counts, neither as missed nor as done.

    The night on which a rest begins counts as it was drawn: its turn may have been seen before, and a rest taken
    because of the turn must not make the comparison unfair.
    """
    rests = pauses(facts)
    return frozenset(night for night in nights if any(one.has(night) and one.first < night for one in rests))


def states_at_rest(facts: Iterable[Fact], nights: Iterable[date]) -> dict[date, frozenset[State]]:
    """Return why each of these nights was a night of rest, where a reason was given; other nights are left out."""
    rests = [one for one in pauses(facts) if one.because is not None]
    found = {on: frozenset(one.because for one in rests if one.because and one.has(on)) for on in nights}
    return {on: states for on, states in found.items() if states}


def ends(facts: Iterable[Fact], night: date) -> tuple[tuple[Pause, Rest | Withdrawal], ...]:
    """Return each rest that has this night, with what replaces it for somebody who is back: all of it is over.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now.
    night : date
        The first night on which something is due again. A rest then ended on the night before; one that begins on
        this very night is withdrawn.
    """
    return tuple((one, _ended(one, night)) for one in pauses(facts) if one.has(night))


def _ended(pause: Pause, night: date) -> Rest | Withdrawal:
    if pause.first < night:
        return Rest(night - _NIGHT, pause.because)
    return Withdrawal("back on the same night")


def undone(noted: Iterable[Fact], earlier: Mapping[UUID, Fact]) -> tuple[tuple[Fact, Payload], ...]:
    """Return each fact of a rest with what replaces it when it is taken back; facts of other kinds are passed over.

    Parameters
    ----------
    noted : iterable of Fact
        The beginning, a change, or the end of a rest.
    earlier : mapping of UUID to Fact
        What they had replaced, by id: it holds again. Where they replaced nothing, nothing of them stays.
    """
    found: list[tuple[Fact, Payload]] = []
    for fact in noted:
        before = earlier.get(fact.supersedes) if fact.supersedes else None
        if before is not None and isinstance(before.payload, Rest):
            found.append((fact, before.payload))
        elif isinstance(fact.payload, Rest):
            found.append((fact, Withdrawal()))
    return tuple(found)


def newest_noted(facts: Iterable[Fact]) -> Fact | None:
    """Return what was noted last of a rest and has not been replaced: its beginning, a change or its end.

    Parameters
    ----------
    facts : iterable of Fact
        All that was ever noted.
    """
    known = {fact.id: fact for fact in facts}
    replaced = {fact.supersedes for fact in known.values()}
    found = [fact for fact in known.values() if fact.id not in replaced and _is_of_a_rest(fact, known)]
    return max(found, key=lambda one: (one.noted.at, one.id), default=None)


def _is_of_a_rest(fact: Fact, known: Mapping[UUID, Fact]) -> bool:
    """Whether it is a rest, or the end of one; what was taken back already is neither."""
    before = known.get(fact.supersedes) if fact.supersedes else None
    ended = before is not None and isinstance(before.payload, Rest) and fact.payload != Withdrawal()
    return isinstance(fact.payload, Rest) or ended
