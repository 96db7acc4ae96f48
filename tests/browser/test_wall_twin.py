"""The clock on the wall in the page and in Python are one, also where clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page

from quietlegs import day
from quietlegs.records.moment import instant_in, moment, night_of

pytestmark = pytest.mark.browser

# Only zones whose rules have stood for long, for the browser and Python may know a country's newest rule or not.
# Offsets of whole hours, of half and quarter hours, at the date line, and changes of half an hour or at odd hours.
ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "Australia/Lord_Howe",
    "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago",
)  # fmt: skip
HISTORIES = 2000

LOOK = """async (cases) => {
  const { clockTime, instantIn, momentIn, nightToRate } = await import("/frame/wall.js");
  return cases.map(({ at_ms, zone, night, wall }) => ({
    moment: momentIn(at_ms, zone), rate: nightToRate(at_ms, zone), instant: instantIn(night, wall, zone),
    clock: clockTime(at_ms, zone),
  }));
}"""


def cases() -> Iterator[dict[str, Any]]:
    rng = Random(20261126)
    for _ in range(HISTORIES):
        zone = rng.choice(ZONES)
        at = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(milliseconds=rng.randrange(15 * 365 * 86_400_000))
        yield a_case(at, zone, rng)
    # The days around each change of the clocks, minute by chance.
    for zone, on in (("Europe/Berlin", date(2026, 10, 25)), ("Europe/Berlin", date(2026, 3, 29)),
                     ("Australia/Lord_Howe", date(2026, 4, 5)), ("America/St_Johns", date(2026, 11, 1)),
                     ("America/Santiago", date(2026, 9, 6)), ("Pacific/Auckland", date(2026, 9, 27))):  # fmt: skip
        for _ in range(200):
            at = datetime.combine(on, time(), UTC) + timedelta(minutes=rng.randrange(-2160, 2160))
            yield a_case(at, zone, rng)


def a_case(at: datetime, zone: str, rng: Random) -> dict[str, Any]:
    night = at.date() + timedelta(days=rng.randint(-1, 0))
    wall = f"{rng.choice([rng.randrange(24), rng.randrange(4)]):02}:{rng.randrange(60):02}"
    return {"at_ms": round(at.timestamp() * 1000), "zone": zone, "night": night.isoformat(), "wall": wall}


def in_python(case: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=case["at_ms"])
    told = moment(at, case["zone"])
    night, going_on = day.night_to_rate(told)
    instant = instant_in(date.fromisoformat(case["night"]), time.fromisoformat(case["wall"]), case["zone"])
    return {
        "moment": {
            "at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "zone": case["zone"],
            "offset_s": int(told.offset.total_seconds()),
            "wall": told.wall.isoformat(timespec="milliseconds"),
            "night": night_of(told).isoformat(),
        },
        "rate": {"night": night.isoformat(), "going_on": going_on},
        "instant": round(instant.timestamp() * 1000),
        "clock": f"{told.wall:%H:%M}",
    }


def test_it_tells_nights_and_hours_as_python_does(alone: Page) -> None:
    tried = list(cases())

    found = alone.evaluate(LOOK, tried)

    for case, twin in zip(tried, found, strict=True):
        assert twin == in_python(case), case


def test_its_cases_reach_both_answers_and_hours_that_a_clock_skips_or_shows_twice() -> None:
    tried = list(cases())
    told = [in_python(case) for case in tried]

    assert {one["rate"]["going_on"] for one in told} == {True, False}
    back = [
        moment(datetime.fromtimestamp(one["instant"] / 1000, UTC), case["zone"]).wall.strftime("%H:%M") != case["wall"]
        for case, one in zip(tried, told, strict=True)
    ]
    assert sum(back) > 10
