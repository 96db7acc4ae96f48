"""Trials side by side as one picture: a row of turns each, all nights once, nothing cut."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from quietlegs.trials import marks
from quietlegs.trials.nights import Nights, nights_from
from quietlegs.trials.scale import SEVERITY
from quietlegs.trials.turns_picture import Turns, turns_picture

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2026, 1, 5)
CALF, BREATH, COFFEE, USUAL = "calf", "breathing", "no coffee", "a usual evening"


def nights(arms: list[str | None], *, later: int = 0) -> Nights:
    on = [FIRST + timedelta(days=later + place) for place in range(len(arms))]
    return nights_from(on, arms, [float(3 + place % 4) for place in range(len(arms))])


@pytest.fixture
def drawing() -> ET.Element:
    movement = Turns(nights([CALF, BREATH] * 10), BREATH)
    habit = Turns(nights([None] * 4 + [USUAL, COFFEE] * 4, later=8), USUAL)
    return ET.fromstring(turns_picture(nights([None] * 20), [movement, habit], axis=SEVERITY, width_px=358))


def test_it_gives_each_trial_a_row_of_its_own_turns(drawing: ET.Element) -> None:
    said = [one.text for one in drawing.iter(f"{SVG}text")]

    # What is compared with comes first; each arm is told with its own nights, however the other lot fell.
    assert [one for one in said if one in (CALF, BREATH, COFFEE, USUAL)] == [BREATH, CALF, USUAL, COFFEE]
    assert sum("of 10 nights" in (one or "") for one in said) == 2
    assert sum("of 4 nights" in (one or "") for one in said) == 2
    assert "20 answered, 0 not (ticks at the foot)" in said


def test_it_tells_a_screen_reader_of_all_trials(drawing: ET.Element) -> None:
    told = drawing[1].text or ""
    assert all(f"{name}: mean" in told for name in (CALF, BREATH, COFFEE, USUAL))


def test_it_parts_a_long_line_between_words_and_loses_none() -> None:
    text = "compared with slow breathing with ankle circles"
    lines = marks.wrapped(text, room_px=300)
    assert len(lines) == 2
    assert " ".join(lines) == text
    assert all(marks.width_of([one]) <= 300 for one in lines)
    assert marks.wrapped("Abendprogrammverbesserungsvorschlag", room_px=80)[0].endswith("\N{HORIZONTAL ELLIPSIS}")
