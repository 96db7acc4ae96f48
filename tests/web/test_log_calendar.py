"""The calendar of nights: every sign has a name, every chart a sentence and a table, and nothing lies ahead."""

import os
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client

from quietlegs.records.done import NightState, Practice, State, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment, night_of
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.web.pages.log.charts import charts
from quietlegs.web.pages.log.favourites import favourites
from quietlegs.web.pages.log.month import Night, month
from quietlegs.web.pages.log.square import square
from quietlegs.web.pages.log.weeks import Onsets, clock, onsets, weeks
from quietlegs.web.store.diary import StoredDiary

BERLIN = "Europe/Berlin"
TUESDAY = date(2026, 11, 3)
TONIGHT = date(2026, 11, 25)
COFFEE = Intake(Substance.CAFFEINE, 80, Unit.MG)
TABLET = Intake(Substance.MEDICINE, 1, Unit.TABLET, name="Something")


def fact(payload: Payload, on: date, *, days_later: int = 1) -> Fact:
    """A fact about a night, noted at 8 in the morning so many days after its evening."""
    at = datetime.combine(on + timedelta(days=days_later), time(7), UTC)
    return note(payload, moment(at, BERLIN), os.urandom(10), night=on)


def practice() -> Practice:
    return Practice("ankle_pumps", 1, Work(both_s=60), Work(both_s=60))


def rated(on: date, wall: str, severity: int = 4) -> Fact:
    return fact(NightRating(severity, instant_in(on, time.fromisoformat(wall), BERLIN)), on)


def the_night(facts: list[Fact]) -> Night:
    found = month(TUESDAY.replace(day=1), facts, TONIGHT)
    return next(one for one in found.nights if one.on == TUESDAY)


@pytest.mark.parametrize(
    ("payloads", "name"),
    [
        ([], "Tue 3 Nov: not noted"),
        ([NightRating(0)], "Tue 3 Nov: nothing felt"),
        ([NightRating(4), practice()], "Tue 3 Nov: 4 of 10, practised"),
        ([NightRating(4), NightState(State.TRAVEL)], "Tue 3 Nov: 4 of 10, travelling"),
        ([practice()], "Tue 3 Nov: not noted, practised"),
    ],
)
def test_it_names_each_night_for_who_does_not_see_it(payloads: list[Payload], name: str) -> None:
    assert the_night([fact(payload, TUESDAY) for payload in payloads]).name == name


def test_it_says_of_an_entry_that_it_was_added_later() -> None:
    assert the_night([fact(NightRating(4), TUESDAY, days_later=2)]).name == "Tue 3 Nov: 4 of 10, added later"
    assert not the_night([fact(NightRating(4), TUESDAY, days_later=1)]).added_later


def test_it_shows_the_newest_of_two_entries() -> None:
    assert the_night([fact(NightRating(4), TUESDAY), fact(NightRating(7), TUESDAY)]).severity == 7


def test_it_fills_a_square_by_how_bad_it_was_and_leaves_an_empty_night_empty() -> None:
    drawn = [str(square(Night(TUESDAY, severity=severity))) for severity in range(11)]
    fills = [re.search(r'<rect[^>]*class="fill"[^>]*>', one) for one in drawn]
    heights = [float(re.findall(r' height="([\d.]+)"', fill[0])[0]) if fill else 0.0 for fill in fills]

    assert heights == sorted(set(heights))
    assert "rect" not in square(Night(TUESDAY))


def test_it_tells_every_sign_apart_by_its_shape() -> None:
    plain = str(square(Night(TUESDAY, severity=3)))
    others = [
        str(square(Night(TUESDAY, severity=3, practised=True))),
        str(square(Night(TUESDAY, severity=3, states=[State.SICK]))),
        str(square(Night(TUESDAY, severity=3, added_later=True))),
    ]

    assert len({plain, *others}) == 4


def test_it_begins_weeks_on_monday_and_ends_with_tonight() -> None:
    found = month(date(2026, 11, 1), [], TONIGHT)

    assert [night and night.on.day for night in found.weeks[0]] == [None] * 6 + [1]
    assert max(night.on for night in found.nights) == TONIGHT
    assert (found.earlier, found.later) == (date(2026, 10, 1), None)


def test_it_counts_weeks_from_the_first_entry_on() -> None:
    nights = {date(2026, 11, 9): 0, date(2026, 11, 10): 5, date(2026, 11, 24): 0}
    found = weeks([fact(NightRating(severity), on) for on, severity in nights.items()], TONIGHT)

    assert [(week.first.day, week.noted, week.free) for week in found] == [(9, 2, 1), (16, 0, 0), (23, 1, 1)]


def test_it_takes_a_week_without_notes_of_sleep_for_unknown() -> None:
    first, second = weeks([fact(NightRating(3), date(2026, 11, 16)), fact(Sleep(quality=6), TONIGHT)], TONIGHT)

    assert (first.quality, first.slept, second.quality) == (None, 0, 6)


def test_it_tells_the_usual_hour_across_midnight() -> None:
    hours = ["21:00", "23:30", "00:30"]
    found = onsets([rated(date(2026, 11, 2 + k), hour) for k, hour in enumerate(hours)])

    assert found == (Onsets(date(2026, 11, 1), 3, 690, 540, 750),)
    assert [clock(one) for one in (found[0].middle, found[0].low, found[0].high)] == ["23:30", "21:00", "00:30"]


def test_it_lets_one_odd_night_not_widen_what_most_nights_are() -> None:
    usual = [rated(date(2026, 11, 1 + k), "21:30") for k in range(19)]
    (found,) = onsets([*usual, rated(date(2026, 11, 20), "05:00")])

    assert (clock(found.low), clock(found.high)) == ("21:30", "21:30")


def test_it_says_a_sentence_and_holds_a_table_for_each_chart() -> None:
    facts = [rated(date(2026, 11, 2 + k), "21:30", 1 + k % 9) for k in range(20)]
    facts += [fact(Sleep(quality=5), date(2026, 11, 2 + k)) for k in range(20)]

    found = charts(facts, TONIGHT)

    assert [chart.title for chart in found] == ["Nights without symptoms", "When it begins", "How you slept"]
    for chart in found:
        assert chart.sentence
        assert all(drawn.startswith("<svg") for drawn in chart.pictures)
        assert {len(row) for row in chart.rows} == {len(chart.columns)}
    assert "usually about 21:30" in found[1].sentence


def test_it_draws_nothing_of_an_empty_diary_and_says_what_to_do(client: Client) -> None:
    page = client.get("/log/").content.decode()

    assert "Nothing is noted yet. Tap a number above" in page
    assert 'class="chart' not in page


def test_it_leads_from_a_square_to_its_night_and_to_the_months_around(client: Client, diary: StoredDiary) -> None:
    diary.add([fact(NightRating(4), date(2026, 1, 6))])

    page = client.get("/log/?month=2026-01").content.decode()

    assert '<a href="/log/?night=2026-01-06" aria-label="Tue 6 Jan: 4 of 10">' in page
    assert "month=2025-12#calendar" in page
    assert "month=2026-02#calendar" in page
    assert 'value="4" checked' in client.get("/log/?night=2026-01-06").content.decode()


def test_it_shows_this_month_where_an_address_names_none(client: Client) -> None:
    this = night_of(moment(datetime.now(UTC), BERLIN))
    for wrong in ("2999-01", "1969-12", "soon", "2026-13", ""):
        assert f"{this:%B %Y}" in client.get(f"/log/?month={wrong}").content.decode()


def test_it_offers_no_night_that_lies_ahead(client: Client) -> None:
    tonight = night_of(moment(datetime.now(UTC), "UTC"))
    client.cookies["zone"] = "UTC"
    offered = re.findall(r'"/log/\?night=([\d-]+)"', client.get("/log/").content.decode())

    assert max(offered) == tonight.isoformat()


def test_it_offers_what_was_used_most_first_and_the_later_of_two() -> None:
    facts = [fact(one, TUESDAY) for one in (COFFEE, TABLET, COFFEE, TABLET, Intake(Substance.TEA, 1, Unit.CUP))]

    assert favourites(facts) == (TABLET, COFFEE, Intake(Substance.TEA, 1, Unit.CUP))


def test_it_counts_a_favourite_whatever_its_hour() -> None:
    early, late = (Intake(Substance.CAFFEINE, 80, Unit.MG, datetime(2026, 11, 3, hour, tzinfo=UTC)) for hour in (7, 15))

    assert favourites([fact(early, TUESDAY), fact(late, TUESDAY)]) == (COFFEE,)


def test_it_writes_a_favourite_down_as_now_without_scripts(client: Client, diary: StoredDiary) -> None:
    now = datetime.now(UTC)
    tonight = night_of(moment(now, BERLIN))
    form = {"substance": "caffeine", "amount": "80.0", "unit": "mg", "name": "", "taken": "now", "zone": BERLIN,
            "noted_at": now.isoformat()}  # fmt: skip
    for on in (tonight, tonight - timedelta(days=3)):
        client.post("/log/taken/", form | {"night": on.isoformat()})

    past, today = (one.payload for one in diary.facts(Intake))
    assert isinstance(today, Intake)
    assert today.taken_at == now
    assert past == COFFEE


def test_it_tells_how_long_each_calf_was_stretched_this_week(client: Client, diary: StoredDiary) -> None:
    assert "Calf stretches" not in client.get("/log/").content.decode()
    work = Work(left_s=390, right_s=360)
    diary.add([note(Practice("calf_wall_straight", 2, work, work), moment(datetime.now(UTC), "UTC"), os.urandom(10))])

    shown = client.get("/log/").content.decode()

    assert "Left 6.5 minutes, right 6.0 minutes." in shown
    assert "about 10 minutes a week" in shown
