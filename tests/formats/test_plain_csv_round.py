"""Tables written at random, in any letters, order and scale, are read back night by night."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.test_plain_csv import BERLIN, payloads, taken

from quietlegs.formats.plain_csv.meaning import Column, Columns, Meaning
from quietlegs.formats.reading import LeftOut
from quietlegs.records.fact import Payload
from quietlegs.records.felt import NightRating
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Intake, Sleep, Substance, Unit


@dataclass(frozen=True)
class Written:
    """How a table is written, each column in one of the ways."""

    separator: str
    encoding: str
    day: str
    comma: bool
    scale: tuple[int, int]


HOWS = st.builds(
    Written,
    separator=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    day=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d %b %Y", "%B %d, %Y", "%Y%m%d"]),
    comma=st.booleans(),
    scale=st.sampled_from([(0, 10), (0, 100), (10, 0), (0, 20), (-5, 5)]),
)
NAME = st.text("abcXYZäöüñé =:\"'", min_size=1, max_size=12).map(lambda one: " ".join(one.split())).filter(bool)
NAMES = st.lists(NAME, min_size=6, max_size=6, unique=True)
MINUTES = st.integers(0, 59)
NIGHT = st.fixed_dictionaries(
    {
        "rating": st.none() | st.integers(0, 10),
        "out": st.none() | st.builds(time, st.sampled_from([20, 21, 22, 23, 0, 1]), MINUTES),
        "up": st.none() | st.builds(time, st.integers(5, 11), MINUTES),
        "drug": st.none() | st.integers(1, 900).map(lambda one: one / 100),
        "note": st.text("a;,|\t\"'\n=+@é", max_size=9),
    }
)
DAYS = st.dates(date(1971, 1, 1), date(2037, 12, 31))


def number(value: float, how: Written) -> str:
    return f"{value:g}".replace(".", "," if how.comma else ".")


def row(night: date, told: dict[str, Any], how: Written) -> list[str]:
    low, high = how.scale
    rating, drug = told["rating"], told["drug"]
    return [
        night.strftime(how.day),
        "" if rating is None else number(low + (high - low) * rating / 10, how),
        told["out"].strftime("%H:%M") if told["out"] else "",
        told["up"].strftime("%I:%M %p") if told["up"] else "",
        "" if drug is None else f"{number(drug, how)} mg",
        told["note"],
    ]


def wanted(night: date, told: dict[str, Any], name: str, of_note: str) -> list[tuple[date, Payload]]:
    zone = ZoneInfo(BERLIN)

    def instant(wall: time | None) -> datetime | None:
        on = night if wall and wall.hour >= 12 else night + timedelta(days=1)
        return datetime.combine(on, wall, zone).astimezone(UTC) if wall else None

    found: list[Payload] = [] if told["rating"] is None else [NightRating(told["rating"])]
    if told["out"] or told["up"]:
        found.append(Sleep(instant(told["out"]), None, instant(told["up"]), source="CSV"))
    if told["drug"] is not None:
        found.append(Intake(Substance.MEDICINE, told["drug"], Unit.MG, name=name))
    if told["note"].strip():
        found.append(Remark(of_note, note=told["note"].strip(), source="CSV"))
    return [(night, one) for one in found]


@settings(max_examples=150)
@given(how=HOWS, names=NAMES, nights=st.dictionaries(DAYS, NIGHT, min_size=2, max_size=12))
def test_it_gives_back_every_night_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, how: Written, names: list[str], nights: dict[date, dict[str, Any]]
) -> None:
    kinds = ["night", f"severity:{how.scale[0]}-{how.scale[1]}", "lights-out", "up", "medicine", "note"]
    said = [(name, *kind.partition(":")[::2]) for name, kind in zip(names, kinds, strict=True)]
    order = "mdy" if how.day == "%m/%d/%Y" else "dmy"
    columns = Columns(tuple(Column(name, Meaning(kind), scale) for name, kind, scale in said), order)
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=how.separator)
    table.writerow(names)
    table.writerows(row(night, told, how) for night, told in nights.items())
    file = tmp_path_factory.mktemp("round") / "table.csv"
    file.write_bytes(text.getvalue().encode(how.encoding))

    found = taken(file, columns)

    assert payloads(found) == [
        each for night, told in nights.items() for each in wanted(night, told, names[4], names[5])
    ]
    assert {one.why for one in found if isinstance(one, LeftOut)} <= {"there is nothing in it to be taken in"}
