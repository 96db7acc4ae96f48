"""What others may read of a diary: offered once, until a day, taken back at once, and every reading is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from quietlegs.records.bounds import RangeError
from quietlegs.web.store import grants
from quietlegs.web.store.diaries import erase_diary, new_diary
from quietlegs.web.store.models import GrantRow
from quietlegs.web.store.whose import in_hand

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
DAY = timedelta(days=1)
UNTIL = NOW.date() + 30 * DAY
DOCTOR, PARTNER = 7, 8


@pytest.fixture
def mine(database: object) -> int:
    return new_diary()


def offer(diary: int, *parts: str, until: date = UNTIL) -> str:
    with in_hand(diary):
        return grants.offer("Dr. Roth", "Anna", parts or ("report",), until, NOW)


def taken(diary: int, *parts: str, by: int = DOCTOR, until: date = UNTIL) -> int:
    found = grants.take(offer(diary, *parts, until=until), by, NOW)
    assert found is not None
    return found.id


def test_it_is_good_for_the_first_account_alone(mine: int) -> None:
    secret = offer(mine)

    assert grants.take(secret, DOCTOR, NOW) is not None
    assert grants.take(secret, PARTNER, NOW) is None
    assert grants.offered(secret, NOW) is None
    assert [one.diary for one in grants.readable(DOCTOR, NOW)] == [mine]
    assert grants.readable(PARTNER, NOW) == ()


def test_it_keeps_no_link_that_a_thief_could_use(mine: int) -> None:
    secret = offer(mine)

    assert grants.offered(secret + "x", NOW) is None
    assert secret not in str(list(GrantRow.everyones.values()))


def test_it_shows_the_parts_that_were_chosen_and_no_others(mine: int) -> None:
    number = taken(mine, "nights", "tried")

    assert grants.read(number, DOCTOR, "nights", NOW) is not None
    assert grants.read(number, DOCTOR, "report", NOW) is None
    assert grants.read(number, PARTNER, "nights", NOW) is None
    assert grants.read(number + 1, DOCTOR, "nights", NOW) is None


def test_it_ends_with_its_last_day(mine: int) -> None:
    number = taken(mine)
    last = datetime.combine(UNTIL, datetime.max.time(), UTC)

    assert grants.read(number, DOCTOR, "report", last) is not None
    assert grants.read(number, DOCTOR, "report", last + DAY) is None


def test_it_lets_nothing_be_read_from_the_moment_it_is_taken_back(mine: int) -> None:
    number = taken(mine)
    with in_hand(new_diary()):
        grants.revoke(number, NOW)
    assert grants.read(number, DOCTOR, "report", NOW) is not None

    with in_hand(mine):
        grants.revoke(number, NOW)

    assert grants.read(number, DOCTOR, "report", NOW) is None
    assert grants.readable(DOCTOR, NOW) == ()


def test_it_lets_a_link_that_was_taken_back_be_taken_by_nobody(mine: int) -> None:
    secret = offer(mine)
    with in_hand(mine):
        grants.revoke(grants.grants()[0].id, NOW)

    assert grants.take(secret, DOCTOR, NOW) is None


def test_it_lets_an_old_link_be_taken_by_nobody(mine: int) -> None:
    secret = offer(mine)

    assert grants.offered(secret, NOW + grants.TAKEN_WITHIN - DAY) is not None
    assert grants.take(secret, DOCTOR, NOW + grants.TAKEN_WITHIN) is None


def test_it_tells_the_owner_every_reading_and_nobody_else(mine: int) -> None:
    number = taken(mine, "report", "nights")
    for minutes, part in enumerate(("report", "report", "nights", "report")):
        grants.read(number, DOCTOR, part, NOW + timedelta(seconds=minutes))
    grants.read(number, DOCTOR, "tried", NOW)
    grants.read(number, DOCTOR, "report", NOW + DAY)

    with in_hand(mine):
        told = [(one.reader_name, one.part) for one in grants.readings()]
        assert grants.grants()[0].read_at == NOW + DAY
    # A page, its picture and its file within a minute are one reading.
    assert told == [("Dr. Roth", "report"), ("Dr. Roth", "nights"), ("Dr. Roth", "report")]
    with in_hand(new_diary()):
        assert (grants.readings(), grants.grants()) == ((), ())


@pytest.mark.parametrize(
    ("reader", "owner", "parts", "until"),
    [
        ("", "Anna", ["report"], UNTIL),
        ("Dr. Roth", "  ", ["report"], UNTIL),
        ("x" * 81, "Anna", ["report"], UNTIL),
        ("Dr. Roth", "Anna", [], UNTIL),
        ("Dr. Roth", "Anna", ["everything"], UNTIL),
        ("Dr. Roth", "Anna", ["report"], NOW.date() - DAY),
        ("Dr. Roth", "Anna", ["report"], NOW.date() + 366 * DAY),
    ],
)
def test_it_refuses_an_offer_of_nothing_or_for_ever(
    mine: int, reader: str, owner: str, parts: list[str], until: date
) -> None:
    with in_hand(mine), pytest.raises(RangeError):
        grants.offer(reader, owner, parts, until, NOW)
    with in_hand(mine):
        assert grants.grants() == ()


def test_it_is_erased_with_the_diary(mine: int) -> None:
    grants.read(taken(mine), DOCTOR, "report", NOW)

    erase_diary(mine)

    assert grants.readable(DOCTOR, NOW) == ()
