"""The calendar that a calendar program fetches, at an address that only its owner knows."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.reminding import is_quiet, reminds, wall_start
from quietlegs.records.moment import Moment, instant_in, moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.web.links.calendar.write import Entry, calendar
from quietlegs.web.links.carriers import CALENDAR
from quietlegs.web.store.channels import Channel, accepted, channels, manners, whereabouts
from quietlegs.web.store.diary import StoredDiary, read_once
from quietlegs.web.store.whose import PERSONAL, diary_in_hand, take_in_hand
from quietlegs.words.language import speaking

NIGHTS = 7
_TOKEN_BYTES = 32
# Stands in no secret of `token_urlsafe`.
_THEN = "~"
_DIGITS = 18


def new_address() -> dict[str, str]:
    """Return an address that nobody can guess; it begins with the diary's number, which is no secret."""
    return {"token": f"{diary_in_hand()}{_THEN}{secrets.token_urlsafe(_TOKEN_BYTES)}"}


@never_cache
@require_safe
def fetch(_request: HttpRequest, token: str) -> HttpResponse:
    """Give tonight and the coming evenings; an address that was revoked leads nowhere, like any that never was."""
    take_in_hand(_diary_of(token))
    found, where = _of(token), whereabouts()
    if found is None or where is None:
        raise Http404
    now = datetime.now(UTC)
    with speaking(found.language):
        written = calendar(_entries(moment(now, where.zone)), now)
    accepted(found.id, now)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")


def _diary_of(token: str) -> int:
    """Return whose calendar is asked for; an address from before groups were hosted is of the first diary."""
    number, then, _secret = token.partition(_THEN)
    # No number of a diary is longer; a longer one would be none that a database knows.
    return int(number) if then and number.isascii() and number.isdecimal() and len(number) <= _DIGITS else PERSONAL


def _of(token: str) -> Channel | None:
    for one in channels(CALENDAR):
        if secrets.compare_digest(one.address["token"].encode(), token.encode()):
            return one
    return None


def _entries(now: Moment) -> Iterator[Entry]:
    """Yield the evenings; one that begins in the quiet hours stands there and does not ring."""
    library, diary, wished = load_library(), StoredDiary(), manners()
    with read_once():
        for ahead in range(NIGHTS):
            night = night_of(now) + timedelta(days=ahead)
            when = moment(instant_in(night, time(12), now.zone), now.zone) if ahead else now
            evening = day.tonight(library, diary, when, ahead=bool(ahead))
            if reminds(evening, diary.facts(Rest), night):
                rings = not is_quiet(evening.start, wished)
                yield Entry(night, wall_start(evening.start, night), evening.length, rings)
