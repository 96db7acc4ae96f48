"""Rows to facts and back; the payload is checked by records each way."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from quietlegs.records.fact import Fact, Payload
from quietlegs.records.moment import Moment
from quietlegs.records.wire import WireError, payload_from_wire, to_wire
from quietlegs.web.store.models import DiaryRow, FactRow
from quietlegs.web.store.sealing import is_sealed, seal, unseal, unsealed

# In the order in which a fact is made of them.
_COLUMNS = ("fact_id", "night", "at", "zone", "offset_s", "wall", "supersedes")
_SHORT = 300


def row_of(fact: Fact, diary: DiaryRow) -> FactRow:
    """Return the unsaved row of a fact in a diary."""
    wire = to_wire(fact)
    return FactRow(
        diary=diary,
        fact_id=fact.id,
        kind=wire["kind"],
        night=fact.night,
        at=fact.noted.at,
        zone=wire["zone"],
        offset_s=wire["offset_s"],
        wall=wire["wall"],
        payload=seal(wire["payload"], diary.locked_key, _bound(diary.pk, wire["id"], wire["kind"])),
        supersedes=fact.supersedes,
    )


def fact_of(row: FactRow, diary: DiaryRow) -> Fact:
    """Return the fact of a row of a diary.

    Raises
    ------
    WireError
        Records would refuse it.
    SealedError
        It is sealed by a key that is not to be had.
    """
    told = unseal(row.payload, diary.locked_key, _bound(diary.pk, str(row.fact_id), row.kind))
    payload = payload_from_wire(row.kind, told)
    return _fact(tuple(getattr(row, name) for name in _COLUMNS), payload)


def facts_of(rows: QuerySet[FactRow], diary: DiaryRow) -> Iterator[Fact]:
    """Yield the facts of many rows of a diary, each what `fact_of` makes of it; half the time is saved for years."""
    told = rows.annotate(told=Cast("payload", TextField())).values_list("kind", "told", *_COLUMNS)
    for kind, text, *columns in told:
        said = unsealed(text, diary.locked_key, _bound(diary.pk, str(columns[0]), kind)) if is_sealed(text) else text
        payload = _often_said(kind, said) if len(said) <= _SHORT else payload_from_wire(kind, json.loads(said))
        yield _fact(columns, payload)


@lru_cache(maxsize=8192)
def _often_said(kind: str, said: str) -> Payload:
    """Return what was noted; the same words, evening after evening, are read once."""
    return payload_from_wire(kind, json.loads(said))


def _fact(columns: Sequence[Any], payload: Payload) -> Fact:
    fact_id, night, at, zone, offset_s, wall, supersedes = columns
    try:
        # The columns have types of their own: only the payload is read from JSON.
        noted = Moment(at, zone, timedelta(seconds=offset_s), datetime.fromisoformat(wall))
        return Fact(fact_id, noted, night, payload, supersedes)
    except ValueError as error:
        raise WireError([str(error)]) from error


def _bound(diary: int, fact_id: str, kind: str) -> str:
    return f"fact {fact_id} of diary {diary}, {kind}"
