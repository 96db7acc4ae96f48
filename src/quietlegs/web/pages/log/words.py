"""What the diary's pages show: the night to ask about, and the nights that were."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from quietlegs import day
from quietlegs.library.shelf import Library
from quietlegs.records.done import NightState, Practice
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.moment import Moment, moment, night_of
from quietlegs.records.slept import Intake, Sleep
from quietlegs.web.pages.guide.words import length_words
from quietlegs.web.store.diary import StoredDiary

NIGHTS_SHOWN = 28
SEVERITIES = range(1, 11)
FORM_KINDS = (NightRating, Sleep, NightState)
_HOURS_A_DAY = 24


@dataclass(slots=True)
class ShownNight:
    """One night of the list, gathered from its facts; what was not noted is empty."""

    on: date
    rating: NightRating | None = None
    began: datetime | None = None
    reliefs: list[tuple[datetime, str, Relief]] = field(default_factory=list)
    practised_s: float = 0.0
    sleep: Sleep | None = None
    taken: list[tuple[Fact, Intake]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    latest: Fact | None = None

    @property
    def practised(self) -> str:
        """How long was practised, in words."""
        return length_words(self.practised_s)


def check_in(diary: StoredDiary, now: Moment) -> dict[str, object]:
    """Return what the check-in needs: which night, whether it is still going on, what was answered."""
    night, going_on = day.night_to_rate(now)
    rated = day.rating_of(diary, night)
    return {
        "night": night,
        "going_on": going_on,
        "rated": rated,
        "severities": SEVERITIES,
        "good_for_s": _seconds_until_another(now),
    }


def _seconds_until_another(now: Moment) -> int:
    """Return for how long the check-in's question is the right one."""
    hour = now.at - timedelta(minutes=now.wall.minute, seconds=now.wall.second, microseconds=now.wall.microsecond)
    ahead = (hour + timedelta(hours=k) for k in range(1, _HOURS_A_DAY + 1))
    asked = day.night_to_rate(now)
    change = next(at for at in ahead if day.night_to_rate(moment(at, now.zone)) != asked)
    return int((change - now.at).total_seconds())


@dataclass(frozen=True, slots=True)
class HeldNight:
    """What a night's form begins with: what was answered before, clock times as the person saw them; else empty."""

    rating: NightRating = field(default_factory=NightRating)
    sleep: Sleep = field(default_factory=Sleep)
    state: str = ""
    began: str = ""
    lights_out: str = ""
    asleep: str = ""
    up: str = ""
    shown: tuple[UUID, ...] = ()

    @property
    def severity(self) -> int | None:
        """The severity, None when it was not answered."""
        return self.rating.severity


def held_night(diary: StoredDiary, night: date) -> HeldNight:
    """Return what was noted of a night, the newest of each kind."""
    held = HeldNight()
    for fact in diary.facts(*FORM_KINDS, since=night, until=night):
        payload, zone = fact.payload, fact.noted.zone
        held = replace(held, shown=(*held.shown, fact.id))
        if isinstance(payload, NightRating):
            held = replace(held, rating=payload, began=_clock(payload.began_at, zone))
        elif isinstance(payload, NightState):
            held = replace(held, state=payload.state.value)
        elif isinstance(payload, Sleep):
            held = replace(
                held,
                sleep=payload,
                lights_out=_clock(payload.lights_out_at, zone),
                asleep=_clock(payload.asleep_at, zone),
                up=_clock(payload.up_at, zone),
            )
    return held


def _clock(at: datetime | None, zone: str) -> str:
    local = _local(at, zone)
    return f"{local:%H:%M}" if local else ""


def nights_shown(diary: StoredDiary, library: Library, now: Moment) -> list[ShownNight]:
    """Return the last four weeks, newest first; nights without any entry are in it, empty."""
    last = night_of(now)
    first = last - timedelta(days=NIGHTS_SHOWN - 1)
    nights: dict[date, ShownNight] = {}
    for back in range(NIGHTS_SHOWN):
        nights[last - timedelta(days=back)] = ShownNight(last - timedelta(days=back))
    by_night: dict[date, list[Fact]] = defaultdict(list)
    for fact in diary.facts(NightRating, Relief, Practice, Sleep, Intake, NightState, since=first, until=last):
        by_night[fact.night].append(fact)
    for on, facts in by_night.items():
        for fact in facts:
            _put(nights[on], fact, library)
    return list(nights.values())


def _put(night: ShownNight, fact: Fact, library: Library) -> None:
    payload = fact.payload
    if isinstance(payload, NightRating):
        night.rating, night.latest = payload, fact
        night.began = _local(payload.began_at, fact.noted.zone)
    elif isinstance(payload, Relief):
        name = library.exercises[payload.movement].name if payload.movement in library.exercises else payload.movement
        night.reliefs.append((fact.noted.wall, name, payload))
    elif isinstance(payload, Practice):
        done = payload.done
        night.practised_s += done.left_s + done.right_s + done.both_s
    elif isinstance(payload, Sleep):
        night.sleep = payload
    elif isinstance(payload, Intake):
        night.taken.append((fact, payload))
    elif isinstance(payload, NightState):
        night.states.append(payload.state.value.replace("_", " "))


def _local(at: datetime | None, zone: str) -> datetime | None:
    # Without a zone, or the templates would tell it in theirs.
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if at is not None else None
