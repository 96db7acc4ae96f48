"""What the guide shows in a terminal."""

import io

import pytest
from rich.console import Console

from quietlegs.cli.screen import LineScreen, big_digits, breath_line, clock_text, picture, screen_for
from quietlegs.cues.cue import Cue, CueKind, Side, Span
from quietlegs.cues.player import Event, Pause, Player, Start, Tick, step

REST = Span(1, 0, 10)
HOLD = Span(2, 10, 10, works=True, repetitions=1)
CUES = (
    Cue(0, 6, CueKind.REST, Side.LEFT, "Rest", "Rest.", "calf", 2, None, REST),
    Cue(6, 4, CueKind.BREATHE_IN, Side.LEFT, "Breathe in by the nose", "", "calf", 2, None, REST),
    Cue(10, 6, CueKind.BREATHE_OUT, Side.LEFT, "Breathe out by the mouth", "", "calf", 2, None, HOLD),
    Cue(16, 4, CueKind.HOLD, Side.LEFT, "Stay, quiet breaths", "", "calf", 2, None, HOLD),
    Cue(20, 0, CueKind.DONE, Side.BOTH, "Done", "", "calf", 2, None, Span(2, 20, 0)),
)


def player(at_ms: int, event: Event | None = None) -> Player:
    looking = step(step(Player(CUES), Start(), 0), Tick(heard=True), at_ms)
    return step(looking, event, at_ms) if event else looking


def terminal(**options: str) -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=80, height=24, _environ={"TERM": "xterm", **options})


def said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_it_shows_movement_words_countdown_side_and_keys() -> None:
    head, words, left, side, breath, keys = picture(player(12_100))

    assert (head, words, left, side) == ("2 of 2", "Breathe out by the mouth", "0:08", "LEFT leg")
    assert breath
    assert "it hurts - stop" in keys


def test_a_pause_says_so_and_how_to_go_on() -> None:
    *_, breath, keys = picture(player(12_100, Pause()))

    assert breath == "paused"
    assert "go on" in keys


def test_it_asks_who_slept_through_a_stage_whether_to_go_on() -> None:
    slept = step(step(Player(CUES), Start(), 0), Tick(), 60_000)
    *_, breath, keys = picture(slept)

    assert breath == "still there?"
    assert "go on" in keys


def test_the_breath_widens_in_and_narrows_out_and_is_gone_in_between() -> None:
    widths = [len(breath_line(player(ms))) for ms in range(6_000, 16_000, 500)]

    assert widths[:8] == sorted(widths[:8])
    assert widths[8:] == sorted(widths[8:], reverse=True)
    assert widths[0] < widths[7]
    assert breath_line(player(3_000)) == breath_line(player(17_000)) == ""


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0:00"), (1, "0:01"), (21_000, "0:21"), (59_001, "1:00"), (600_000, "10:00")]
)
def test_a_second_begun_counts_as_a_whole_one(ms: int, text: str) -> None:
    assert clock_text(ms) == text


def test_large_digits_are_five_rows_of_one_width_and_all_different() -> None:
    assert {len(row) for sign in "0123456789:" for row in big_digits(sign)} == {3}
    assert len({tuple(big_digits(sign)) for sign in "0123456789:"}) == 11
    assert big_digits("1:7")[0] == "  █       ███"


def test_a_terminal_is_filled_and_given_back() -> None:
    console = terminal()
    with screen_for(console) as screen:
        screen.show(player(12_100))

    assert said(console).startswith("\x1b[?1049h")
    assert "\x1b[?1049l" in said(console)
    assert "Breathe out by the mouth" in said(console)


def test_it_is_drawn_anew_only_when_something_changed() -> None:
    console = terminal()
    with screen_for(console) as screen:
        screen.show(player(1_000))
        drawn = len(said(console))
        screen.show(player(1_100))
        screen.show(player(1_900))
        unchanged = len(said(console))
        screen.show(player(2_100))
        changed = len(said(console))

    assert drawn == unchanged < changed


def test_a_low_window_has_a_small_countdown() -> None:
    console = terminal()
    console.height = 10
    with screen_for(console) as screen:
        screen.show(player(12_100))

    assert "0:08" in said(console)
    assert "█" not in said(console)


@pytest.mark.parametrize("console", [Console(file=io.StringIO(), width=40), terminal(TERM="dumb")])
def test_without_a_real_terminal_each_cue_is_a_line(console: Console) -> None:
    with screen_for(console) as screen:
        assert isinstance(screen, LineScreen)
        for ms in range(0, 21_000, 125):
            screen.show(player(ms))

    assert [line.split() for line in said(console).splitlines()] == [
        ["0:00", "LEFT", "leg", "Rest"],
        ["0:06", "LEFT", "leg", "Breathe", "in", "by", "the", "nose"],
        ["0:10", "LEFT", "leg", "Breathe", "out", "by", "the", "mouth"],
        ["0:16", "LEFT", "leg", "Stay,", "quiet", "breaths"],
        ["0:20", "Done"],
    ]
