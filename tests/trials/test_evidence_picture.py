"""The evidence as a picture: what is drawn is what the looks found, and what could not be claimed is said so."""

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from quietlegs.trials.claim import Look
from quietlegs.trials.evidence_picture import evidence_picture
from quietlegs.trials.nights import Nights, TooFewNightsError
from quietlegs.trials.verdict import Answer

Rehearse = Callable[..., tuple[Nights, Answer]]
SVG = "{http://www.w3.org/2000/svg}"


def texts(drawing: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawing).iter(f"{SVG}text")]


def places(drawing: str, kind: str) -> list[list[tuple[float, float]]]:
    paths = [path.get("d") or "" for path in ET.fromstring(drawing).iter(f"{SVG}path") if path.get("class") == kind]
    return [[(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)] for path in paths]


@pytest.mark.parametrize("open_ended", [False, True])
@pytest.mark.parametrize("width_px", [358, 640])
def test_it_needs_no_style_and_tells_a_screen_reader(rehearse: Rehearse, width_px: int, *, open_ended: bool) -> None:
    drawing = evidence_picture(rehearse(open_ended=open_ended)[1], width_px=width_px)
    root = ET.fromstring(drawing)

    assert root.get("width") == str(width_px)
    assert "style" not in drawing
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawing)) == {"currentColor", "none"}
    assert re.match(r"calf: .* claimed on night \d+\. walk: .* Last look: night \d+\.", root[1].text or "")


def test_it_draws_each_look_where_its_strength_says(rehearse: Rehearse) -> None:
    answer = rehearse()[1]
    assert answer.claim is not None
    drawing = evidence_picture(answer)
    calf, walk = places(drawing, "chart-path")
    looks = answer.claim.looks

    heights = [
        (size, y)
        for row, look in enumerate(looks)
        for size, (_, y) in zip(look.strength, (calf[row], walk[row]), strict=True)
    ]
    (most, top), (least, foot) = max((abs(s), y) for s, y in heights), min((abs(s), y) for s, y in heights)
    for size, y in heights:
        assert y == pytest.approx(foot + (abs(size) - least) / (most - least) * (top - foot), abs=0.3)


def test_it_rings_the_night_of_the_claim(rehearse: Rehearse) -> None:
    answer = rehearse()[1]
    assert answer.claim is not None
    claimed = answer.claim.of(1)
    assert claimed is not None
    drawing = evidence_picture(answer)
    place = [look.night for look in answer.claim.looks].index(claimed.night)
    x, y = places(drawing, "chart-path")[0][place]

    # The first ring is in the picture, the second explains it in the legend.
    ring, _ = places(drawing, "chart-points chart-circle")
    assert ring[0] == pytest.approx((x - 9, y))
    assert "claimed on this night" in texts(drawing)


def test_it_shades_what_was_too_early_and_marks_where_stages_end(rehearse: Rehearse) -> None:
    answer = rehearse((0.0, 0.0))[1]
    assert answer.claim is not None
    drawing = evidence_picture(answer)
    first = next(look for look in answer.claim.looks if look.limit is not None)
    (limits, *_), (shade, *_) = places(drawing, "chart-limit"), places(drawing, "chart-early")
    ends = [line for line in ET.fromstring(drawing).iter(f"{SVG}line") if line.get("class") == "chart-stage"]

    assert first.night > answer.claim.looks[0].night
    assert 0 < limits[0][0] - max(x for x, _ in shade) < 20
    # Two stages, and the sign in the legend.
    assert len(ends) == 3
    assert {"too early to claim anything", "a stage ends"} <= set(texts(drawing))
    assert "claimed on this night" not in texts(drawing)


def test_it_says_that_all_is_too_early_where_no_size_is_enough(rehearse: Rehearse) -> None:
    answer = rehearse(gone=21)[1]
    assert answer.claim is not None
    assert all(look.limit is None for look in answer.claim.looks)
    drawing = evidence_picture(answer)

    assert not places(drawing, "chart-limit")
    assert "how strong it must be" in texts(drawing)
    assert "too early to claim anything" in texts(drawing)


def test_it_leaves_a_gap_where_a_look_has_no_limit(rehearse: Rehearse) -> None:
    answer = rehearse()[1]
    assert answer.claim is not None
    looks = list(answer.claim.looks)
    broken = [replace(look, limit=None if look.night == 50 else 4.0) for look in looks]
    alone = [replace(look, limit=4.0 if look.night == 50 else None) for look in looks]

    def lines(kept: list[Look]) -> list[list[tuple[float, float]]]:
        assert answer.claim is not None
        return places(evidence_picture(replace(answer, claim=replace(answer.claim, looks=tuple(kept)))), "chart-limit")

    assert len(lines(broken)) == 2
    (only,) = lines(alone)
    assert only[1][0] > only[0][0]


def test_it_shows_a_wager_in_tens_and_does_not_hide_what_was_lost(rehearse: Rehearse) -> None:
    answer = rehearse(open_ended=True)[1]
    assert answer.wager is not None
    lost = replace(answer.wager.settled[-1], worth=(1e9, 1e-9))
    drawing = evidence_picture(replace(answer, wager=replace(answer.wager, settled=(*answer.wager.settled[:-1], lost))))

    shown = texts(drawing)
    assert {"0.001", "0.01", "0.1", "1", "10", "100", "1,000", "10,000"} <= set(shown)
    assert "what it must become: 40" in shown
    assert any(text.startswith("over 10,000 now, claimed on night") for text in shown)
    assert "under 0.001 now" in shown
    assert "too early to claim anything" not in shown


def test_it_draws_nothing_where_nobody_could_look(rehearse: Rehearse) -> None:
    answer = replace(rehearse()[1], claim=None)

    with pytest.raises(TooFewNightsError, match="looks is 0"):
        evidence_picture(answer)
