"""The signs by which a person follows with the ears alone."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quietlegs.cues.cue import Cue, CueKind
from quietlegs.cues.signal import Signal, signals
from quietlegs.library.exercise import Exercise

Alone = Callable[..., tuple[Cue, ...]]


def heard(cues: tuple[Cue, ...]) -> list[str]:
    return [signal.value for signal in signals(cues) if signal]


def test_it_says_each_change_of_a_stretch(calf: Exercise, alone: Alone) -> None:
    hold, rest = ["in", "out"], ["next"]
    one_leg = [*hold, *rest, *hold]

    assert heard(alone(calf, 1)) == ["next", *one_leg, "side", *one_leg, "end"]


def test_it_says_where_work_without_a_breath_begins(calf: Exercise, alone: Alone) -> None:
    assert heard(alone(replace(calf, breathing=None, sides=1), 1)) == ["next", "begin", "next", "begin", "end"]


@settings(max_examples=60)
@given(data=st.data())
def test_it_leaves_no_stage_without_a_sign(timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject) -> None:
    cues = data.draw(timelines)
    signs = zip(cues, signals(cues), strict=True)
    for _, stage in groupby(signs, key=lambda one: one[0].part.start_s):
        assert next(stage)[1] is not Signal.NONE


@settings(max_examples=60)
@given(data=st.data())
def test_it_calls_the_other_leg_only_between_the_two(
    timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject
) -> None:
    cues = data.draw(timelines)
    for place, signal in enumerate(signals(cues)):
        after = [cue.side for cue in cues[place:] if cue.works and cue.part.slot == cues[place].part.slot]
        before = [cue.side for cue in cues[:place] if cue.works and cue.part.slot == cues[place].part.slot]
        if signal is Signal.SIDE:
            assert cues[place].kind in {CueKind.REST, CueKind.SWITCH_SIDE}
            assert before[-1] is not after[0]
