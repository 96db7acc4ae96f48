"""One round of the worker: note which reminders are due, and give each of them once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quietlegs import day
from quietlegs.library.shelf import Library
from quietlegs.plan.reminding import GRACE, due_at, reminds, silence, snooze_refused
from quietlegs.records.moment import moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.web.links.carriers import CARRIERS
from quietlegs.web.links.handing import hand_over, note, reminder
from quietlegs.web.store import leases
from quietlegs.web.store.channels import Channel, channel, channels, manners, whereabouts, worked
from quietlegs.web.store.diaries import wanting_reminders
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.whose import in_hand

Clock = Callable[[], datetime]
_AGAIN_AFTER = timedelta(minutes=2)
_MOST_TRIES = 5
_TOLD_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Tonight:
    """When a diary's routine begins tonight, as long as nothing more is noted in it."""

    asked: tuple[int, date, str]
    begins: datetime | None


class Rounds:
    """What a worker does again and again; it remembers each diary's hour until something is written down in it."""

    def __init__(self, clock: Clock, library: Library) -> None:
        self.clock = clock
        self._library = library
        self._known: dict[int, _Tonight] = {}
        self._told_at: datetime | None = None

    def go(self) -> int:
        """Note what is due and give it; return how many reminders were taken by their channels."""
        wanting = wanting_reminders()
        if not wanting:
            return 0  # Nobody has asked for reminders yet.
        self._tell(self.clock())
        for number in wanting:
            with in_hand(number):
                where = whereabouts()
                if where is not None:
                    self._note_due(number, self.clock(), where.zone)
        taken = 0
        while (delivery := leases.claim(self.clock())) is not None:
            taken += _give(delivery, self.clock())
        return taken

    def _tell(self, now: datetime) -> None:
        """Note that a worker looks."""
        if self._told_at is None or now - self._told_at >= _TOLD_EVERY:
            worked(now)
            self._told_at = now

    def _note_due(self, number: int, now: datetime, zone: str) -> None:
        """Note tonight's reminder for each channel once its time has come."""
        open_ones = [one for one in channels(*CARRIERS) if not one.gone]
        if not open_ones:
            return
        due = self._due(number, now, zone)
        if due is not None and due <= now:
            night = night_of(moment(now, zone))
            # Who asks for reminders after the routine's time means the next evening.
            leases.add(leases.wanted(night, 0, one.id, due) for one in open_ones if one.began_at <= due)

    def _due(self, number: int, now: datetime, zone: str) -> datetime | None:
        """Return when tonight's routine begins; None when there is nothing to be reminded of."""
        diary, here = StoredDiary(), moment(now, zone)
        asked = (diary.mark(), night_of(here), zone)
        known = self._known.get(number)
        if known is None or known.asked != asked:
            evening = day.tonight(self._library, diary, here)
            has = reminds(evening, diary.facts(Rest), asked[1])
            known = self._known[number] = _Tonight(asked, due_at(evening.start, asked[1], zone) if has else None)
        return known.begins


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
