"""The lease table: reminders that are due, each given to one worker at a time, by conditional updates alone.

A worker that dies keeps its lease until it runs out; then another worker sends the reminder again, under the same
key. So a reminder is never lost, and may arrive twice where the worker died after sending and before noting it:
receivers are told the key, and put the second in the place of the first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from quietlegs.plan.reminding import SoFar
from quietlegs.plan.rest import resting
from quietlegs.records.done import Practice
from quietlegs.records.rest import Rest
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.models import DeliveryRow
from quietlegs.web.store.whose import PERSONAL, diary_in_hand

# Longer than any channel waits for the other side.
LEASE = timedelta(minutes=2)
DUE, ARRIVED, FAILED, SNOOZED, DECLINED = "due", "arrived", "failed", "snoozed", "not_tonight"
_GIVEN = (DUE, ARRIVED, SNOOZED)
# It may be answered before the worker has noted that it arrived.
_OPEN = (DUE, ARRIVED)
# Whoever put one off may still end the evening by it.
_ENDS = (*_OPEN, SNOOZED)
_LOOKED_AT = 20
_KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A reminder of a night by one channel; `number` counts those of the night, `attempt` the tries of this one.

    `diary` is whose it is.
    """

    key: str
    channel: int
    night: date
    number: int
    due_at: datetime
    attempt: int = 0
    diary: int = PERSONAL


def wanted(night: date, number: int, channel: int, due: datetime) -> Delivery:
    """Return the delivery of a night's reminder of this number; its key is the same whoever asks for it."""
    key = f"routine:{night.isoformat()}:{number}:{channel}"
    return Delivery(key, channel, night, number, due, diary=diary_in_hand())


def add(deliveries: Iterable[Delivery]) -> None:
    """Note what is due; what is noted already stays as it is."""
    rows = [
        DeliveryRow(key=one.key, channel_id=one.channel, night=one.night, number=one.number, due_at=one.due_at)
        for one in deliveries
    ]
    DeliveryRow.objects.bulk_create(rows, ignore_conflicts=True)


def claim(now: datetime, lease: timedelta = LEASE) -> Delivery | None:
    """Take the delivery that has been due longest, for as long as the lease; None when nothing is to be had.

    It may be of any diary: whoever gives it takes that one in hand.
    """
    free = DeliveryRow.everyones.filter(Q(leased_until=None) | Q(leased_until__lte=now), state=DUE, due_at__lte=now)
    for row in free.select_related("diary").order_by("due_at", "pk")[:_LOOKED_AT]:
        # Whoever changes the row first has it: the others' update finds another number of attempts, and nothing to do.
        mine = free.filter(pk=row.pk, attempts=row.attempts)
        if mine.update(leased_until=now + lease, attempts=F("attempts") + 1):
            return replace(_delivery(row), attempt=row.attempts + 1)
    return None


def end(delivery: Delivery, state: str) -> bool:
    """Note what has become of a delivery; False where the lease has gone to another, who will note it."""
    return bool(_held(delivery).update(state=state, leased_until=None))


def again(delivery: Delivery, at: datetime) -> None:
    """Leave the delivery for another try at this instant."""
    _held(delivery).update(leased_until=at)


def put_off(key: str, until: datetime) -> bool:
    """Note that a reminder shall come again at this instant; False where it was answered already, or is unknown."""
    with transaction.atomic():
        answered = _answered(key, SNOOZED, _OPEN)
        if answered is not None:
            add([wanted(answered.night, answered.number + 1, answered.channel_id, until)])
    return answered is not None


def decline(key: str) -> bool:
    """Note that no more reminders of this night are wanted; False where that was said already, or it is unknown."""
    with transaction.atomic():
        answered = _answered(key, DECLINED, _ENDS)
        if answered is not None:
            DeliveryRow.objects.filter(night=answered.night, state=DUE).update(state=DECLINED, leased_until=None)
    return answered is not None


def waiting(key: str) -> Delivery | None:
    """Return the delivery that has not been answered yet; None where it was, or is unknown."""
    row = DeliveryRow.objects.filter(key=key, state__in=_OPEN).first()
    return _delivery(row) if row else None


def put_off_to(key: str) -> Delivery | None:
    """Return the delivery that came in the place of one that was put off; None where it was not."""
    before = DeliveryRow.objects.filter(key=key, state=SNOOZED).first()
    if before is None:
        return None
    of_night = DeliveryRow.objects.filter(channel_id=before.channel_id, night=before.night)
    after = of_night.filter(number=before.number + 1).first()
    return _delivery(after) if after else None


def ended(key: str) -> bool:
    """Whether the person wants no more reminders of the night of this one."""
    row = DeliveryRow.objects.filter(key=key).first()
    return row is not None and is_declined(row.night)


def so_far(delivery: Delivery) -> SoFar:
    """Return what has become of the night until this reminder."""
    # Who takes a break after a reminder was put off wants none of it any more.
    declined = is_declined(delivery.night) or resting(StoredDiary().facts(Rest), delivery.night) is not None
    return SoFar(_given(delivery), _is_done(delivery.night), declined)


def _given(delivery: Delivery) -> int:
    """Count the night's reminders before this one that this channel gave, or will."""
    rows = DeliveryRow.objects.filter(channel_id=delivery.channel, night=delivery.night, state__in=_GIVEN)
    return rows.filter(number__lt=delivery.number).count()


def _is_done(night: date) -> bool:
    facts = StoredDiary().facts(Practice, since=night, until=night)
    return any(isinstance(fact.payload, Practice) and fact.payload.routine for fact in facts)


def is_declined(night: date) -> bool:
    """Whether the person said that they want no reminder of this night."""
    return DeliveryRow.objects.filter(night=night, state=DECLINED).exists()


def last_unsaid(channel: int) -> tuple[date, str] | None:
    """Return the night and the state of the newest reminder of a channel that was neither given nor answered."""
    newest = DeliveryRow.objects.filter(channel_id=channel).order_by("-night", "-number").first()
    if newest is None or newest.state in (*_GIVEN, DECLINED):
        return None
    return newest.night, newest.state


def clear(now: datetime) -> None:
    """Forget what was due long ago."""
    DeliveryRow.everyones.filter(due_at__lt=now - _KEPT_FOR).delete()


def _answered(key: str, state: str, before: tuple[str, ...]) -> DeliveryRow | None:
    open_still = DeliveryRow.objects.filter(key=key, state__in=before)
    return DeliveryRow.objects.get(key=key) if open_still.update(state=state, leased_until=None) else None


def _held(delivery: Delivery) -> QuerySet[DeliveryRow]:
    return DeliveryRow.everyones.filter(key=delivery.key, state=DUE, attempts=delivery.attempt)


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(row.key, row.channel_id, row.night, row.number, row.due_at, row.attempts, row.diary.pk)
