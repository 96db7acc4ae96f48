"""Rows to facts and back; the payload is checked by records each way."""

from datetime import datetime, timedelta

from quietlegs.records.fact import Fact
from quietlegs.records.moment import Moment
from quietlegs.records.wire import WireError, payload_from_wire, to_wire
from quietlegs.web.store.models import DiaryRow, FactRow
from quietlegs.web.store.sealing import seal, unseal


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
    try:
        # The columns have types of their own: only the payload is read from JSON.
        noted = Moment(row.at, row.zone, timedelta(seconds=row.offset_s), datetime.fromisoformat(row.wall))
        return Fact(row.fact_id, noted, row.night, payload, row.supersedes)
    except ValueError as error:
        raise WireError([str(error)]) from error


def _bound(diary: int, fact_id: str, kind: str) -> str:
    return f"fact {fact_id} of diary {diary}, {kind}"
