"""What the diary's pages show of one night: which it is, and what was answered."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from quietlegs import day
from quietlegs.records.done import NightState
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, moment
from quietlegs.records.slept import Sleep
from quietlegs.web.pages.log.script import script_data, script_words
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _

SEVERITIES = range(1, 11)
FORM_KINDS = (NightRating, Sleep, NightState)
_HOURS_A_DAY = 24
_NIGHT = timedelta(days=1)


def check_in(diary: StoredDiary, now: Moment) -> dict[str, object]:
    """Return what the check-in needs: which night, whether it is still going on, what was answered."""
    night, going_on = day.night_to_rate(now)
    rated = day.rating_of(diary, night)
    answer = _answer(rated, going_on=going_on)
    return {
        "night": night,
        "going_on": going_on,
        "rated": rated,
        "answer": answer,
        "asks_sleep": bool(answer) and not going_on and not diary.facts(Sleep, since=night, until=night),
        "severities": SEVERITIES,
        "good_for_s": _seconds_until_another(now),
        "data": script_data(diary, now),
    }


def _answer(rated: Fact | None, *, going_on: bool) -> str:
    """Say what was answered of a night, nothing where it was not."""
    severity = rated.payload.severity if rated and isinstance(rated.payload, NightRating) else None
    if severity is None:
        return ""
    words = script_words()[("on" if going_on else "over") + ("" if severity else "_nothing")]
    return words.format(severity=severity)


def _seconds_until_another(now: Moment) -> int:
    """Return for how long the check-in's question is the right one."""
    hour = now.at - timedelta(minutes=now.wall.minute, seconds=now.wall.second, microseconds=now.wall.microsecond)
    ahead = (hour + timedelta(hours=k) for k in range(1, _HOURS_A_DAY + 1))
    asked = day.night_to_rate(now)
    change = next(at for at in ahead if day.night_to_rate(moment(at, now.zone)) != asked)
    return int((change - now.at).total_seconds())


def night_name(night: date, now: Moment) -> str:
    """Return what a person calls this night now; empty for any but the two nearest."""
    asked, going_on = day.night_to_rate(now)
    tonight = asked if going_on else asked + _NIGHT
    return {tonight: _("Tonight"), tonight - _NIGHT: _("Last night")}.get(night, "")


def missing_night(diary: StoredDiary, tonight: date) -> date | None:
    """Return last night where nobody has said yet how it was, though there were nights before; else None."""
    last = tonight - _NIGHT
    return last if day.rating_of(diary, last) is None and diary.facts(NightRating, until=last) else None


def half_hours(held: str) -> list[str]:
    """Return the clock's half hours from noon to noon; an hour between them that was noted before has its place too."""
    whole = [f"{minutes // 60 % 24:02}:{minutes % 60:02}" for minutes in range(12 * 60, 36 * 60, 30)]
    return sorted({*whole, held} - {""}, key=lambda time: (time < "12:00", time))


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
    return f"{moment(at, zone).wall:%H:%M}" if at else ""
