"""Both pictures: well-formed, readable without colour or style sheet, safe with any name."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.trials.compare import Comparison, compare
from quietlegs.trials.difference_picture import difference_picture
from quietlegs.trials.estimated import Line
from quietlegs.trials.nights import Nights, TooFewNightsError, nights_from
from quietlegs.trials.picture import nights_picture
from quietlegs.trials.scale import SEVERITY, Axis, day_ticks, scale
from quietlegs.trials.verdict import Answer

Simulate = Callable[..., Nights]
Rehearse = Callable[..., tuple[Nights, Answer]]
SVG = "{http://www.w3.org/2000/svg}"
MONDAY = date(2026, 1, 5)


def texts(drawing: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawing).iter(f"{SVG}text")]


def compared(nights: Nights) -> Comparison:
    found = compare(nights, arm="calf", comparator="breathing")
    assert isinstance(found, Comparison)
    return found


def both(nights: Nights, width_px: int) -> list[str]:
    return [
        nights_picture(nights, axis=SEVERITY, comparator="breathing", width_px=width_px),
        difference_picture([compared(nights)], axis=SEVERITY, width_px=width_px),
    ]


@pytest.mark.parametrize("width_px", [358, 900])
@pytest.mark.parametrize("count", [20, 365])
def test_it_tells_a_screen_reader_what_it_shows(simulate: Simulate, count: int, width_px: int) -> None:
    for drawing in both(simulate(np.random.default_rng(1), count), width_px):
        root = ET.fromstring(drawing)
        assert root.get("role") == "img"
        assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert "night" in (root[1].text or "")
        assert root.get("width") == str(width_px)


def test_it_needs_no_style_and_takes_its_colour_from_the_page(simulate: Simulate) -> None:
    for drawing in both(simulate(np.random.default_rng(1), 40), 640):
        assert "style" not in drawing
        assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawing)) == {"currentColor"}


def test_it_tells_arms_apart_by_shape_and_shade_and_line(simulate: Simulate) -> None:
    drawing = nights_picture(simulate(np.random.default_rng(1), 40), axis=SEVERITY, comparator="breathing")
    paths = list(ET.fromstring(drawing).iter(f"{SVG}path"))

    looks = {(path.get("class"), path.get("fill-opacity")) for path in paths}
    assert looks == {("chart-points chart-circle", "0.0"), ("chart-points chart-square", "1.0")}
    means = [
        line.get("stroke-dasharray")
        for line in ET.fromstring(drawing).iter(f"{SVG}line")
        if line.get("class") == "chart-mean"
    ]
    assert set(means) == {"7 5", None}


def test_it_draws_every_answer_and_marks_every_night_without_one(simulate: Simulate) -> None:
    nights = simulate(np.random.default_rng(2), 50)
    root = ET.fromstring(nights_picture(nights, axis=SEVERITY))
    circles, squares = (
        "".join(p.get("d") or "" for p in root.iter(f"{SVG}path") if shape in (p.get("class") or ""))
        for shape in ("circle", "square")
    )

    # One more of each shape stands in the legend.
    assert circles.count("M") + squares.count("M") == int(nights.answered.sum()) + 2
    ticks = [line for line in root.iter(f"{SVG}line") if line.get("class") == "chart-missing"]
    assert len(ticks) == int((~nights.answered).sum())


def test_it_names_means_units_and_numbers_of_nights() -> None:
    days = [MONDAY + timedelta(days=k) for k in (0, 1, 3)]
    told = texts(nights_picture(nights_from(days, ["calf", "calf", None], [4, 5, None]), axis=SEVERITY))

    assert told[0] == "Severity (0 to 10)"
    assert "mean 4.50, 2 of 2 nights" in told
    assert told[-3:] == ["5 Jan 2026 to 8 Jan 2026", "2 answered, 1 not (ticks at the foot)", "1 date not in the diary"]


def test_it_draws_a_plain_diary_without_arms() -> None:
    told = texts(nights_picture(nights_from([MONDAY], [None], [7]), axis=SEVERITY))

    assert {"all nights", "mean 7.00, 1 of 1 night"} <= set(told)


def test_it_draws_nothing_out_of_nothing() -> None:
    with pytest.raises(TooFewNightsError, match="answered nights is 0"):
        nights_picture(nights_from([MONDAY], [None], [None]), axis=SEVERITY)
    with pytest.raises(TooFewNightsError, match="comparisons is 0"):
        difference_picture([], axis=SEVERITY)


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(max_size=20))
def test_it_is_well_formed_whatever_things_are_called(arm: str, unit: str) -> None:
    nights = nights_from([MONDAY, MONDAY + timedelta(days=1)], [arm, None], [4, 5])

    ET.fromstring(nights_picture(nights, axis=Axis("<script>", unit)))


def test_it_keeps_markup_in_a_name_from_becoming_markup() -> None:
    days = [MONDAY + timedelta(days=k) for k in range(10)]
    name = '<script>alert("x")</script>'
    nights = nights_from(days, [name, "b"] * 5, [3, 5, 2, 6, 3, 4, 1, 6, 2, 5])
    found = compare(nights, arm=name, comparator="b")
    assert isinstance(found, Comparison)

    for drawing in (nights_picture(nights, axis=Axis(name)), difference_picture([found], axis=Axis(name, name))):
        assert "<script" not in drawing


def test_it_places_the_interval_where_its_figures_say(simulate: Simulate) -> None:
    found = compared(simulate(np.random.default_rng(3), 60))
    root = ET.fromstring(difference_picture([found], axis=SEVERITY))
    zero = next(float(line.get("x1") or 0) for line in root.iter(f"{SVG}line") if line.get("class") == "chart-zero")
    bar = next(line for line in root.iter(f"{SVG}line") if line.get("class") == "chart-interval")
    low, high = float(bar.get("x1") or 0), float(bar.get("x2") or 0)
    per_point = (high - low) / (found.difference.high - found.difference.low)

    assert (low - zero) / per_point == pytest.approx(found.difference.low, abs=0.01)
    assert f"night after night: {found.difference.estimate:+.2f}" in " ".join(
        texts(difference_picture([found], axis=SEVERITY))
    )


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 8))
def test_it_holds_all_values_between_round_ends(low: float, width: float, most: int) -> None:
    found = scale(low, low + width, start=0, end=100, most=most)

    assert found.low <= low + 1e-6 * width
    assert found.high >= low + width - 1e-6 * width
    assert len(found.ticks) <= most + 3
    assert len({found.label(tick) for tick in found.ticks}) == len(found.ticks)


def test_it_makes_room_for_answers_that_are_all_the_same() -> None:
    assert scale(5, 5, start=0, end=100, most=5).at(5) == 50


@given(st.integers(0, 40_000), st.integers(1, 12))
def test_it_never_crowds_the_dates(days: int, most: int) -> None:
    found = day_ticks(date(1990, 1, 1), date(1990, 1, 1) + timedelta(days=days), most=most)

    assert 1 <= len(found) <= most + 1


@pytest.mark.parametrize("width_px", [358, 640])
def test_it_joins_each_arms_fitted_nights_and_shades_their_band(rehearse: Rehearse, width_px: int) -> None:
    nights, answer = rehearse()
    assert answer.estimate is not None
    line = answer.estimate.line
    drawing = nights_picture(nights, axis=SEVERITY, comparator="rest & <tea>", line=line, width_px=width_px)
    root = ET.fromstring(drawing)
    fitted = [path for path in root.iter(f"{SVG}path") if path.get("class") == "chart-line"]
    bands = [path for path in root.iter(f"{SVG}path") if path.get("class") == "chart-band"]

    assert [path.get("stroke-dasharray") for path in fitted] == ["7 5", None, "2 4"]
    assert sum(len(re.findall("[ML]", path.get("d") or "")) for path in fitted) == len(line.on)
    assert sum(len(re.findall("[ML]", path.get("d") or "")) for path in bands) == 2 * len(line.on)
    assert "Lines: fitted, shaded: their 95 % range" in texts(drawing)


def test_it_keeps_a_band_within_the_picture() -> None:
    on = ("2026-01-05", "2026-01-06")
    nights = nights_from([MONDAY, MONDAY + timedelta(days=1)], ["calf", "calf"], [9, 10])
    drawing = nights_picture(nights, axis=SEVERITY, line=Line(on, (9.5, 9.5), (-20.0, -20.0), (40.0, 40.0)))
    band = next(p.get("d") or "" for p in ET.fromstring(drawing).iter(f"{SVG}path") if p.get("class") == "chart-band")
    heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", band)]
    grid = [
        float(line.get("y1") or 0)
        for line in ET.fromstring(drawing).iter(f"{SVG}line")
        if line.get("class") == "chart-grid"
    ]

    assert (min(heights), max(heights)) == (min(grid), max(grid))


def test_it_leaves_out_an_arm_that_the_line_does_not_know() -> None:
    nights = nights_from([MONDAY, MONDAY + timedelta(days=1)], ["calf", "walk"], [9, 10])
    drawing = nights_picture(nights, axis=SEVERITY, line=Line(("2026-01-05",), (9.0,), (8.0,), (10.0,)))

    assert drawing.count("chart-band") == 1
