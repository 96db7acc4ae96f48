"""The diary kept in the database: facts in, facts out."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse

from quietlegs.records.diary import ConflictingFactError
from quietlegs.records.fact import KINDS, Fact, Payload
from quietlegs.web.store.home import is_hosted
from quietlegs.web.store.line import in_line
from quietlegs.web.store.models import DiaryRow, FactRow
from quietlegs.web.store.remembered import Asked, Known, Memory, Newest, Whose
from quietlegs.web.store.rows import fact_of, facts_of, row_of
from quietlegs.web.store.together import Together
from quietlegs.web.store.whose import diary_in_hand

_KIND_OF = {cls: kind for kind, cls in KINDS.items()}
_CHUNK = 500
_MOST_NEW = 200
_FEW = 20
_READING = ("GET", "HEAD")
_memory = Memory()
_together = Together()
_read_before: ContextVar[dict[Whose, Known | None] | None] = ContextVar("quietlegs_read_before", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the same facts only once while nothing is written; a block within another one reads nothing again."""
    known = _read_before.get()
    before = _read_before.set({} if known is None else known)
    try:
        yield
    finally:
        _read_before.reset(before)


def each_page_reads_once(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show each page of one and the same diary, read once; what writes, reads what is there when it writes."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.method not in _READING:
            return answer(request)
        with read_once():
            return answer(request)

    return answered


class StoredDiary:
    """An append-only diary (see quietlegs.records.diary) on Django's default database: the one in hand when made.

    What is streamed later, when another may be in hand, is still of this one.
    """

    def __init__(self) -> None:
        self._number = diary_in_hand()

    @cached_property
    def _diary(self) -> DiaryRow:
        # One's own diary is not sealed: no need to look for its key.
        known = DiaryRow.objects.only("locked_key")
        return known.get(pk=self._number) if is_hosted() else DiaryRow(pk=self._number, locked_key="")

    @property
    def _rows(self) -> QuerySet[FactRow]:
        return FactRow.everyones.filter(diary=self._number)

    def _fact(self, row: FactRow) -> Fact:
        return fact_of(row, self._diary)

    def add(self, facts: Iterable[Fact]) -> int:
        """Store all or none; return how many were new."""
        wanted: dict[UUID, Fact] = {}
        for fact in facts:
            if wanted.setdefault(fact.id, fact) != fact:
                raise ConflictingFactError(fact.id)
        # A night is almost always new, and the table itself lets none in twice: no need to look first.
        look = len(wanted) > _FEW
        try:
            if look or connection.vendor != "sqlite" or connection.in_atomic_block:
                return self._write(wanted, look=look)
            return _together.add(lambda: self._write(wanted, look=False))
        except IntegrityError:
            # Some came before, or another process stored them between our look and our writing: they are known now.
            return self._write(wanted, look=True)

    def _write(self, wanted: dict[UUID, Fact], *, look: bool) -> int:
        with self.alone():
            known = self._known(wanted) if look else ()
            new = [row_of(fact, self._diary) for fact_id, fact in wanted.items() if fact_id not in known]
            FactRow.everyones.bulk_create(new, batch_size=_CHUNK)
        return len(new)

    def _known(self, wanted: dict[UUID, Fact]) -> dict[UUID, Fact]:
        """Return those that are stored; ConflictingFactError where one of them says something else."""
        known = self.stored(wanted)
        for fact_id, stored in known.items():
            if stored != wanted[fact_id]:
                raise ConflictingFactError(fact_id)
        return known

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else write in this diary until the block has ended: what it finds holds when it writes.

        So rows are numbered in the order in which they become visible, on which `mark` and `arrived` build.
        """
        with in_line(), transaction.atomic():
            # The key that was read before may be gone with what it sealed, where the diary was begun anew since.
            self.__dict__.pop("_diary", None)
            # SQLite has one writer at a time from the start of a transaction on, see `web.databases`.
            if connection.vendor == "postgresql":
                locked = DiaryRow.objects.only("locked_key").select_for_update(no_key=True)
                self._diary = locked.get(pk=self._number)
            yield

    def facts(self, *kinds: type[Payload], since: date | None = None, until: date | None = None) -> tuple[Fact, ...]:
        """Return the facts that hold now, in order of night, then of noting."""
        asked = Asked(kinds, since, until)
        known = self._known_of(asked)
        return known.answer(asked) if known else ()

    def _known_of(self, asked: Asked) -> Known | None:
        """Return what is known of the diary, the kinds that are asked for among it; None where nothing is stored."""
        whose = (str(connection.settings_dict["NAME"]), self._number)
        before = _read_before.get()
        if before is not None and whose in before and not _lacks(before[whose], asked):
            return before[whose]
        known = self._up_to_now(_memory.get(whose))
        if known and (missing := known.missing(asked)):
            known = known.and_also(missing, self._read(missing))
        if known:
            _memory.put(whose, known)
        if before is not None:
            before[whose] = known
        return known

    def _up_to_now(self, before: Known | None) -> Known | None:
        newest: Newest | None = self._rows.order_by("-pk").values_list("pk", "fact_id").first()
        if newest is None:
            return None
        if before is None:
            return Known(newest)
        return before if before.newest == newest else self._gone_on(before) or Known(newest)

    def _gone_on(self, before: Known) -> Known | None:
        """Return it with what has arrived since; None where that is much, or where a copy was put back."""
        rows = list(self._rows.filter(pk__gte=before.newest[0]).order_by("pk")[: _MOST_NEW + 1])
        if not rows or (rows[0].pk, rows[0].fact_id) != before.newest or len(rows) > _MOST_NEW:
            return None
        new = [self._fact(row) for row in rows[1:]]
        # What arrives may have been replaced by what came earlier, from another phone.
        early = self._rows.filter(supersedes__in=[one.id for one in new]).values_list("supersedes", flat=True)
        replaced = {*early, *(one.supersedes for one in new)}
        return before.with_new((rows[-1].pk, rows[-1].fact_id), new, replaced)

    def _read(self, kinds: tuple[type[Payload], ...]) -> Iterator[Fact]:
        replaced = self._rows.exclude(supersedes=None).values("supersedes")
        rows = self._rows.filter(kind__in=[_KIND_OF[kind] for kind in kinds]).exclude(fact_id__in=replaced)
        return facts_of(rows.order_by("night", "at", "fact_id"), self._diary)

    def stored(self, ids: Iterable[UUID]) -> dict[UUID, Fact]:
        """Return the facts with these ids, whether they hold or not; an unknown id is left out."""
        return {row.fact_id: self._fact(row) for row in self._rows.filter(fact_id__in=list(ids))}

    def untouched(self, ids: Iterable[UUID]) -> tuple[UUID, ...]:
        """Return those of the ids that are stored and were neither replaced nor withdrawn, in their order."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return ()
        replaced = set(self._rows.filter(supersedes__in=wanted).values_list("supersedes", flat=True))
        known = self.stored(wanted)
        return tuple(one for one in wanted if one in known and one not in replaced)

    def mark(self) -> int:
        """Return a number that grows with everything that is stored."""
        return int(self._rows.aggregate(newest=Max("pk", default=0))["newest"])

    def arrived(
        self, *, after: int, most: int, kind: str | None = None, since: date | None = None, until: date | None = None
    ) -> tuple[tuple[int, Fact], ...]:
        """Return what was stored after a number, in order of arrival, each with its own number; replaced ones too."""
        rows = self._rows.filter(pk__gt=after).order_by("pk")
        wanted = {"kind": kind, "night__gte": since, "night__lte": until}
        rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
        return tuple((row.pk, self._fact(row)) for row in rows[:most])

    def ids_on(self, nights: Iterable[date]) -> tuple[UUID, ...]:
        """Return the ids of all that was ever noted of these nights, whether it holds or not."""
        return tuple(self._rows.filter(night__in=list(nights)).values_list("fact_id", flat=True))

    def all_facts(self, *kinds: type[Payload]) -> Iterator[Fact]:
        """Yield everything ever noted of these kinds, in order of noting, a chunk in memory at a time."""
        rows = self._rows.filter(kind__in=[_KIND_OF[kind] for kind in kinds]) if kinds else self._rows
        for row in rows.order_by("at", "fact_id").iterator(chunk_size=_CHUNK):
            yield self._fact(row)


def _lacks(known: Known | None, asked: Asked) -> bool:
    return known is not None and bool(known.missing(asked))
