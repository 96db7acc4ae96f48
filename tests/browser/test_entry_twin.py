"""A night as it was answered becomes the same facts in the page and in Python, and the same is refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from playwright.sync_api import Page

from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact, Payload, Withdrawal, current, note
from quietlegs.records.felt import NightRating
from quietlegs.records.ids import uuid7
from quietlegs.records.moment import moment
from quietlegs.records.slept import MOST, Substance, Unit
from quietlegs.records.wire import to_wire
from quietlegs.web.pages.log.entry import intake_from, payloads_from

pytestmark = pytest.mark.browser
ANSWERS = 800
NOW = moment(datetime(2026, 11, 22, 21, tzinfo=UTC), "Europe/Berlin")
REFUSED: dict[str, Any] = {"refused": True}

LOOK = """async ({ nights, intakes, most }) => {
  const { entries, intake } = await import("/log/entry.js");
  const tried = (what) => { try { return what(); } catch (problem) {
    if (problem.place === undefined) throw problem;
    return { refused: true };
  } };
  return {
    nights: nights.map(({ answers, where, night, zone }) => tried(() => entries(answers, where, night, () => zone))),
    intakes: intakes.map(({ answers, night, zone }) => tried(() => intake(answers, night, zone, most))),
  };
}"""
HOLD = """async (diaries) => {
  const { holding } = await import("/log/held.js");
  return diaries.map((facts) => holding(facts).map(({ id }) => id));
}"""


def some_time(rng: Random) -> str:
    return rng.choice(["", f"{rng.randrange(24):02}:{rng.randrange(60):02}"])


def nights(rng: Random) -> Iterator[dict[str, Any]]:
    for _ in range(ANSWERS):
        answers = {
            "severity": rng.choice(["", "0", "4", "10", "11", "-1", "six"]),
            "began": some_time(rng),
            "quality": rng.choice(["", "0", "10", "11", "1.5"]),
            "awakenings": rng.choice(["", "3", "100", "101"]),
            "state": rng.choice(["", "sick", "travel", "could_not", "sore"]),
        }
        answers |= {name: some_time(rng) for name in ("lights_out", "asleep", "up")}
        where = rng.sample(["legs", "arms", "trunk"], rng.randint(0, 3))
        night = date(2026, 10, 20) + timedelta(days=rng.randrange(10))
        zone = rng.choice(["Europe/Berlin", "Pacific/Auckland", "Asia/Kathmandu"])
        yield {"answers": answers, "where": where, "night": night.isoformat(), "zone": zone}


def intakes(rng: Random) -> Iterator[dict[str, Any]]:
    for _ in range(ANSWERS):
        answers = {
            "substance": rng.choice(list(Substance)).value,
            "amount": rng.choice(["", "0", "80", "2,5", "100000", "-1", "lots"]),
            "unit": rng.choice(list(Unit)).value,
            "name": rng.choice(["", "  ", "Something", "x" * 121]),
            "taken": some_time(rng),
        }
        yield {"answers": answers, "night": "2026-11-21", "zone": "Europe/Berlin"}


def form(case: dict[str, Any]) -> QueryDict:
    """What a browser would post; the plainer dictionary needs no Django that is set up."""
    fields = {name: [value] for name, value in case["answers"].items()} | {"where": case.get("where", [])}
    return cast("QueryDict", MultiValueDict(fields))


def wire(payload: Payload) -> dict[str, Any]:
    fact = to_wire(note(payload, NOW, bytes(10)))
    return {"kind": fact["kind"], "payload": fact["payload"]}


def night_in_python(case: dict[str, Any]) -> Any:
    try:
        found = list(payloads_from(form(case), date.fromisoformat(case["night"]), lambda _kind: case["zone"]))
        return [wire(payload) for payload in found]
    except RangeError:
        return REFUSED


def intake_in_python(case: dict[str, Any]) -> Any:
    try:
        return wire(intake_from(form(case), date.fromisoformat(case["night"]), NOW))
    except RangeError:
        return REFUSED


def test_it_makes_of_answers_what_python_makes_of_them(alone: Page) -> None:
    rng = Random(20261126)
    told = {"nights": list(nights(rng)), "intakes": list(intakes(rng))}
    most = {substance.value: {unit.value: most for unit, most in units.items()} for substance, units in MOST.items()}

    found = alone.evaluate(LOOK, told | {"most": most})

    for case, twin in zip(told["nights"], found["nights"], strict=True):
        assert twin == night_in_python(case), case
    for case, twin in zip(told["intakes"], found["intakes"], strict=True):
        assert twin == intake_in_python(case), case


def test_its_answers_are_both_taken_and_refused() -> None:
    rng = Random(20261126)
    made = [night_in_python(case) for case in nights(rng)]
    taken = [intake_in_python(case) for case in intakes(rng)]

    assert ANSWERS / 10 < sum(one == REFUSED for one in made) < ANSWERS * 0.9
    assert sum(one != REFUSED for one in taken) > 20


def test_it_holds_what_python_holds(alone: Page) -> None:
    rng = Random(20261126)
    diaries = [tuple(a_diary(rng)) for _ in range(300)]

    found = alone.evaluate(HOLD, [[to_wire(fact) for fact in facts] for facts in diaries])

    for facts, twin in zip(diaries, found, strict=True):
        assert twin == [str(fact.id) for fact in current(facts)]


def a_diary(rng: Random) -> Iterator[Fact]:
    """Facts of two devices whose clocks differ, some replacing or withdrawing others, in any order."""
    made: list[Fact] = []
    for _ in range(rng.randint(1, 12)):
        at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(milliseconds=rng.randrange(3))
        earlier: UUID | None = rng.choice([None, *(fact.id for fact in made)])
        payload = Withdrawal() if earlier and rng.random() < 0.3 else NightRating(rng.randrange(11))
        night = date(2026, 11, 20) + timedelta(days=rng.randrange(2))
        made.append(Fact(uuid7(at, rng.randbytes(10)), moment(at, "UTC"), night, payload, earlier))
    rng.shuffle(made)
    return iter(made)
