"""The ways by which a person asked to be reminded, how each of them went, and how they wish to be reminded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from quietlegs.plan.reminding import Manners
from quietlegs.web.store.models import ChannelRow, DiaryRow, FactRow, MannersRow
from quietlegs.web.store.sealing import seal, unseal
from quietlegs.web.store.whose import diary_in_hand

_WHY_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to remind; `accepted_at` is when its service took a reminder last, `shown_at` when a device showed one."""

    id: int
    service: str
    address: Mapping[str, str]
    language: str
    began_at: datetime
    accepted_at: datetime | None = None
    shown_at: datetime | None = None
    failed_at: datetime | None = None
    why: str = ""
    gone: bool = False

    @property
    def failed_last(self) -> bool:
        """Whether the newest try did not arrive."""
        return self.failed_at is not None and (self.accepted_at is None or self.failed_at > self.accepted_at)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The zone in which a person's evening lies now, and when the worker last looked."""

    zone: str
    worked_at: datetime | None


def channels(*services: str) -> tuple[Channel, ...]:
    """Return the ways that are on, oldest first; of these services only, where some are named."""
    rows = ChannelRow.objects.select_related("diary").order_by("pk")
    return tuple(_channel(row) for row in (rows.filter(service__in=services) if services else rows))


def channel(number: int) -> Channel | None:
    """Return the way with this number."""
    row = ChannelRow.objects.select_related("diary").filter(pk=number).first()
    return _channel(row) if row else None


@dataclass(frozen=True, slots=True)
class Listening:
    """A diary whose person wants to be reminded: by which ways, each with when it was turned on.

    `said_at` is when they last said how and where.
    """

    diary: int
    ways: tuple[tuple[int, datetime], ...]
    said_at: datetime


def listening(services: Iterable[str]) -> tuple[Listening, ...]:
    """Return every diary that has a way of these services which is not gone; two questions, however many there are."""
    said = dict(MannersRow.everyones.values_list("diary_id", "zone_at"))
    rows = ChannelRow.everyones.filter(gone=False, service__in=list(services)).order_by("diary_id", "pk")
    ways: dict[int, list[tuple[int, datetime]]] = {}
    for diary, number, began_at in rows.values_list("diary_id", "pk", "began_at"):
        ways.setdefault(diary, []).append((number, began_at))
    return tuple(Listening(diary, tuple(found), said[diary]) for diary, found in ways.items() if diary in said)


def diary_of(number: int) -> int | None:
    """Return the diary to which a way belongs; None where it was turned off."""
    return ChannelRow.everyones.filter(pk=number).values_list("diary_id", flat=True).first()


def turn_on(service: str, address: Mapping[str, str], language: str, *, one: str = "") -> Channel:
    """Remind by this way from now on, in the place of an earlier address; `one` tells several of a service apart."""
    fresh: dict[str, Any] = {"language": language, "began_at": datetime.now(UTC)}
    fresh |= {"accepted_at": None, "shown_at": None, "failed_at": None, "why": "", "gone": False}
    mark = sha256(one.encode()).hexdigest() if one else ""
    fresh["address"] = _sealed(address, service, mark)
    row, _made = ChannelRow.objects.update_or_create(service=service, mark=mark, defaults=fresh)
    return _channel(row)


def turn_off(number: int) -> None:
    """Forget a way and its address."""
    ChannelRow.objects.filter(pk=number).delete()


def accepted(number: int, at: datetime) -> None:
    """Note that the service took a reminder."""
    ChannelRow.objects.filter(pk=number).update(accepted_at=at, gone=False)


def shown(number: int, at: datetime) -> None:
    """Note that the device showed a reminder."""
    ChannelRow.objects.filter(pk=number).update(shown_at=at)


def failed(number: int, at: datetime, why: str, *, gone: bool = False) -> None:
    """Note that a reminder did not arrive, and why; one that is gone will not come back by itself."""
    ChannelRow.objects.filter(pk=number).update(failed_at=at, why=why[:_WHY_LENGTH], gone=gone)


def manners() -> Manners:
    """Return how the person wishes to be reminded; the usual way where they have not said."""
    row = MannersRow.objects.first()
    return Manners(row.quiet_from, row.quiet_until, row.most_a_day) if row else Manners()


def keep_manners(wished: Manners, zone: str) -> None:
    """Keep how the person wishes to be reminded, and where they are."""
    said = {"quiet_from": wished.quiet_from, "quiet_until": wished.quiet_until, "most_a_day": wished.most_a_day}
    MannersRow.objects.update_or_create(defaults=said | {"zone": zone, "zone_at": datetime.now(UTC)})


def whereabouts() -> Whereabouts | None:
    """Return where the person is: where they noted something last, or spoke of reminders; None before that."""
    row = MannersRow.objects.first()
    if row is None:
        return None
    noted = FactRow.objects.filter(at__gt=row.zone_at).order_by("-at").first()
    return Whereabouts(noted.zone if noted else row.zone, row.worked_at)


def worked(at: datetime) -> None:
    """Note that the worker has looked, at every diary."""
    MannersRow.everyones.update(worked_at=at)


def _channel(row: ChannelRow) -> Channel:
    address = unseal(row.address, row.diary.locked_key, _bound(row.diary.pk, row.service, row.mark))
    return Channel(
        row.pk, row.service, address, row.language, row.began_at,
        row.accepted_at, row.shown_at, row.failed_at, row.why, row.gone,
    )  # fmt: skip


def _sealed(address: Mapping[str, str], service: str, mark: str) -> Any:
    """Return the address as it is stored: it may hold a password."""
    diary = DiaryRow.objects.get(pk=diary_in_hand())
    return seal(dict(address), diary.locked_key, _bound(diary.pk, service, mark))


def _bound(diary: int, service: str, mark: str) -> str:
    return f"{service} {mark} of diary {diary}"
