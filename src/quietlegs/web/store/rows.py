"""Rows to facts and back; the payload is checked by records each way."""

from quietlegs.records.fact import Fact
from quietlegs.records.wire import from_wire, to_wire
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
    fact_id = str(row.fact_id)
    return from_wire(
        {
            "id": fact_id,
            "kind": row.kind,
            "night": row.night.isoformat(),
            "at": row.at.isoformat(),
            "zone": row.zone,
            "offset_s": row.offset_s,
            "wall": row.wall,
            "payload": unseal(row.payload, diary.locked_key, _bound(diary.pk, fact_id, row.kind)),
            "supersedes": str(row.supersedes) if row.supersedes else None,
        }
    )


def _bound(diary: int, fact_id: str, kind: str) -> str:
    return f"fact {fact_id} of diary {diary}, {kind}"
