"""Milestones count what was practised and only grow; nights, sick or quiet, change nothing."""

from hypothesis import given
from hypothesis import strategies as st
from tests.plan.facts import fact, on

from quietlegs.library.load import load_library
from quietlegs.plan.milestones import EVENINGS, milestone_tonight, milestones
from quietlegs.records.done import NightState, Practice, State, StopReason, Work
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.rest import Rest

LIBRARY = load_library()
CALF = "calf_wall_straight"


def done(night: int, level: int = 1, *, stopped: StopReason | None = None, routine: str | None = "evening") -> Fact:
    return fact(Practice(CALF, level, Work(), Work(), stopped, routine=routine), night)


def test_it_counts_evenings_once_each_and_names_the_night_of_a_milestone() -> None:
    facts = [done(night) for night in range(12) for _ in range(2)]

    found = milestones(LIBRARY, [*facts, done(40, routine=None)])

    assert found.evenings == 12
    assert found.reached == ((10, on(9)),)
    assert [count for count, _ in milestones(LIBRARY, [done(night) for night in range(120)]).reached] == list(EVENINGS)


def test_it_keeps_a_week_by_three_evenings_on_any_days_and_loses_none() -> None:
    # The first night is a Monday.
    facts = [done(night) for night in (0, 3, 6, 7, 8, 28, 30, 34)]

    assert milestones(LIBRARY, facts).weeks_kept == 2


def test_it_tells_a_longer_hold_done_to_its_end_without_pain() -> None:
    doses = LIBRARY.exercises[CALF].doses
    long = next(level for level, dose in enumerate(doses, 1) if dose.hold_s > doses[0].hold_s)

    found = milestones(LIBRARY, [done(0), done(30, long)]).hold

    assert found is not None
    assert (found.exercise, found.first_s, found.now_s) == (CALF, doses[0].hold_s, doses[long - 1].hold_s)
    assert milestones(LIBRARY, [done(0), done(30, long, stopped=StopReason.HURT)]).hold is None
    assert milestones(LIBRARY, [done(0, long), done(30)]).hold is None


def test_it_tells_tonights_milestone_once() -> None:
    facts = [done(night) for night in range(0, 18, 2)]

    assert milestone_tonight(facts, on(20)) == 10
    assert milestone_tonight([*facts, done(20)], on(20)) is None
    assert milestone_tonight([*facts, done(20)], on(21)) is None
    assert milestone_tonight([], on(0)) is None


nights = st.lists(st.integers(0, 80), max_size=80, unique=True)
of_a_night = st.one_of(
    st.builds(NightRating, st.integers(0, 10)), st.builds(NightState, st.sampled_from(State)), st.just(Rest())
)


@given(nights, st.lists(st.tuples(of_a_night, st.integers(0, 80)), max_size=20))
def test_it_is_moved_by_practice_alone(practised: list[int], others: list[tuple[NightRating, int]]) -> None:
    facts = [done(night) for night in practised]

    assert milestones(LIBRARY, [*facts, *(fact(one, night) for one, night in others)]) == milestones(LIBRARY, facts)


@given(nights, st.integers(0, 80))
def test_it_never_shrinks_by_what_comes_later(practised: list[int], cut: int) -> None:
    before = milestones(LIBRARY, [done(night) for night in practised if night < cut])
    after = milestones(LIBRARY, [done(night) for night in practised])

    assert (after.evenings, after.weeks_kept) >= (before.evenings, before.weeks_kept)
    assert after.weeks_kept >= before.weeks_kept
    assert set(before.reached) <= set(after.reached)
