"""Facts for the tests of what is decided: a person's nights counted from one first night."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.moment import moment

FIRST = date(2026, 6, 1)
_IDS = count(1)


def on(night: int) -> date:
    return FIRST + timedelta(days=night)


def fact(
    payload: Payload, night: int = 0, *, hour: int = 19, of: int | None = None, instead: Fact | None = None
) -> Fact:
    """Note something at this hour of UTC, of the night that begins then or of another; perhaps instead of a fact."""
    day = on(night)
    when = moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), "Europe/Berlin")
    told = day if of is None else on(of)
    return note(payload, when, next(_IDS).to_bytes(10), night=told, supersedes=instead.id if instead else None)
