import dataclasses
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quietlegs.cues.cue import Cue, Side
from quietlegs.cues.player import Back, Event, Player, Skip, Start, Stop, Tick, step
from quietlegs.cues.timeline import timeline
from quietlegs.cues.work import practices, practised
from quietlegs.library.exercise import Dose, DoseKind, Exercise, Routine, Slot
from quietlegs.records.done import StopReason, Work

Alone = Callable[..., tuple[Cue, ...]]


def played(cues: tuple[Cue, ...], *events: tuple[Event, int]) -> Player:
    player = step(Player(cues), Start(), 0)
    for event, at_ms in events:
        player = step(step(player, Tick(heard=True), at_ms), event, at_ms)
    return player


def two(calf: Exercise) -> tuple[Cue, ...]:
    slots = (Slot("calf", 1, "First of two."), Slot("other", 2, "Second of two."))
    exercises = {"calf": calf, "other": dataclasses.replace(calf, key="other", sides=1)}
    return timeline(Routine("two", "Two", "For the test.", slots), {}, exercises=exercises)


@settings(max_examples=40)
@given(data=st.data())
def test_seconds_of_a_side_are_those_played_of_its_cues(
    timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject
) -> None:
    cues = data.draw(timelines)
    ends = sorted(data.draw(st.lists(st.integers(0, cues[-1].end_ms), min_size=2, max_size=2)))
    (start, end) = ends
    done = practised(cues, [(start, end)])
    for side, name in ((Side.LEFT, "left_s"), (Side.RIGHT, "right_s"), (Side.BOTH, "both_s")):
        expected = sum(
            max(0, min(cue.end_ms, end) - max(cue.start_ms, start)) for cue in cues if cue.works and cue.side is side
        )
        assert round(1000 * sum(getattr(one.done, name) for one in done)) == expected


def test_skipped_time_does_not_count(calf: Exercise, alone: Alone) -> None:
    cues = alone(calf, 1)
    player = played(cues, (Skip(), 14_000), (Tick(), 200_000))
    assert practised(cues, player.played)[0].done == Work(left_s=14, right_s=20, repetitions=3)


def test_repetitions_are_whole_ones(calf: Exercise, alone: Alone) -> None:
    raises = dataclasses.replace(calf, dose_kind=DoseKind.REPEAT, doses=(Dose(6, 10),) * 5, sides=1)
    cues = alone(raises)
    (one,) = practised(cues, [(0, 20_000 + 35_999)])
    assert (one.planned, one.done) == (Work(both_s=60, repetitions=10), Work(both_s=35.999, repetitions=5))


def test_a_movement_not_begun_is_counted_but_not_noted(calf: Exercise) -> None:
    cues = two(calf)
    player = played(cues, (Stop(StopReason.ENOUGH), 50_000))
    assert [(one.exercise, one.done.left_s) for one in practised(cues, player.played)] == [("calf", 20), ("other", 0)]
    (noted,) = practices(player)
    assert (noted.exercise, noted.stopped, noted.done.left_s) == ("calf", StopReason.ENOUGH, 20)


def test_the_reason_and_the_pain_go_to_the_movement_it_was_stopped_in(calf: Exercise) -> None:
    player = played(two(calf), (Stop(StopReason.HURT), 90_000))
    first, second = practices(player, routine="two", pain=6)
    assert (first.stopped, first.pain, first.routine) == (None, None, "two")
    assert (second.stopped, second.pain, second.level) == (StopReason.HURT, 6, 2)


def test_a_movement_that_ran_to_its_end_was_not_stopped(calf: Exercise) -> None:
    found = practices(played(two(calf), (Tick(), 10**6)), pain=3)
    assert [(one.exercise, one.stopped, one.pain, one.done == one.planned) for one in found] == [
        ("calf", None, None, True),
        ("other", None, None, True),
    ]


def test_the_same_movement_twice_in_a_routine_is_noted_twice(calf: Exercise) -> None:
    slots = (Slot("calf", 1, "First time."), Slot("calf", 1, "Once more."))
    cues = timeline(Routine("twice", "Twice", "For the test.", slots), {}, exercises={"calf": calf})
    found = practices(played(cues, (Tick(), 10**6)))
    assert [one.done.left_s for one in found] == [20, 20]


def test_going_back_for_hours_stays_within_what_a_diary_can_hold(calf: Exercise, alone: Alone) -> None:
    cues = alone(dataclasses.replace(calf, doses=(Dose(1000, 1),) * 5, breathing=None, sides=1))
    player = played(cues)
    for turn in range(1, 400):
        player = step(player, Tick(heard=True), turn * 70_000)
        player = step(player, Back(), turn * 70_000)
        player = step(player, Back(), turn * 70_000)
    assert practices(player)[0].done.both_s == 7200
