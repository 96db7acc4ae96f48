"""Whatever somebody does with breaks: what has gone by stays, back means back, and Undo undoes exactly that."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.plan.facts import fact, on

from quietlegs.plan.rest import ends, newest_noted, pauses, resting, undone
from quietlegs.records.done import State
from quietlegs.records.fact import Fact, current
from quietlegs.records.rest import Rest

_LAST = 160
reasons = st.none() | st.sampled_from([State.SICK, State.TRAVEL, State.COULD_NOT])
Night = tuple[bool, State | None]
lasting = st.none() | st.integers(0, 20)


class Breaks(RuleBasedStateMachine):
    """A person, a night after the other, on one phone: begins, changes, plans ahead, comes back, takes back."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: list[Fact] = []
        self.tonight = 0
        self.last: list[Fact] = []
        self.before: list[Night] = []

    def held(self) -> tuple[Fact, ...]:
        return current(self.facts)

    def nights(self, until: int = _LAST) -> list[Night]:
        """For each night whether it is one of rest, and why."""
        found = [resting(self.held(), on(night)) for night in range(until)]
        return [(one is not None, one.because if one else None) for one in found]

    def write(self, *made: Fact) -> None:
        self.before, gone = self.nights(), self.nights(self.tonight)
        self.facts += made
        self.last = list(made)
        assert [rests for rests, _ in self.nights(self.tonight)] == [rests for rests, _ in gone]

    @rule(nights=st.integers(1, 9))
    def sleep(self, nights: int) -> None:
        self.tonight += nights

    @rule(lasts=lasting, why=reasons)
    def take_or_change(self, lasts: int | None, why: State | None) -> None:
        """Begin a break tonight, or change the one that lasts."""
        held = resting(self.held(), on(self.tonight))
        replaced = next((one for one in self.held() if held and one.id == held.id), None)
        until = None if lasts is None else on(self.tonight + lasts)
        first = (held.first - on(0)).days if held else self.tonight
        self.write(fact(Rest(until, why), self.tonight, of=first, instead=replaced))
        assert resting(self.held(), on(self.tonight)) is not None

    @rule(ahead=st.integers(1, 20), lasts=lasting)
    def plan(self, ahead: int, lasts: int | None) -> None:
        first = self.tonight + ahead
        self.write(fact(Rest(None if lasts is None else on(first + lasts)), self.tonight, of=first))

    @rule()
    def come_back(self) -> None:
        facts = {one.id: one for one in self.held()}
        ended = ends(self.held(), on(self.tonight))
        first, gone = {one.id: (one.first - on(0)).days for one, _ in ended}, self.nights(self.tonight)
        self.write(*(fact(new, self.tonight, of=first[one.id], instead=facts[one.id]) for one, new in ended))
        assert resting(self.held(), on(self.tonight)) is None
        assert self.nights(self.tonight) == gone

    @precondition(lambda self: self.last)
    @rule()
    def take_back(self) -> None:
        before, known = self.before, {one.id: one for one in self.facts}
        newest = newest_noted(self.facts)
        assert newest is not None
        assert newest.noted.at == self.last[-1].noted.at
        made = [
            fact(payload, self.tonight, of=(one.night - on(0)).days, instead=one)
            for one, payload in undone(self.last, known)
        ]
        self.facts += made
        self.last = []
        assert self.nights() == before

    @invariant()
    def it_has_no_rest_that_ends_before_it_begins(self) -> None:
        assert all(one.until is None or one.first <= one.until for one in pauses(self.held()))


Breaks.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestBreaks = Breaks.TestCase
