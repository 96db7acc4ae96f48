"""The schema of the wire form: whatever can be noted obeys it, and what it forbids is refused."""

import json
from datetime import datetime
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.test_wire import GOOD, ZONES, instant, payloads

from quietlegs.records.fact import KINDS, Payload, note
from quietlegs.records.moment import moment
from quietlegs.records.wire import WireError, from_wire, to_wire
from quietlegs.records.wire_schema import fact_schemas

SCHEMAS = fact_schemas()
JUDGE = jsonschema_rs.Draft202012Validator({"$defs": SCHEMAS, "$ref": "#/$defs/fact"}, validate_formats=True)


@given(payloads, instant, st.sampled_from(ZONES), st.binary(min_size=10, max_size=10))
def test_it_takes_whatever_can_be_noted(payload: Payload, at: datetime, zone: str, random: bytes) -> None:
    wire = json.loads(json.dumps(to_wire(note(payload, moment(at, zone), random))))

    assert [error.message for error in JUDGE.iter_errors(wire)] == []


def test_it_tells_of_every_kind() -> None:
    assert set(SCHEMAS) == {"fact", *KINDS}


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"severity": 11}},
        {"payload": {"severity": "7"}},
        {"payload": {"sevrity": 7}},
        {"payload": {"where": ["toe"]}},
        {"payload": 5},
        {"kind": "dream"},
        {"night": "10.1.2026"},
        {"at": 1768010400},
        {"id": "7"},
        {"id": "00000000-0000-0000-0000-000000000004"},
        {"offset_s": 86_400},
        {"supersedes": 3},
        {"mood": 3},
    ],
)
def test_it_forbids_what_is_refused(change: dict[str, Any]) -> None:
    assert JUDGE.is_valid(GOOD)

    assert not JUDGE.is_valid(GOOD | change)
    with pytest.raises(WireError):
        from_wire(GOOD | change)
