"""Files of other programs taken into the diary: looked at first, taken in as one, undone as one, never twice."""

import secrets
from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import file_digest
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from quietlegs.formats.facts import fact_of, source_of
from quietlegs.formats.known import read
from quietlegs.formats.reading import Entry, Format, LeftOut
from quietlegs.formats.watching import Hear, open_bytes, watched
from quietlegs.records.fact import Fact, Payload, Withdrawal, note
from quietlegs.records.moment import MOST_AHEAD, Moment
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Sleep
from quietlegs.web.store import handed_over, trail
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.found import Found, LeftOuts, gathered
from quietlegs.web.store.models import ImportedRow, ImportRow
from quietlegs.web.store.own import BACK, kept_as, own_facts
from quietlegs.web.store.sealed_files import key_in_hand
from quietlegs.web.store.sealing import unseal
from quietlegs.words.catalogue import _, ngettext

UNDONE = "import undone"
_RANDOM = 10


@dataclass(slots=True)
class Receipt:
    """What taking a file in does, or did.

    `new` are entries that the diary does not have; `known` counts those that it has, `taken_back` those that the person
    took back by hand, which stay so; `left_out` counts every other row and names the first of them. `said` tells of new
    entries what became of them, where that is not plain. `shared` are nights that have a sleep of another source
    already: both are kept, and the diary's rule says which one counts.
    """

    file: Path
    format: Format
    digest: str
    new: list[tuple[str, Fact]] = field(default_factory=list)
    known: int = 0
    taken_back: int = 0
    left_out: LeftOuts = field(default_factory=LeftOuts)
    said: list[str] = field(default_factory=list)
    shared: set[date] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return len(self.new) + self.known + self.taken_back + len(self.left_out)

    @property
    def nights(self) -> list[date]:
        """The nights that get something new, in order."""
        return sorted({fact.night for _, fact in self.new})


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken in, and how many of its entries hold still."""

    id: int
    name: str
    at: datetime
    holding: int


def look(one: Format, file: Path, zone: str, hear: Hear | None = None) -> Receipt:
    """Go through a file and tell what taking it in would do; nothing is stored. OSError where it cannot be read.

    `hear` is told of the bytes: the file is read twice, once for its digest.
    """
    with watched(hear or _deaf):
        with open_bytes(file) as handle:
            digest = file_digest(handle, "sha256").hexdigest()
        found = gathered(read(one, file, zone))
    return compare(Receipt(file, one, digest), found)


def _deaf(_count: int) -> None:
    """Show nobody how far it has come."""


def take(receipt: Receipt, name: str = "") -> int:
    """Store everything that is new, all or none; return how many entries that were. `name` is shown for the file's."""
    diary = StoredDiary()
    with diary.alone():
        # The same file may have been taken in since it was looked at, by a second tap or at another door.
        there = diary.stored(fact.id for _source_id, fact in receipt.new)
        new = [(source, fact) for source, fact in receipt.new if fact.id not in there]
        if not new:
            return 0
        row = ImportRow.objects.create(
            name=handed_over.sealed_name(name or receipt.file.name, f"import {receipt.digest}"),
            format=receipt.format.key,
            digest=receipt.digest,
            at=datetime.now(UTC),
        )
        diary.add(fact for _source_id, fact in new)
        _name(row, new)
        trail.leave(trail.TAKEN_IN, receipt.format.key)
    return len(new)


def _name(row: ImportRow, named: list[tuple[str, Fact]]) -> None:
    """Note which facts belong to an import, and what each is called in it."""
    locked = key_in_hand()
    rows = [ImportedRow(taken=row, source_id=kept_as(source, locked), fact_id=fact.id) for source, fact in named]
    ImportedRow.objects.bulk_create(rows, batch_size=500)


def remember(header: str, columns: dict[str, Any], now: datetime) -> None:
    """Keep what the columns of a table mean, for the next one with the same header."""
    handed_over.remember(header, columns, now)


def remembered(header: str) -> dict[str, Any] | None:
    """Return what the columns of such a table meant the last time; None where there was none."""
    return handed_over.remembered(header)


def last_taken() -> Taken | None:
    """Return the file that was taken in last and not undone; None where there is none."""
    row = ImportRow.objects.filter(undone_at=None).order_by("-pk").first()
    if row is None:
        return None
    name = unseal(row.name, key_in_hand(), f"import {row.digest}")
    return Taken(row.pk, name, row.at, len(_holding(row.pk)))


def undo(number: int, now: Moment) -> int:
    """Take back what holds still of a file, as one; what the person changed since stays. Return how many it were."""
    with transaction.atomic():
        row = ImportRow.objects.select_for_update().get(pk=number)
        taken = StoredDiary().stored(ImportedRow.objects.filter(taken_id=number).values_list("fact_id", flat=True))
        before = taken | StoredDiary().stored(fact.supersedes for fact in taken.values() if fact.supersedes)
        back = [
            note(was, now, secrets.token_bytes(_RANDOM), night=fact.night, supersedes=fact.id)
            for fact in map(taken.__getitem__, StoredDiary().untouched(taken))
            for was in [_as_it_was(fact, before, taken)]
            if not (isinstance(was, Withdrawal) and isinstance(fact.payload, Withdrawal))
        ]
        StoredDiary().add(back)
        _name(row, [(f"{BACK}{fact.supersedes}", fact) for fact in back])
        row.undone_at = now.at
        row.save(update_fields=["undone_at"])
        trail.leave(trail.TAKEN_BACK, row.format, at=now.at)
    return len(back)


def _as_it_was(fact: Fact, before: dict[UUID, Fact], taken: Container[UUID]) -> Payload:
    """Return what held before the file was taken in: what this fact replaced of elsewhere, or nothing."""
    earlier = fact.supersedes
    while earlier is not None and earlier in taken:
        earlier = before[earlier].supersedes
    return before[earlier].payload if earlier is not None and earlier in before else Withdrawal(UNDONE)


def _holding(number: int) -> list[UUID]:
    ids = list(ImportedRow.objects.filter(taken_id=number).values_list("fact_id", flat=True))
    return list(StoredDiary().untouched(ids))


def compare(receipt: Receipt, found: Found) -> Receipt:
    """Sort what was found into what is new, what is there, and what was taken back."""
    diary, own = StoredDiary(), receipt.format.own
    seen: dict[UUID, Fact] = {}
    receipt.left_out = found.left_out
    entries = _not_ahead(receipt, found.entries)
    facts = own_facts(entries, diary) if own else _facts(receipt.format, entries, diary)
    stored = diary.stored(fact.id for fact in facts.values())
    untouched = set(stored) if own else set(diary.untouched(stored))
    earlier = {} if own else _earlier(receipt.format, entries, diary)
    for entry in entries:
        source = source_of(receipt.format, entry)
        fact = facts[entry]
        if own and (seen.get(fact.id) or stored.get(fact.id, fact)) != fact:
            receipt.left_out.add(LeftOut(entry.place, _("there is another entry of this id"), bad=True))
        elif fact.id in seen:
            receipt.left_out.add(LeftOut(entry.place, _("the same as a row before it")))
        elif fact.id not in stored:
            receipt.new.append((source, replace(fact, supersedes=earlier.get(source, fact.supersedes))))
            receipt.said += [entry.said] if entry.said else []
        elif fact.id in untouched:
            receipt.known += 1
        else:
            receipt.taken_back += 1
        seen.setdefault(fact.id, fact)
    receipt.said[:0] = [] if own else _of_remarks(receipt)
    receipt.shared = _shared(diary, receipt)
    return receipt


def _of_remarks(receipt: Receipt) -> list[str]:
    """Say of remarks, where there are any, what becomes of them."""
    count = sum(isinstance(fact.payload, Remark) for _source_id, fact in receipt.new)
    words = ngettext(
        "{count} remark, shown with its night; nothing counts it",
        "{count} remarks, shown with their nights; nothing counts them",
        count,
    )
    return [words] if count else []


def _not_ahead(receipt: Receipt, entries: list[Entry]) -> list[Entry]:
    """Leave out what would count as the newest for years: a slip of the pen in a date."""
    until = datetime.now(UTC) + MOST_AHEAD
    for entry in entries:
        if entry.noted.at > until:
            receipt.left_out.add(LeftOut(entry.place, _("{night} is in the future", night=entry.night), bad=True))
    return [entry for entry in entries if entry.noted.at <= until]


def _facts(one: Format, entries: list[Entry], diary: StoredDiary) -> dict[Entry, Fact]:
    """Return each entry's fact; one that came with an import which was undone as a whole may come again, as another."""
    undone = {fact.supersedes for fact in diary.all_facts(Withdrawal) if fact.payload == Withdrawal(UNDONE)}
    found: dict[Entry, Fact] = {}
    for times in count():
        wanted = [entry for entry in entries if entry not in found or found[entry].id in undone]
        if not wanted:
            return found
        found |= {entry: fact_of(one, entry, times) for entry in wanted}
    return found


def _earlier(one: Format, entries: list[Entry], diary: StoredDiary) -> dict[str, UUID]:
    """Return what holds of what was taken in under the same names: the program may tell a night anew."""
    locked = key_in_hand()
    sources = {kept_as(source, locked): source for source in (source_of(one, entry) for entry in entries)}
    named = dict(ImportedRow.objects.filter(source_id__in=sources).values_list("fact_id", "source_id"))
    return {sources[named[fact_id]]: fact_id for fact_id in diary.untouched(named)}


def _shared(diary: StoredDiary, receipt: Receipt) -> set[date]:
    """Return the nights that would have a sleep of two sources."""
    sources: dict[date, set[str | None]] = {}
    nights = receipt.nights
    held = diary.facts(Sleep, since=nights[0], until=nights[-1]) if nights else ()
    for fact in (*held, *(fact for _source_id, fact in receipt.new)):
        if isinstance(fact.payload, Sleep):
            sources.setdefault(fact.night, set()).add(fact.payload.source)
    return {night for night in nights if len(sources.get(night, ())) > 1}
