"""Facts of another diary of quietlegs: they keep their ids, unless they came before and were undone."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from quietlegs.formats.facts import fact_of
from quietlegs.formats.quietlegs.read import FORMAT
from quietlegs.formats.reading import Entry
from quietlegs.records.fact import Fact
from quietlegs.records.ids import uuid7
from quietlegs.records.wire import from_wire, to_wire
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.models import ImportedRow
from quietlegs.web.store.sealing import digest_by

# What an undo made is noted with the import, under the id of what it took back.
BACK = "taken back "
_RANDOM = 10
_AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def own_facts(entries: Sequence[Entry], diary: StoredDiary) -> dict[Entry, Fact]:
    """Return each entry's fact, as it was noted.

    An id is used once. What an undo took back comes again under a new one, which comes of both and so is always the
    same; it replaces what the undo left there, and facts that come anew with it name it by its new id. Where the undo
    itself is among the entries, it holds.
    """
    facts = {entry: fact_of(FORMAT, entry) for entry in entries}
    here = {fact.id for fact in facts.values()}
    undone = {fact_id: back for fact_id, back in _undone().items() if back not in here}
    again = {fact.id: _again(fact, undone) for fact in facts.values() if fact.id in undone}
    stored = diary.stored(back for _new, back in again.values())
    ids = {str(old): str(new) for old, (new, _back) in again.items()}
    return {
        entry: _renamed(fact, ids, stored[again[fact.id][1]]) if fact.id in again else fact
        for entry, fact in facts.items()
    }


def kept_as(source: str, locked: str) -> str:
    """Return the name under which an import notes a fact; in a group a digest: the name of a habit or a pill tells."""
    return source if source.startswith(BACK) else digest_by(source, locked)


def _undone() -> dict[UUID, UUID]:
    """Return by which fact each that came with an undone import was taken back."""
    told = ImportedRow.objects.filter(source_id__startswith=BACK).values_list("source_id", "fact_id")
    return {UUID(source.removeprefix(BACK)): back for source, back in told}


def _again(fact: Fact, undone: dict[UUID, UUID]) -> tuple[UUID, UUID]:
    """Return the id under which a fact comes again, and what it replaces: the end of what was undone last."""
    new, back = fact.id, fact.id
    while new in undone:
        back = undone[new]
        new = uuid7(fact.noted.at, sha256(f"{fact.id} {back}".encode()).digest()[:_RANDOM])
    return new, back


def _renamed(fact: Fact, ids: dict[str, str], back: Fact) -> Fact:
    told = _AN_ID.sub(lambda found: ids.get(found[0], found[0]), json.dumps(to_wire(fact)))
    return replace(from_wire(json.loads(told)), supersedes=back.id)
