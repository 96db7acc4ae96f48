"""The report's numbers as a table: the same ones, read back with Python's own reader."""

import csv
import io

import pytest
from tests.plan.trying import begun, lived
from tests.report.diary import fact, on, rated, report_of

from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.report.report import Report
from quietlegs.sheet.numbers import numbers


def lines(report: Report, *, with_nights: bool = False) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(numbers(report, with_nights=with_nights), newline="")))


def value(report: Report, *place: str) -> str:
    found = [one["value"] for one in lines(report) if (one["section"], one["item"], one["measure"]) == place]
    assert len(found) == 1, place
    return found[0]


def test_it_holds_the_numbers_of_the_page() -> None:
    report = report_of([rated(0, 0), rated(1, 6, (21, 30)), rated(4, 3, (22, 0))], 10)

    assert value(report, "severity", "all", "answered") == "3"
    assert value(report, "severity", "all", "missing") == "7"
    assert value(report, "severity", "all", "without symptoms") == "1"
    assert float(value(report, "severity", "all", "mean")) == 3
    assert value(report, "onset", "all", "middle") == "21:45"


def test_it_leaves_a_cell_empty_where_nothing_is_known() -> None:
    report = report_of([], 10)

    for place in (("severity", "all", "mean"), ("severity", "all", "without symptoms"), ("sleep", "in bed", "middle")):
        assert value(report, *place) == ""


def test_it_holds_a_trial_with_its_range() -> None:
    trial = begun(nights=56)
    report = report_of([trial, *lived(trial, 56, (-2.5,))], 56)
    effect = report.tried[0].effect
    item = f"{report.tried[0].arm.name} / {report.tried[0].comparator.name}"

    assert effect is not None
    for measure in ("mean", "low", "high"):
        assert float(value(report, "tried", item, measure)) == pytest.approx(getattr(effect, measure), rel=1e-4)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t=", "  =", "\uff1d"])
def test_it_lets_no_spreadsheet_reckon_with_what_a_person_wrote(first: str) -> None:
    name = f'{first}HYPERLINK("http://x","y"),"z"'
    report = report_of([fact(Intake(Substance.MEDICINE, 1, Unit.MG, name=name), 1)], 7)

    for one in lines(report, with_nights=True):
        for cell in one.values():
            assert "HYPERLINK" not in cell or cell == f"'{name}"


def test_it_leaves_a_negative_number_a_number() -> None:
    facts = [rated(k, max(1, 9 - k // 7)) for k in range(56)]

    assert float(value(report_of(facts, 56), "severity", "change over the period", "change")) < -5


def test_it_adds_every_night_when_asked_and_only_what_was_noted_of_it() -> None:
    told = [one for one in lines(report_of([rated(1, 0)], 3), with_nights=True) if one["section"] == "night"]

    assert [(one["item"], one["measure"], one["value"]) for one in told] == [(on(1).isoformat(), "severity", "0")]
