"""One round of the worker: note which reminders are due, and give each of them once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from quietlegs import day
from quietlegs.library.shelf import Library
from quietlegs.plan.reminding import GRACE, due_at, reminds, silence, snooze_refused
from quietlegs.records.moment import moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.web.links.carriers import CARRIERS
from quietlegs.web.links.handing import hand_over, note, reminder
from quietlegs.web.store import leases
from quietlegs.web.store.channels import Channel, Listening, channel, listening, manners, whereabouts, worked
from quietlegs.web.store.diaries import touched_since
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.whose import in_hand

Clock = Callable[[], datetime]
_AGAIN_AFTER = timedelta(minutes=2)
_MOST_TRIES = 5
_TOLD_EVERY = timedelta(minutes=1)


@dataclass(slots=True)
class _Tonight:
    """When a diary's routine begins tonight, as long as nothing more is noted or said; what was noted as due so far."""

    asked: tuple[int, date, str]
    said_at: datetime
    begins: datetime | None
    noted: set[int] = field(default_factory=set)


class Rounds:
    """What a worker does again and again; it remembers each diary's hour until something is written down in it."""

    def __init__(self, clock: Clock, library: Library) -> None:
        self.clock = clock
        self._library = library
        self._known: dict[int, _Tonight] = {}
        self._mark = 0
        self._told_at: datetime | None = None

    def go(self) -> int:
        """Note what is due and give it; return how many reminders were taken by their channels."""
        people = listening(CARRIERS)
        if not people:
            return 0  # Nobody has asked for reminders yet.
        self._tell(self.clock())
        self._mark, touched = touched_since(self._mark)
        for one in people:
            with in_hand(one.diary):
                self._note_due(one, self.clock(), touched=one.diary in touched)
        taken = 0
        while (delivery := leases.claim(self.clock())) is not None:
            taken += _give(delivery, self.clock())
        return taken

    def _tell(self, now: datetime) -> None:
        """Note that a worker looks."""
        if self._told_at is None or now - self._told_at >= _TOLD_EVERY:
            worked(now)
            self._told_at = now

    def _note_due(self, one: Listening, now: datetime, *, touched: bool) -> None:
        """Note tonight's reminder for each way once its time has come; asked all the time, so it asks little itself."""
        known = self._known.get(one.diary)
        if known is None or touched or known.said_at != one.said_at or _night(now, known.asked[2]) != known.asked[1]:
            known = self._known[one.diary] = self._look(one, now, known)
        due = known.begins
        if due is None or due > now:
            return
        # Who asks for reminders after the routine's time means the next evening.
        fresh = [number for number, began_at in one.ways if began_at <= due and number not in known.noted]
        if fresh:
            leases.add(leases.wanted(known.asked[1], 0, number, due) for number in fresh)
            known.noted.update(fresh)

    def _look(self, one: Listening, now: datetime, before: _Tonight | None) -> _Tonight:
        """Find when tonight's routine begins; None when there is nothing to be reminded of."""
        where = whereabouts()
        zone = where.zone if where else "UTC"
        diary, here = StoredDiary(), moment(now, zone)
        asked = (diary.mark(), night_of(here), zone)
        if before is not None and before.asked == asked:
            before.said_at = one.said_at
            return before
        evening = day.tonight(self._library, diary, here)
        has = reminds(evening, diary.facts(Rest), asked[1])
        return _Tonight(asked, one.said_at, due_at(evening.start, asked[1], zone) if has else None)


def _night(now: datetime, zone: str) -> date:
    return night_of(moment(now, zone))


def _give(delivery: leases.Delivery, now: datetime) -> bool:
    with in_hand(delivery.diary):
        by, where = channel(delivery.channel), whereabouts()
        if by is None or where is None:
            return False  # It was turned off a moment ago, and its deliveries went with it.
        return _hand_over(delivery, by, now, where.zone)


def _hand_over(delivery: leases.Delivery, by: Channel, now: datetime, zone: str) -> bool:
    so_far = leases.so_far(delivery)
    quiet = silence(delivery.due_at, now, zone, manners(), so_far)
    if quiet is not None:
        leases.end(delivery, quiet)
        return False
    lasts = delivery.due_at + GRACE - now
    snooze = snooze_refused(now, zone, manners(), so_far) is None
    wrong = hand_over(by, reminder(delivery.key, by, lasts=lasts, snooze=snooze))
    # The lease table first: what a crash leaves unnoted there is sent again.
    if wrong is None:
        leases.end(delivery, leases.ARRIVED)
    elif wrong.gone or delivery.attempt >= _MOST_TRIES:
        leases.end(delivery, leases.FAILED)
    else:
        leases.again(delivery, now + _AGAIN_AFTER)
    note(by, wrong, now)
    return wrong is None
