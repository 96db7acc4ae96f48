"""What is set aside for restless legs: never less than the ladder leaves out, whatever happened."""

from collections.abc import Sequence
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st
from tests.plan.facts import fact, on
from tests.plan.living import LIBRARY

from quietlegs.plan.ladder_terms import ladder_tonight
from quietlegs.plan.set_aside import SINCE, set_aside
from quietlegs.records.done import Practice, StopReason, Work
from quietlegs.records.felt import OfferedBecause, Relief

KEYS = ("calf_wall_straight", "ankle_pumps")


def practised(key: str, pain: int | None, stopped: StopReason | None) -> Practice:
    return Practice(key, 1, Work(), Work(), pain=pain, stopped=stopped, routine="evening")


def relieved(key: str, after: int) -> Relief:
    return Relief(key, OfferedBecause.DEFAULT, 1.0, 3, after)


stopped = st.sampled_from([None, StopReason.HURT, StopReason.WORSE, StopReason.WORSE])
evenings = st.builds(practised, st.sampled_from(KEYS), st.none() | st.integers(0, 9), stopped) | st.builds(
    relieved, st.sampled_from(KEYS), st.integers(2, 7)
)


@given(
    st.lists(st.tuples(st.sampled_from([1, 2, 13, 30, 44, 60]), evenings), min_size=2, max_size=12),
    st.sampled_from([0, 1, 14, 15, 90, 91]),
)
def test_it_sets_aside_all_that_the_ladder_leaves_out(
    history: Sequence[tuple[int, Practice | Relief]], since: int
) -> None:
    nights = list(accumulate(gap for gap, _ in history))
    facts = [fact(payload, night) for night, (_, payload) in zip(nights, history, strict=True)]
    tonight = on(nights[-1] + since)
    ladder = ladder_tonight(LIBRARY, facts, tonight)
    left_out = {key for key in KEYS if ladder.is_out(key)}

    lately = [one for one in facts if one.night >= tonight - SINCE]

    assert left_out <= set_aside(lately, tonight)
    assert set_aside(lately, tonight) == set_aside(facts, tonight)
