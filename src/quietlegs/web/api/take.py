"""Facts as devices and programs send them, stored once however often they arrive."""

import json
from datetime import UTC, datetime

from quietlegs import day
from quietlegs.records.fact import Fact
from quietlegs.records.moment import refuse_ahead
from quietlegs.records.wire import from_wire
from quietlegs.web.store.diary import StoredDiary

MOST = 200


def take(body: bytes) -> tuple[int, int]:
    """Store a list of facts, all or none; return how many are on disk now and how many of them were new.

    ValueError, WireError among them, and ConflictingFactError name what is wrong.
    """
    facts = [_timely(from_wire(row)) for row in _rows(body)]
    return len(facts), day.log(StoredDiary(), *facts)


def _rows(body: bytes) -> list[object]:
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST:
        raise ValueError(f"body: a list of 1 to {MOST} facts is allowed")
    return rows


def _timely(fact: Fact) -> Fact:
    refuse_ahead(fact.noted.at, datetime.now(UTC))
    return fact
