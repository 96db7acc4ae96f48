"""Effects as a picture: bars where the figures say, beside no difference and what is worth having."""

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from quietlegs.trials.effects_picture import effects_picture
from quietlegs.trials.nights import Nights, TooFewNightsError
from quietlegs.trials.scale import SEVERITY
from quietlegs.trials.verdict import Answer

Rehearse = Callable[..., tuple[Nights, Answer]]
SVG = "{http://www.w3.org/2000/svg}"


def texts(drawing: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawing).iter(f"{SVG}text")]


def across(drawing: str, kind: str) -> list[tuple[float, float]]:
    lines = [line for line in ET.fromstring(drawing).iter(f"{SVG}line") if line.get("class") == kind]
    return [(float(line.get("x1") or 0), float(line.get("x2") or 0)) for line in lines]


@pytest.mark.parametrize("width_px", [358, 640])
def test_it_needs_no_style_and_tells_a_screen_reader(rehearse: Rehearse, width_px: int) -> None:
    drawing = effects_picture(rehearse()[1], axis=SEVERITY, width_px=width_px)
    root = ET.fromstring(drawing)

    assert root.get("width") == str(width_px)
    assert "style" not in drawing
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawing)) == {"currentColor"}
    assert root[0].text == "Difference in severity (points), compared with rest & <tea>"
    assert re.match(r"calf: -\d\.\d\d \(.*\), \d+ nights, \d+ not answered\. walk: ", root[1].text or "")


def test_it_places_bars_and_what_is_worth_having_on_one_scale(rehearse: Rehearse) -> None:
    answer = rehearse()[1]
    drawing = effects_picture(answer, axis=SEVERITY)
    bars = across(drawing, "chart-interval")[::3]
    zero, worth = across(drawing, "chart-zero")[0][0], across(drawing, "chart-worthwhile")[0][0]
    per_point = zero - worth

    assert len(bars) == len(answer.arms) == 2
    for one, (low, high) in zip(answer.arms, bars, strict=True):
        assert one.estimate is not None
        assert (low - zero) / per_point == pytest.approx(one.estimate.effect.low, abs=0.01)
        assert (high - zero) / per_point == pytest.approx(one.estimate.effect.high, abs=0.01)


def test_it_says_which_way_is_wanted_and_turns_round_with_it(rehearse: Rehearse) -> None:
    answer = rehearse()[1]
    turned = replace(answer, setting=replace(answer.setting, lower_is_better=False))
    wanted, other = (effects_picture(one, axis=SEVERITY) for one in (answer, turned))

    assert {"\u2190 lower: better", "higher: worse \u2192", "Shaded: worth having, -1 or lower"} <= set(texts(wanted))
    assert {"\u2190 lower: worse", "higher: better \u2192", "Shaded: worth having, +1 or higher"} <= set(texts(other))
    assert across(other, "chart-worthwhile")[0][0] > across(other, "chart-zero")[0][0]


def test_it_names_the_nights_of_both_sides(rehearse: Rehearse) -> None:
    answer = rehearse()[1]
    shown = texts(effects_picture(answer, axis=SEVERITY))

    calf, rest = answer.of("calf").nights, answer.setting.comparator
    assert f"{calf.used} nights, {calf.missing} not answered" in shown
    assert f"Compared with: {rest.used} nights, {rest.missing} not answered" in shown


def test_it_draws_nothing_where_nothing_was_estimated(rehearse: Rehearse) -> None:
    answer = rehearse()[1]
    none = replace(answer, arms=tuple(replace(one, estimate=None) for one in answer.arms))

    with pytest.raises(TooFewNightsError, match="estimates is 0"):
        effects_picture(none, axis=SEVERITY)
