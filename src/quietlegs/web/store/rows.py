"""Rows to facts and back; the payload is checked by records each way."""

from quietlegs.records.fact import Fact
from quietlegs.records.wire import from_wire, to_wire
from quietlegs.web.store.models import FactRow


def row_of(fact: Fact) -> FactRow:
    """Return the unsaved row of a fact."""
    wire = to_wire(fact)
    return FactRow(
        fact_id=fact.id,
        kind=wire["kind"],
        night=fact.night,
        at=fact.noted.at,
        zone=wire["zone"],
        offset_s=wire["offset_s"],
        wall=wire["wall"],
        payload=wire["payload"],
        supersedes=fact.supersedes,
    )


def fact_of(row: FactRow) -> Fact:
    """Return the fact of a row; a row that records would refuse raises WireError."""
    return from_wire(
        {
            "id": str(row.fact_id),
            "kind": row.kind,
            "night": row.night.isoformat(),
            "at": row.at.isoformat(),
            "zone": row.zone,
            "offset_s": row.offset_s,
            "wall": row.wall,
            "payload": row.payload,
            "supersedes": str(row.supersedes) if row.supersedes else None,
        }
    )
