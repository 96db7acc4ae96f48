"""Who read and who changed what, for the owner to see: written once, never edited, gone after a stated age.

What was noted never stands here, nor anything else that a person typed: a step names a grant or a key by its number,
and says the rest by words of fixed lists.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError
from django.db.models import Max

from quietlegs.web.store.line import in_line
from quietlegs.web.store.models import ApiTokenRow, GrantRow, TrailRow
from quietlegs.web.store.whose import diary_in_hand

# The triggers of migration 0010 hold the same.
KEPT = timedelta(days=400)
# The database's own clock decides, may be behind, and counts whole seconds.
_CLOCKS_APART = timedelta(minutes=1)
# These are about a grant, those about a key.
READ, SHARED, SHARE_TAKEN, SHARE_ENDED = "read", "shared", "share_taken", "share_ended"
KEY_MADE, KEY_USED, KEY_ENDED = "key_made", "key_used", "key_ended"
TAKEN_OUT, TAKEN_IN, TAKEN_BACK = "taken_out", "taken_in", "taken_back"
ERASED, RESTORED = "erased", "restored"
# These are about the account that opens the diary.
SIGNED_IN, SIGNED_IN_NEW, ENDED = "signed_in", "signed_in_new", "ended"
TRIED, LOCKED, WRONG_CODE, CHANGED = "tried", "locked", "wrong_code", "changed"
SWITCHED_OFF, SWITCHED_ON = "switched_off", "switched_on"
logger = logging.getLogger(__name__)
_OF_GRANTS = (READ, SHARED, SHARE_TAKEN, SHARE_ENDED)


@dataclass(frozen=True, slots=True)
class Step:
    """What happened; `who` is the name that the owner gave to a reader or a key, empty where it was the owner."""

    what: str
    who: str
    word: str
    at: datetime


def leave(
    what: str, word: str = "", *, about: int | None = None, diary: int | None = None, at: datetime | None = None
) -> None:
    """Leave a step in the trail of the diary in hand, or of another one."""
    whose = diary_in_hand() if diary is None else diary
    with in_line():
        TrailRow.everyones.create(diary_id=whose, what=what, word=word, about=about, at=at or datetime.now(UTC))


def leave_taken_out(form: str) -> None:
    """Leave the step that the diary was taken out in a form; where there is no room for it, the log tells it alone."""
    try:
        leave(TAKEN_OUT, form)
    except (DatabaseError, OSError) as error:
        logger.warning("taken out as %s, which the trail does not tell: %s", form, error)


def leave_once(what: str, word: str, *, within: timedelta, diary: int) -> None:
    """Leave a step unless the same was left shortly before: a series of tries is one step."""
    now = datetime.now(UTC)
    lately = TrailRow.everyones.filter(diary=diary, what=what, word=word, at__gt=now - within)
    if not lately.exists():
        leave(what, word, diary=diary, at=now)


def was_there(what: str, word: str, *, diary: int) -> bool:
    """Whether such a step was left before."""
    return TrailRow.everyones.filter(diary=diary, what=what, word=word).exists()


def steps(first: int, most: int) -> tuple[Step, ...]:
    """Return so many steps of the diary in hand, newest first, from a place on."""
    rows = list(TrailRow.objects.order_by("-at", "-pk")[first : first + most])
    readers = dict(GrantRow.objects.filter(pk__in=_about(rows, of_grants=True)).values_list("pk", "reader_name"))
    keys = dict(ApiTokenRow.objects.filter(pk__in=_about(rows, of_grants=False)).values_list("pk", "name"))
    return tuple(
        Step(row.what, (readers if row.what in _OF_GRANTS else keys).get(row.about or 0, ""), row.word, row.at)
        for row in rows
    )


def last_read() -> dict[int, datetime]:
    """Return when something was read last by each grant of the diary in hand."""
    rows = TrailRow.objects.filter(what=READ).values_list("about").annotate(Max("at"))
    return {about: last for about, last in rows if about is not None}


def clear(now: datetime) -> int:
    """Let go of what is older than it is kept; return how many steps that were."""
    rows = TrailRow.everyones.filter(at__lt=now - KEPT - _CLOCKS_APART)
    return int(rows._raw_delete(rows.db))  # noqa: SLF001 - Django's own way to delete without collecting


def _about(rows: list[TrailRow], *, of_grants: bool) -> set[int]:
    return {row.about for row in rows if row.about is not None and (row.what in _OF_GRANTS) == of_grants}
