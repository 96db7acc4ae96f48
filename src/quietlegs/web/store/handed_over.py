"""Files on their way into the diary: each read by one worker at a time, by conditional updates as in `leases`.

A worker that dies keeps its lease until it runs out; then another one begins the file anew. Nothing of it is in the
diary before it is taken in, which is one transaction that also notes here that it was: so it happens once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from quietlegs.web.store.models import ColumnsRow, HandedOverRow
from quietlegs.web.store.sealed_files import key_in_hand
from quietlegs.web.store.sealing import seal, unseal

# A worker tells twice a second how far it has come, and has it anew each time.
LEASE = timedelta(seconds=15)
READING, ASKED, LOOKED, TAKING, TAKEN, REFUSED = "reading", "asked", "looked", "taking", "taken", "refused"
WORK = (READING, TAKING)
KEPT_FOR = timedelta(days=1)
_MOST_TRIES = 5
_LONGEST_NAME = 255
# With what seals it, it still has room in its column.
_LONGEST_SEALED = 140


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was handed over: whose it is, how far it has come, and what is told of it."""

    diary: int
    token: str
    name: str
    digest: str
    size: int
    zone: str
    language: str
    state: str
    come: int
    columns: dict[str, Any] | None
    told: dict[str, Any]
    wished_at: datetime
    leased_until: datetime | None
    lease: int

    @property
    def is_worked_on(self) -> bool:
        """Whether it is read or taken in now, or waits for that."""
        return self.state in WORK


def hand_over(token: str, name: str, about: Mapping[str, Any], now: datetime) -> None:
    """Note a file that waits to be read; `about` is its digest, size, zone and language."""
    kept = sealed_name(name, f"handed over {token}")
    HandedOverRow.objects.create(token=token, name=kept, wished_at=now, state=READING, **about)


def find(token: str) -> Handed | None:
    """Return a file; None where there is none of this token."""
    row = HandedOverRow.objects.filter(token=token).select_related("diary").first()
    return _handed(row) if row else None


def newest() -> Handed | None:
    """Return the file that was handed over last and is not done with."""
    row = HandedOverRow.objects.exclude(state=TAKEN).select_related("diary").order_by("-pk").first()
    return _handed(row) if row else None


def claim(now: datetime, token: str | None = None) -> Handed | None:
    """Take the file that has waited longest, or this one, for as long as the lease; None when there is none.

    It may be of any diary: whoever works on it takes that one in hand.
    """
    free = HandedOverRow.everyones.filter(Q(leased_until=None) | Q(leased_until__lte=now), state__in=WORK)
    for row in free.select_related("diary").filter(**({"token": token} if token else {})).order_by("pk"):
        if row.tries >= _MOST_TRIES:
            free.filter(pk=row.pk).update(state=REFUSED, told={}, leased_until=None)
            continue
        mine = free.filter(pk=row.pk, lease=row.lease)
        if mine.update(leased_until=now + LEASE, lease=F("lease") + 1, tries=F("tries") + 1):
            row.lease += 1
            return _handed(row)
    return None


def come(handed: Handed, count: int, now: datetime) -> bool:
    """Tell how many bytes are read, and have it for longer; False where it was cancelled, or went to another."""
    return bool(_held(handed).update(come=count, leased_until=now + LEASE))


def end(handed: Handed, state: str, told: Mapping[str, Any]) -> bool:
    """Note what came of it; False where it was cancelled, or went to another."""
    return bool(_held(handed).update(state=state, told=_sealed(dict(told), handed.token), leased_until=None, tries=0))


def leave(handed: Handed) -> None:
    """Leave it for another worker; this was no try."""
    _held(handed).update(leased_until=None, tries=F("tries") - 1)


def read_again(token: str, columns: dict[str, Any], now: datetime) -> bool:
    """Have a table read by what its columns mean; False where it is not the time for it."""
    ready = HandedOverRow.objects.filter(token=token, state__in=(ASKED, LOOKED))
    return bool(ready.update(state=READING, columns=_sealed(columns, token), come=0, wished_at=now))


def ask_again(token: str) -> bool:
    """Ask once more what the columns of a table mean."""
    return bool(HandedOverRow.objects.filter(token=token, state=LOOKED).exclude(columns=None).update(state=ASKED))


def take(token: str, now: datetime) -> bool:
    """Have it taken in, as its receipt said; False where there is none, or it is done already."""
    return bool(HandedOverRow.objects.filter(token=token, state=LOOKED).update(state=TAKING, wished_at=now))


def let_go(token: str) -> None:
    """Forget a file, whatever is done with it now."""
    HandedOverRow.objects.filter(token=token).delete()


def clear(now: datetime) -> None:
    """Forget what nobody came back for."""
    HandedOverRow.everyones.filter(wished_at__lt=now - KEPT_FOR).delete()


def known(tokens: list[str]) -> set[str]:
    """Return those of the tokens that there still are."""
    return set(HandedOverRow.everyones.filter(token__in=tokens).values_list("token", flat=True))


def remember(header: str, columns: dict[str, Any], now: datetime) -> None:
    """Keep what the columns of a table mean."""
    ColumnsRow.objects.update_or_create(header=header, defaults={"columns": _sealed(columns, header), "at": now})


def remembered(header: str) -> dict[str, Any] | None:
    """Return what the columns meant the last time; None where there was none."""
    row = ColumnsRow.objects.filter(header=header).first()
    return dict(unseal(row.columns, key_in_hand(), header)) if row else None


def sealed_name(name: str, bound_to: str) -> str:
    """Return a file's name as it is kept; in a group sealed, and so its end alone: it tells of what was written."""
    locked = key_in_hand()
    if not locked:
        return name[:_LONGEST_NAME]
    short = name.encode()[-_LONGEST_SEALED:].decode(errors="ignore")
    return str(seal(short, locked, bound_to))


def _sealed(told: Any, token: str) -> Any:
    return seal(told, key_in_hand(), token)


def _held(handed: Handed) -> QuerySet[HandedOverRow]:
    return HandedOverRow.everyones.filter(token=handed.token, state=handed.state, lease=handed.lease)


def _handed(row: HandedOverRow) -> Handed:
    locked = row.diary.locked_key
    return Handed(
        row.diary.pk,
        row.token,
        unseal(row.name, locked, f"handed over {row.token}"),
        row.digest,
        row.size,
        row.zone,
        row.language,
        row.state,
        row.come,
        unseal(row.columns, locked, row.token),
        unseal(row.told, locked, row.token),
        row.wished_at,
        row.leased_until,
        row.lease,
    )
