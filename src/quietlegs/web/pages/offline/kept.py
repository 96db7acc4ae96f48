"""The pages that a phone keeps: each as the server would answer now, without what would be wrong tomorrow.

What depends on the night is made for tonight and for some nights ahead. The phone shows only the one of the night
that its own clock tells, so that a trial's turn stays unseen until its evening.
"""

import re
from collections.abc import Container, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.urls import resolve, reverse

from quietlegs import day
from quietlegs.library.shelf import Library
from quietlegs.plan.calming import choosable
from quietlegs.plan.evening import SAID
from quietlegs.plan.kept import SHOWN_FROM
from quietlegs.records.diary import Diary
from quietlegs.records.moment import Moment, find_zone, moment, night_of
from quietlegs.web.pages.frame.clock import KEPT, MADE_FOR, moment_now
from quietlegs.words.catalogue import _
from quietlegs.words.dates import short_day

NIGHTS_AHEAD = 7
# The phone fills these in when it shows a page.
TOKEN_BLANK, KEPT_BLANK = "@token@", "@kept@"
_MARK_LENGTH = 12
# A night begins at noon; what a trial has drawn for it is seen later; the question changes in the evening and at 4.
_HOURS = (12, SHOWN_FROM, 20, 4)
# Drawings whole, everything else by lines.
_CUT = re.compile(r"(<svg.*?</svg>)|(?<=\n)", re.DOTALL)
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')


@dataclass(frozen=True, slots=True)
class Page:
    """An address to be kept; `offers` where it leads to a movement.

    What is right on one night only has that `night`, and the wall clock's hour from which it is right.
    """

    address: str
    offers: bool
    night: date | None = None
    hour: int = 0


@dataclass(frozen=True, slots=True)
class KeptPages:
    """Each page with the mark of its body, the bodies by their marks, and what the phone fills into their blanks."""

    index: list[tuple[Page, str]]
    bodies: dict[str, str]
    blanks: dict[str, str]

    def lacking(self, held: Container[str]) -> tuple[dict[str, list[int]], list[str]]:
        """Return the bodies that are not held yet, each as places among the parts, and the parts.

        Many pages hold the same lines and drawings, farther apart than compression looks back: each is sent once.
        """
        parts: dict[str, int] = {}
        cut = {
            mark: [parts.setdefault(part, len(parts)) for part in _CUT.split(body) if part]
            for mark, body in self.bodies.items()
            if mark not in held
        }
        return cut, list(parts)


def kept_pages(request: HttpRequest, library: Library, diary: Diary) -> KeptPages:
    """Answer every address that a night may need; what redirects or is refused now is not kept."""
    now = moment_now(request)
    index: list[tuple[Page, str]] = []
    bodies: dict[str, str] = {}
    for page in _wanted(library, diary, night_of(now)):
        body = _answer(request, page, now)
        if body is not None:
            # What differs each time is left blank, so that a page that says the same is not sent again.
            same = _TOKEN.sub(TOKEN_BLANK, body)
            mark = sha256(same.encode()).hexdigest()[:_MARK_LENGTH]
            index.append((page, mark))
            bodies[mark] = same
    return KeptPages(index, bodies, {TOKEN_BLANK: get_token(request), KEPT_BLANK: _since(now)})


def _since(now: Moment) -> str:
    on = short_day(now.wall.date(), weekday=True)
    return _("On this phone since {on}, {at}", on=on, at=f"{now.wall:%H:%M}")


def _wanted(library: Library, diary: Diary, tonight_on: date) -> Iterator[Page]:
    """Yield the pages; those with the same drawings stand side by side, where compression finds them."""
    for why in ("", "?why=unsent", "?why=answers"):
        yield Page(reverse("offline:index") + why, offers=not why)
    yield Page(reverse("safety:help"), offers=False)
    # Its script chooses the night by the phone's own clock.
    yield Page(reverse("log:index"), offers=False)
    nights = [tonight_on + timedelta(days=ahead) for ahead in range(NIGHTS_AHEAD)]
    for address, hours in ((reverse("tonight:index"), _HOURS), (reverse("guide:routine"), _HOURS[:1])):
        yield from (Page(address, offers=True, night=night, hour=hour) for night in nights for hour in hours)
    if not day.safety(library, diary).asked:
        return  # no movement leads anywhere yet, and the drawings are sent once the questions are answered
    yield Page(reverse("guide:choose"), offers=True)
    yield Page(reverse("library:exercises"), offers=True)
    yield Page(reverse("guide:calm"), offers=True)
    calming = _calming(library, diary)
    for key, exercise in library.exercises.items():
        if exercise.doses:
            yield Page(reverse("guide:movement", args=[key]), offers=True)
        if key in calming:
            yield Page(f"{reverse('guide:calm')}?movement={key}", offers=True)
        yield Page(reverse("library:exercise", args=[key]), offers=True)


def _calming(library: Library, diary: Diary) -> set[str]:
    """Return the movements that may be chosen to calm the legs, and their seated forms."""
    found = choosable(library, diary.facts(*SAID))
    return {one.key for one in found} | {one.seated for one in found if one.seated}


def _answer(request: HttpRequest, page: Page, now: Moment) -> str | None:
    """Let the page's own view answer as it would answer this person; middleware has seen the request already."""
    parts = urlsplit(page.address)
    asked = copy(request)
    asked.path = asked.path_info = parts.path
    asked.GET = QueryDict(parts.query)
    asked.resolver_match = resolve(parts.path)
    made_for = now if page.night is None else _at(page.night, page.hour, now.zone)
    asked.META = request.META | {"QUERY_STRING": parts.query, MADE_FOR: made_for, KEPT: KEPT_BLANK}
    view, args, kwargs = asked.resolver_match
    answer = view(asked, *args, **kwargs)
    return answer.content.decode() if answer.status_code == HTTPStatus.OK else None


def _at(night: date, hour: int, zone: str) -> Moment:
    on = night if hour >= _HOURS[0] else night + timedelta(days=1)
    return moment(datetime.combine(on, time(hour), find_zone(zone)).astimezone(UTC), zone)
