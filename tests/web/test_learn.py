"""What the page of answers promises: no verdict from a look, nothing missing passed off as good."""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.records.done import Assignment
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating, OfferedBecause, Relief
from quietlegs.records.moment import instant_in, moment, night_of
from quietlegs.trials.compare import Comparison, compare
from quietlegs.trials.nights import NO_ARM, Nights
from quietlegs.web.pages.learn.calm import calmed
from quietlegs.web.pages.learn.nights import WEEKS_SHOWN, weeks
from quietlegs.web.store.diary import StoredDiary

ZONE = "Europe/Berlin"
NOON = moment(datetime(2026, 11, 22, 13, 0, tzinfo=UTC), ZONE)
CALF, CALM = "calf_wall_straight", "breath_circles"


def yesterday() -> date:
    return night_of(moment(datetime.now(UTC), ZONE)) - timedelta(days=1)


def fact(payload: Payload, night: date) -> Fact:
    return note(payload, moment(instant_in(night, time(23), ZONE), ZONE), os.urandom(10), night=night)


def fill(diary: StoredDiary, severities: Sequence[int | None], arms: Sequence[str] = ()) -> None:
    """Write nights down that end with yesterday's."""
    first = yesterday() - timedelta(days=len(severities) - 1)
    for place, severity in enumerate(severities):
        night = first + timedelta(days=place)
        diary.add([fact(NightRating(severity), night)] if severity is not None else [])
        diary.add([fact(Assignment("trial", arms[place], 0.5), night)] if arms else [])


def page(client: Client) -> str:
    answer = client.get("/learn/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def plain(severities: Sequence[int | None], last: date) -> Nights:
    on = np.arange(len(severities)) - len(severities) + 1 + np.datetime64(last, "D")
    outcomes = np.array([np.nan if one is None else one for one in severities], dtype=np.float64)
    return Nights(on, np.full(len(severities), NO_ARM), (), outcomes)


def test_it_says_what_to_do_when_there_is_no_night(client: Client) -> None:
    shown = page(client)

    assert "Write down a night" in shown
    assert 'href="/log/"' in shown
    assert "<svg" not in shown


def test_it_compares_nothing_when_nothing_was_drawn_by_lot(client: Client, diary: StoredDiary) -> None:
    fill(diary, [4, 5, 0, 6, 2, 3, 8, 1, 0, 4])

    shown = page(client)

    assert "Nothing is being tried yet" in shown
    assert "Estimate:" not in shown
    assert "On 2 of these you felt nothing" in shown


def test_it_asks_for_more_nights_while_they_are_too_few(client: Client, diary: StoredDiary) -> None:
    fill(diary, [4, 5, None, 6], [CALF, CALM, CALF, CALM])

    shown = page(client)

    assert "not enough yet" in shown
    assert "at least 5 more answered nights are needed" in shown
    assert "Estimate:" not in shown


def test_it_shows_an_estimate_with_its_range_and_its_missing_nights_and_calls_it_no_verdict(
    client: Client, diary: StoredDiary
) -> None:
    fill(diary, [2, 6, 3, 5, None, 6, 2, 7, 3, 5, 1, 6, 2, 5], [CALF, CALM] * 7)
    nights = day.learn(diary)
    assert nights is not None
    found = compare(nights, arm=CALF, comparator=CALM)
    assert isinstance(found, Comparison)

    shown = page(client)

    assert f"{found.difference.low:+.2f} to {found.difference.high:+.2f}" in shown
    assert "This is an estimate, not a verdict" in shown
    assert "Not answered: 1 and 0" in shown
    assert "than on nights with slow breathing with ankle circles" in shown
    assert "helps you" not in shown


def test_it_says_cannot_tell_yet_when_the_range_includes_no_difference(client: Client, diary: StoredDiary) -> None:
    fill(diary, [3, 6, 5, 2, 4, 4, 6, 3, 2, 5, 4, 3], [CALF, CALM] * 6)

    shown = page(client)

    assert '<span class="tag">cannot tell yet</span>' in shown
    assert "That range includes no difference at all" in shown


def test_it_draws_the_nights_and_lists_them_all(client: Client, diary: StoredDiary) -> None:
    fill(diary, [4, None, 0])

    shown = page(client)

    assert shown.count('role="img"') == 2
    assert "3 nights since you began: 2 written down, 1 not" in shown
    assert shown.count("?night=") == 3
    assert shown.count("not noted") == 1


def test_it_draws_nothing_while_no_night_has_a_number(client: Client, diary: StoredDiary) -> None:
    diary.add([fact(NightRating(began_at=instant_in(yesterday(), time(22), ZONE)), yesterday())])

    shown = page(client)

    assert "<svg" not in shown
    assert "1 night since you began: 0 written down, 1 not" in shown


def test_it_only_reads(client: Client) -> None:
    assert client.post("/learn/").status_code == 405


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=90), st.integers(0, 23))
def test_it_counts_every_night_of_eight_weeks_once(severities: list[int | None], hour: int) -> None:
    now = moment(datetime(2026, 11, 22, hour, 30, tzinfo=UTC), ZONE)
    night, going_on = day.night_to_rate(now)
    last = night - timedelta(days=1) if going_on else night

    found = weeks(plain(severities, last), now)

    kept = severities[-7 * WEEKS_SHOWN :]
    assert sum(one.answered + one.missing for one in found) == len(kept)
    assert sum(one.missing for one in found) == kept.count(None)
    assert sum(one.free for one in found) == kept.count(0)


def test_it_counts_nights_after_the_last_entry_as_missing() -> None:
    asked, _ = day.night_to_rate(NOON)

    (week,) = weeks(plain([0, 3], asked - timedelta(days=2)), NOON)

    assert (week.last, week.free, week.answered, week.missing) == (asked, 1, 2, 2)


def test_it_leaves_out_the_night_that_is_still_going_on() -> None:
    late = moment(datetime(2026, 11, 22, 22, 0, tzinfo=UTC), ZONE)

    (week,) = weeks(plain([2], date(2026, 11, 21)), late)

    assert (week.last, week.missing) == (date(2026, 11, 21), 0)


def test_it_has_no_week_before_the_first_night_is_over() -> None:
    late = moment(datetime(2026, 11, 22, 22, 0, tzinfo=UTC), ZONE)

    assert weeks(plain([2], date(2026, 11, 22)), late) == ()


def relief(movement: str, before: int | None, after: int | None) -> Fact:
    return fact(Relief(movement, OfferedBecause.DEFAULT, 1.0, before, after), date(2026, 11, 20))


def test_it_takes_the_middle_of_the_times_that_were_rated_before_and_after() -> None:
    made = [relief(CALF, 8, 4), relief(CALF, 6, 5), relief(CALF, 2, None), relief(CALF, 7, 1), relief(CALM, None, 3)]

    calf, breathing = calmed(made, load_library())

    assert (calf.times, calf.rated, calf.before, calf.after) == (4, 3, 7.0, 4.0)
    assert (breathing.times, breathing.rated, breathing.before) == (1, 0, None)


def test_it_says_that_calming_is_no_proof(client: Client, diary: StoredDiary) -> None:
    diary.add([relief(CALF, 8, 4)])

    assert "Legs often settle by themselves" in page(client)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("calf_wall_straight", "breath_circles"), ("wall calf stretch", "slow breathing with ankle circles")),
        (
            ("calf_wall_straight", "calf_wall_bent"),
            ("wall calf stretch, back knee straight", "wall calf stretch, back knee bent"),
        ),
        (("no_coffee",), ("no coffee",)),
    ],
)
def test_it_shortens_names_only_while_they_differ(keys: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert tuple(called(keys, load_library()).values()) == words


def test_it_draws_and_lists_the_last_year_and_counts_all_nights(client: Client, diary: StoredDiary) -> None:
    begins = datetime(2024, 1, 1, 20, tzinfo=UTC)
    nights = (moment(begins + timedelta(days=place), "UTC") for place in range(500))
    diary.add([note(NightRating(place % 10), at, place.to_bytes(10)) for place, at in enumerate(nights)])

    told = client.get("/learn/").content.decode()

    assert "500 nights since you began: 500 written down" in told
    assert "Shown here is the last year." in told
    assert told.count('href="/log/?night=') == 366
    assert 'href="/log/?night=2025-05-14"' in told
    assert 'href="/log/?night=2024-01-01"' not in told
