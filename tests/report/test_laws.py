"""Whatever a diary holds, the report adds up, its table says the same, and it is one page."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.formats.every_kind import LIBRARY, payloads

from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.rest import Rest
from quietlegs.records.tried import TrialStart
from quietlegs.report.period import Period
from quietlegs.report.report import Report, reported
from quietlegs.sheet.numbers import numbers
from quietlegs.sheet.page import page
from quietlegs.sheet.printed import Paper, pdf

LAST = date(2026, 11, 25)
ZONES = ("Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati")
# A trial must have been drawn as its design says, and a break must end after it begins: others' tests make those.
PAYLOADS = [one for one in payloads() if not isinstance(one, TrialStart | Rest)]


@st.composite
def told(draw: st.DrawFn) -> Fact:
    at = datetime(2026, 11, 25, 20, tzinfo=UTC) - timedelta(minutes=draw(st.integers(0, 60 * 24 * 200)))
    night = LAST - timedelta(days=draw(st.integers(-3, 200)))
    rating = st.builds(NightRating, st.none() | st.integers(0, 10))
    payload = draw(st.sampled_from(PAYLOADS) | rating)
    return note(
        payload, moment(at, draw(st.sampled_from(ZONES))), draw(st.binary(min_size=10, max_size=10)), night=night
    )


diaries = st.lists(told(), max_size=120, unique_by=lambda one: one.id)
lengths = st.integers(1, 190)


def asked(facts: list[Fact], nights: int) -> Report:
    return reported(facts, LIBRARY, Period(LAST - timedelta(days=nights - 1), LAST), LAST + timedelta(days=1))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(diaries, lengths)
def test_its_parts_add_up_to_the_whole(facts: list[Fact], nights: int) -> None:
    found = asked(facts, nights)
    whole, weeks = found.severity.all, [week.felt for week in found.severity.weeks]

    assert whole.nights == nights == len(found.nights)
    for name in ("nights", "answered", "missing", "free"):
        assert getattr(whole, name) == sum(getattr(week, name) for week in weeks)
    assert whole.answered == sum(night.severity is not None for night in found.nights)
    assert (whole.mean is None) == (whole.answered == 0)
    assert 0 <= whole.free <= whole.answered <= nights
    assert {one.on for one in found.nights} == set(found.period.nights)
    assert all(0 <= one.began < 24 * 60 for one in found.nights if one.began is not None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(diaries, lengths)
def test_it_is_the_same_in_whatever_order_facts_arrive_and_knows_nothing_of_later_nights(
    facts: list[Fact], nights: int
) -> None:
    found = asked(facts, nights)
    measured = [one for one in facts if one.kind in ("lab_value", "clinician_score")]

    assert asked([one for one in facts if one.night <= LAST or one in measured], nights) == found
    assert [*asked(facts[::-1], nights).nights] == [*found.nights]
    assert asked(facts[::-1], nights).severity == found.severity


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(diaries, lengths, st.sampled_from(list(Paper)))
def test_it_is_one_page_and_a_table_that_says_the_same(facts: list[Fact], nights: int, paper: Paper) -> None:
    found = asked(facts, nights)
    pages = PdfReader(io.BytesIO(pdf(page(found, version="1"), paper, made_on=found.made_on))).pages
    lines = list(csv.DictReader(io.StringIO(numbers(found, with_nights=True), newline="")))

    assert len(pages) == 1
    assert f"{found.severity.all.answered} of {nights}" in pages[0].extract_text()
    answered = [one["value"] for one in lines if (one["section"], one["measure"]) == ("night", "severity")]
    assert answered == [str(night.severity) for night in found.nights if night.severity is not None]
