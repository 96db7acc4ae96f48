"""People who live through an evening after the other: they do what the plan says, or not, and note how it went."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from hypothesis import strategies as st
from tests.plan.facts import fact, on

from quietlegs.library.load import load_library
from quietlegs.plan.evening import Evening, evening
from quietlegs.plan.turns import Turn
from quietlegs.records.done import NightState, Practice, State, StopReason, Work
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.person import AgeBand, Posture, SafetyAnswers, Wishes
from quietlegs.records.rest import Rest

LIBRARY = load_library()
QUESTIONS = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)
_WORK = Work(left_s=30, right_s=30)


@dataclass(frozen=True)
class Day:
    """What a person does on one evening: how many of the movements, which of them hurts, and what is noted.

    On an evening with `rests` a rest of so many nights begins.
    """

    does: int = 20
    hurts: int | None = None
    pain: int = 5
    severity: int | None = None
    state: State | None = None
    yes: tuple[str, ...] | None = None
    rests: int = 0
    why: State | None = None


def days(longest: int) -> st.SearchStrategy[list[Day]]:
    """Draw histories: mostly quiet evenings, some painful, ill, sore, missed, and now and then a new safety answer."""
    signs = [sign.key for sign in LIBRARY.safety.signs if sign.question]
    quiet = st.builds(Day, severity=st.none() | st.integers(0, 10))
    any_day = st.builds(
        Day,
        does=st.sampled_from([0, 0, 3, 20]),
        hurts=st.none() | st.integers(0, 8),
        pain=st.integers(1, 9),
        severity=st.none() | st.integers(0, 10),
        state=st.none() | st.sampled_from(State),
        yes=st.none() | st.none() | st.lists(st.sampled_from(signs), max_size=1).map(tuple),
        rests=st.sampled_from([0, 0, 0, 1, 3, 8, 15]),
        why=st.none() | st.sampled_from([State.SICK, State.TRAVEL, State.COULD_NOT]),
    )
    spell = st.tuples(st.one_of(quiet, quiet, any_day), st.integers(1, 12))
    spells = st.lists(spell, min_size=1, max_size=12)
    return spells.map(lambda found: [day for day, times in found for _ in range(times)][:longest])


people = st.builds(
    Wishes,
    posture=st.sampled_from([Posture.STANDING, Posture.STANDING, Posture.SEATED]),
    age=st.none() | st.sampled_from(AgeBand),
    bedtime=st.none() | st.sampled_from([time(21, 30), time(22, 30), time(0, 30)]),
)


@dataclass(frozen=True)
class Lived:
    """One evening as it was planned, and what was done of it."""

    on: date
    plan: Evening
    day: Day
    facts: tuple[Fact, ...]


def live(
    history: list[Day],
    wishes: Wishes,
    turns: Callable[[int], Sequence[Turn]] = lambda _: (),
    first: tuple[Fact, ...] = (),
) -> Iterator[Lived]:
    """Live through a history, each evening planned from all that was noted before."""
    facts = [fact(SafetyAnswers(QUESTIONS), 0, hour=12), fact(wishes, 0, hour=12), *first]
    for place, day in enumerate(history):
        if day.yes is not None:
            facts.append(fact(SafetyAnswers(QUESTIONS, day.yes), place, hour=13))
        if day.rests:
            facts.append(fact(Rest(on(place + day.rests - 1), day.why), place, hour=14))
        plan = evening(LIBRARY, facts, on(place), turns(place))
        yield Lived(on(place), plan, day, tuple(facts))
        facts += noted(plan, day, place)


def noted(plan: Evening, day: Day, place: int) -> list[Fact]:
    """Note what was done of a plan, and how the night was."""
    slots = plan.routine.slots[: day.does] if plan.routine else ()
    key = plan.routine.key if plan.routine else ""
    found = []
    for number, slot in enumerate(slots):
        hurts = day.hurts == number
        stopped, pain = (StopReason.HURT if day.pain > 3 else None, day.pain) if hurts else (None, None)
        done = Practice(slot.exercise, slot.level, _WORK, _WORK, stopped, pain, routine=key)
        found.append(fact(done, place))
    if day.severity is not None:
        found.append(fact(NightRating(day.severity), place, hour=22))
    if day.state is not None:
        found.append(fact(NightState(day.state), place))
    return found


def levels(plan: Evening) -> dict[str, int]:
    """Return the level of each movement of a plan."""
    return {slot.exercise: slot.level for slot in plan.routine.slots} if plan.routine else {}
