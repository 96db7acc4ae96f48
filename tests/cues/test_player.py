import dataclasses
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quietlegs.cues.cue import Cue
from quietlegs.cues.player import Back, Event, Pause, Phase, Player, Resume, Skip, Start, Stop, Tick, step
from quietlegs.cues.wire import event_from_wire, replay
from quietlegs.cues.work import practised
from quietlegs.library.exercise import Dose, Exercise
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import StopReason

Alone = Callable[..., tuple[Cue, ...]]
History = tuple[tuple[Cue, ...], list[dict[str, Any]]]
T0 = 1_700_000_000_000


def after(cues: tuple[Cue, ...], *events: tuple[Event, int]) -> Player:
    """Let these happen to a person who heard every change in between."""
    player = Player(cues)
    for event, at_ms in events:
        player = step(step(player, Tick(heard=True), T0 + at_ms), event, T0 + at_ms)
    return player


def alone_with(cues: tuple[Cue, ...], *events: tuple[Event, int]) -> Player:
    """Let these happen to a person who in between neither saw nor heard anything."""
    player = Player(cues)
    for event, at_ms in events:
        player = step(player, event, T0 + at_ms)
    return player


def played_ms(player: Player) -> int:
    return sum(end - start for start, end in player.played)


@settings(max_examples=40)
@given(data=st.data())
def test_no_history_leads_out_of_the_timeline(histories: SearchStrategy[History], data: st.DataObject) -> None:
    cues, history = data.draw(histories)
    player = Player(cues)
    for row in history:
        player = step(player, *event_from_wire(row))
        assert 0 <= player.position_ms <= player.end_ms
        assert player.cue in cues
        assert (player.phase is Phase.DONE) <= (player.position_ms == player.end_ms)
        assert (player.phase is Phase.STOPPED) == (player.reason is not None)


@settings(max_examples=40)
@given(data=st.data())
def test_it_never_counts_more_than_the_clock_went_on(histories: SearchStrategy[History], data: st.DataObject) -> None:
    cues, history = data.draw(histories)
    allowed = sum(max(0, row["at_ms"] - before["at_ms"]) for before, row in pairwise(history))
    assert played_ms(replay(cues, history)) <= allowed


@settings(max_examples=40)
@given(data=st.data())
def test_work_stays_within_the_plan_unless_somebody_goes_back(
    histories: SearchStrategy[History], data: st.DataObject
) -> None:
    cues, history = data.draw(histories)
    forward = [row for row in history if row["event"] != "back"]
    for one in practised(cues, replay(cues, forward).played):
        for name in ("left_s", "right_s", "both_s", "repetitions"):
            assert getattr(one.done, name) <= getattr(one.planned, name)


@settings(max_examples=40)
@given(data=st.data())
def test_a_pause_loses_nothing(timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject) -> None:
    cues = data.draw(timelines)
    gaps = data.draw(st.lists(st.integers(0, cues[-1].end_ms // 5 + 1), min_size=1, max_size=8))
    pauses = data.draw(st.lists(st.integers(0, 10**7), min_size=len(gaps), max_size=len(gaps)))
    straight, paused = after(cues, (Start(), 0)), after(cues, (Start(), 0))
    at_ms = later_ms = T0
    for gap, pause in zip(gaps, pauses, strict=True):
        at_ms, later_ms = at_ms + gap, later_ms + gap
        straight = step(straight, Tick(heard=True), at_ms)
        paused = step(paused, Tick(heard=True), later_ms)
        paused = step(step(step(paused, Pause(), later_ms), Tick(), later_ms + pause // 2), Resume(), later_ms + pause)
        later_ms += pause
    assert (paused.position_ms, paused.played, paused.ended) == (straight.position_ms, straight.played, straight.ended)
    assert paused.cue == straight.cue
    assert practised(cues, paused.played) == practised(cues, straight.played)


@settings(max_examples=40)
@given(data=st.data())
def test_how_often_it_ticks_makes_no_difference(histories: SearchStrategy[History], data: st.DataObject) -> None:
    cues, history = data.draw(histories)
    in_order = sorted((row for row in history if row["event"] != "stop"), key=lambda row: row["at_ms"])
    extra = [{"event": "tick", "at_ms": row["at_ms"] + 100} for row in in_order]
    ticking = sorted([*in_order, *extra], key=lambda row: row["at_ms"])
    end = {"event": "tick", "at_ms": in_order[-1]["at_ms"] + 100}
    often, seldom = replay(cues, heard([*ticking, end])), replay(cues, heard([*in_order, end]))
    assert (often.phase, often.position_ms, often.played) == (seldom.phase, seldom.position_ms, seldom.played)


def heard(history: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Put the sound before each event."""
    for row in history:
        yield {"event": "tick", "at_ms": row["at_ms"], "heard": True}
        yield row


@settings(max_examples=40)
@given(data=st.data())
def test_the_same_history_gives_the_same_player(histories: SearchStrategy[History], data: st.DataObject) -> None:
    cues, history = data.draw(histories)
    assert replay(cues, history) == replay(cues, [dict(row) for row in history])


@settings(max_examples=40)
@given(data=st.data())
def test_nothing_changes_after_the_end(histories: SearchStrategy[History], data: st.DataObject) -> None:
    cues, history = data.draw(histories)
    end = {"event": "stop", "at_ms": T0 + 10**10, "reason": "enough"}
    stopped = replay(cues, [*history, end])
    assert stopped.ended
    again = stopped
    for row in [*history, end]:
        again = step(again, *event_from_wire(row))
    assert again == stopped


@settings(max_examples=40)
@given(data=st.data())
def test_played_straight_through_the_plan_is_done_exactly(
    timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject
) -> None:
    cues = data.draw(timelines)
    player = after(cues, (Start(), 0), (Tick(), cues[-1].end_ms))
    assert player.phase is Phase.DONE
    assert all(one.done == one.planned for one in practised(cues, player.played))


@settings(max_examples=60)
@given(data=st.data())
def test_it_counts_no_more_than_one_stage_of_what_nobody_saw_or_heard(
    histories: SearchStrategy[History], data: st.DataObject
) -> None:
    cues, history = data.draw(histories)
    before = replay(cues, history)
    slept_ms = data.draw(st.integers(10_001, 10**8))
    now = step(before, Tick(), before.at_ms + slept_ms)
    counted = cues_between(cues, before.position_ms, before.position_ms + played_ms(now) - played_ms(before))
    assert len({cue.span_start_ms for cue in counted}) <= 1 or all(cue.works for cue in counted)
    assert len({(cue.side, cue.part.slot) for cue in counted}) <= 1
    assert (now.phase is Phase.WAITING) or (now.phase is before.phase) or now.position_ms == now.end_ms


def cues_between(cues: tuple[Cue, ...], start_ms: int, end_ms: int) -> list[Cue]:
    return [cue for cue in cues if cue.start_ms < end_ms and cue.end_ms > start_ms]


def test_a_phone_locked_in_a_long_hold_finds_itself_at_its_end_at_most(calf: Exercise, alone: Alone) -> None:
    legs_up = dataclasses.replace(calf, doses=(Dose(420),) * 5, sides=1)
    begun = after(alone(legs_up), (Start(), 0), (Tick(), 30_000))
    on, over = step(begun, Tick(), T0 + 400_000), step(begun, Tick(), T0 + 500_000)
    assert (on.phase, on.position_ms) == (Phase.PLAYING, 400_000)
    assert (over.phase, over.position_ms) == (Phase.DONE, over.end_ms)


def test_a_phone_locked_in_one_of_two_long_holds_waits_before_the_other(calf: Exercise, alone: Alone) -> None:
    both_legs = dataclasses.replace(calf, doses=(Dose(420, 2, rest_s=0),) * 5)
    cues = alone(both_legs)
    slept = step(after(cues, (Start(), 0), (Tick(), 30_000)), Tick(), T0 + 1_000_000)
    (one,) = practised(cues, slept.played)
    assert (slept.phase, one.done.left_s, one.done.repetitions) == (Phase.WAITING, 420, 1)


def test_a_phone_locked_within_a_stage_finds_itself_further(calf: Exercise, alone: Alone) -> None:
    cues = alone(calf, 5)
    player = alone_with(cues, (Start(), 0), (Tick(), 9_000), (Tick(), 10_500), (Tick(), 54_999))
    assert (player.phase, player.position_ms, player.played) == (Phase.PLAYING, 54_999, ((0, 54_999),))


def test_a_phone_locked_for_longer_waits_at_the_end_of_the_stage(calf: Exercise, alone: Alone) -> None:
    cues = alone(calf, 5)
    waiting = alone_with(cues, (Start(), 0), (Tick(), 9_000), (Tick(), 10_500), (Tick(), 300_000), (Tick(), 310_000))
    assert (waiting.phase, waiting.position_ms, waiting.played) == (Phase.WAITING, 55_000, ((0, 55_000),))
    on = step(step(waiting, Resume(), T0 + 400_000), Tick(), T0 + 405_000)
    assert (on.phase, on.position_ms) == (Phase.PLAYING, 60_000)


def test_a_phone_that_played_its_sound_in_the_dark_finds_itself_further(calf: Exercise, alone: Alone) -> None:
    player = alone_with(alone(calf), (Start(), 0), (Tick(), 1_000), (Tick(heard=True), 41_000))
    assert (player.phase, player.position_ms, player.played) == (Phase.PLAYING, 41_000, ((0, 41_000),))


def test_a_phone_found_again_the_next_morning_counts_nothing_of_the_night(calf: Exercise, alone: Alone) -> None:
    player = alone_with(alone(calf, 5), (Start(), 0), (Tick(), 9_000), (Tick(), 10_500), (Pause(), 10**7))
    assert (player.phase, player.position_ms, player.played) == (Phase.WAITING, 10_500, ((0, 10_500),))


@pytest.mark.parametrize("gap_ms", [10_000, 200])
def test_a_short_look_aside_stops_nothing(calf: Exercise, alone: Alone, gap_ms: int) -> None:
    player = alone_with(alone(calf), (Start(), 0), *((Tick(), at_ms) for at_ms in range(0, 120_001, gap_ms)))
    assert (player.phase, player.played) == (Phase.DONE, ((0, 120_000),))


def test_a_phone_that_slept_past_the_last_stage_is_done(calf: Exercise, alone: Alone) -> None:
    player = alone_with(
        alone(calf, 1), *((Start(), 0), (Tick(), 1)), (Skip(), 1), *((Skip(), 1),) * 6, (Tick(), 99_999)
    )
    assert (player.phase, played_ms(player)) == (Phase.DONE, 10_001)


def test_skip_and_back_work_while_it_waits(calf: Exercise, alone: Alone) -> None:
    player = alone_with(alone(calf, 1), (Start(), 0), (Skip(), 60_000), (Pause(), 60_100), (Back(), 60_200))
    assert (player.phase, player.position_ms) == (Phase.WAITING, 10_000)


def test_a_clock_set_back_moves_nothing_until_it_has_caught_up(calf: Exercise, alone: Alone) -> None:
    player = after(alone(calf), (Start(), 0), (Tick(), 10_000), (Tick(), 4_000), (Tick(), 9_000), (Tick(), 11_000))
    assert (player.position_ms, player.played) == (11_000, ((0, 11_000),))


def test_a_pause_takes_the_clock_as_it_is_then(calf: Exercise, alone: Alone) -> None:
    player = after(alone(calf), (Start(), 0), (Pause(), 10_000), (Resume(), -3_600_000), (Tick(), -3_599_000))
    assert player.position_ms == 11_000


def test_skip_goes_to_the_next_stage_and_at_last_to_the_end(calf: Exercise, alone: Alone) -> None:
    player = after(alone(calf, 1), (Start(), 0), (Skip(), 1_000))
    places = [player.position_ms]
    while not player.ended:
        player = step(player, Skip(), player.at_ms)
        places.append(player.position_ms)
    assert places == [10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000]
    assert (player.phase, played_ms(player)) == (Phase.DONE, 1_000)


@pytest.mark.parametrize(
    ("at_ms", "place"), [(35_000, 30_000), (32_000, 30_000), (31_999, 20_000), (30_000, 20_000), (500, 0)]
)
def test_back_repeats_the_stage_or_the_one_before(calf: Exercise, alone: Alone, at_ms: int, place: int) -> None:
    assert after(alone(calf, 1), (Start(), 0), (Back(), at_ms)).position_ms == place


def test_going_back_counts_the_work_again(calf: Exercise, alone: Alone) -> None:
    cues = alone(calf, 1)
    player = after(cues, (Start(), 0), (Back(), 16_000), (Tick(), 106_000))
    (one,) = practised(cues, player.played)
    assert (one.done.left_s, one.done.right_s, one.done.repetitions) == (26, 20, 4)


def test_skip_and_back_work_while_paused(calf: Exercise, alone: Alone) -> None:
    player = after(alone(calf, 1), (Start(), 0), (Pause(), 1_000), (Skip(), 5_000), (Skip(), 6_000), (Back(), 7_000))
    assert (player.phase, player.position_ms) == (Phase.PAUSED, 10_000)


@pytest.mark.parametrize("event", [Tick(), Pause(), Resume(), Skip(), Back()])
def test_nothing_but_stop_happens_before_the_start(calf: Exercise, alone: Alone, event: Event) -> None:
    cues = alone(calf)
    assert after(cues, (event, 5_000)) == Player(cues)


@pytest.mark.parametrize("reason", list(StopReason))
def test_stop_keeps_its_reason_even_in_the_last_moment(calf: Exercise, alone: Alone, reason: StopReason) -> None:
    near = after(alone(calf), (Start(), 0), (Tick(), 119_990))
    player = step(step(near, Stop(reason), T0 + 120_050), Tick(), T0 + 130_000)
    assert (player.phase, player.reason, player.position_ms) == (Phase.STOPPED, reason, 120_000)


def test_it_refuses_a_timeline_without_cues() -> None:
    with pytest.raises(RangeError, match=r"Player\.cues"):
        Player(())


def test_a_player_cannot_be_changed_behind_its_back(calf: Exercise, alone: Alone) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Player(alone(calf)).position_ms = 5  # type: ignore[misc]  # writing is what is refused
