"""An evening that was worked out before is the one that would be worked out anew."""

from datetime import date, time, timedelta
from itertools import product
from typing import Any

import pytest
from tests.plan.test_evening import LIBRARY, TONIGHT, answered, practised, rated

from quietlegs.plan import planned as once
from quietlegs.plan.evening import Evening, evening
from quietlegs.plan.planned import planned
from quietlegs.plan.turns import Turn
from quietlegs.records.fact import Fact
from quietlegs.words.language import speaking

ZONE = "Europe/Berlin"
ARMS = ("wall_calf_straight", "legs_up_wall")


def lived(nights: int, hour: int) -> tuple[Fact, ...]:
    return (answered(), *practised(nights), *(rated(night, time(hour, 30)) for night in range(nights)))


def test_it_is_what_would_be_worked_out_anew_for_whoever_asks() -> None:
    people = [lived(12, 21), lived(12, 23), lived(13, 21), (*lived(12, 21)[:-1], rated(11, time(2, 0)))]
    nights = [TONIGHT, TONIGHT + timedelta(days=1)]
    turns: list[tuple[Turn, ...]] = [(), *((Turn(ARMS, "legs_up_wall", arm),) for arm in ARMS)]
    asked = list(product(people, nights, turns, ("en", "de")))

    for facts, night, drawn, language in asked + asked[::-1]:
        with speaking(language):
            anew = evening(LIBRARY, facts, night, drawn, zone=ZONE)
            assert planned(LIBRARY, facts, night, drawn, ZONE) == anew


def test_it_is_worked_out_once_for_the_same_question(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[date] = []

    def counted(library: Any, facts: Any, tonight: date, turns: Any, *, zone: str) -> Evening:
        worked_out.append(tonight)
        return evening(library, facts, tonight, turns, zone=zone)

    monkeypatch.setattr(once, "evening", counted)
    for _hour in range(4):
        planned(LIBRARY, lived(9, 20), TONIGHT, (), ZONE)

    assert worked_out == [TONIGHT]
