"""A small diary as quietlegs exports it, of a year that is over on any machine."""

import json
from datetime import UTC, datetime, timedelta

from tests.formats.every_kind import payloads

from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.wire import to_wire

_AT = datetime(2020, 3, 1, 7, tzinfo=UTC)
FACTS = [
    note(payload, moment(_AT + place * timedelta(days=1), "Europe/Berlin"), place.to_bytes(10))
    for place, payload in enumerate(payloads()[:12])
]
MADE = "".join(f"{json.dumps(to_wire(fact))}\n" for fact in FACTS).encode()
