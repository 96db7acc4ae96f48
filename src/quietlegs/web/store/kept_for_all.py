"""What is asked of all diaries of a group together, and tells nothing of any."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max, Min

from quietlegs.web.store.handed_over import WORK
from quietlegs.web.store.models import ChannelRow, DiaryRow, FactRow, HandedOverRow, MannersRow
from quietlegs.web.store.sealing import is_locked_by_first
from quietlegs.web.store.whose import PERSONAL


def in_the_clear() -> int:
    """Return how many facts lie in diaries without a key."""
    return FactRow.everyones.filter(diary__locked_key="").count()


def behind_the_first_key() -> int:
    """Return how many diaries have a key that the server's first key does not open."""
    locked = DiaryRow.objects.exclude(locked_key="").values_list("locked_key", flat=True)
    return sum(not is_locked_by_first(one) for one in locked)


def without_an_owner(owned: Collection[int]) -> tuple[int, ...]:
    """Return the diaries that are not among those of the accounts; the one of before a group was hosted is nobody's."""
    numbers = DiaryRow.objects.exclude(pk=PERSONAL).order_by("pk").values_list("pk", flat=True)
    return tuple(number for number in numbers if number not in owned)


def worked_last() -> tuple[bool, datetime | None]:
    """Return whether anybody wants reminders, and when a worker last looked; None where none has."""
    wanted = ChannelRow.everyones.filter(gone=False).exists()
    return wanted, MannersRow.everyones.aggregate(last=Max("worked_at"))["last"]


def unread_since() -> datetime | None:
    """Return since when the file waits that has waited longest to be read; None where none does."""
    waiting = HandedOverRow.everyones.filter(state__in=WORK, leased_until=None)
    first: datetime | None = waiting.aggregate(first=Min("wished_at"))["first"]
    return first
