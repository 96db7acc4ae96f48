"""When this person's legs will begin tonight: an hour, its ranges, and the chance of a night without symptoms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from quietlegs.plan.onset_belief import Belief, hour_at
from quietlegs.plan.onset_nights import NightBegun, clock_h, day_of, is_weekend, learned, nights_begun
from quietlegs.records.fact import Fact, newest
from quietlegs.records.person import Wishes
from quietlegs.words.catalogue import _, later, ngettext

_NOON = datetime(2000, 1, 1, 12)  # noqa: DTZ001 - a wall time has no zone
_HALF, _MOST = (0.25, 0.75), (0.05, 0.95)
# Fewer nights than a week, and what was believed before still counts for something that can be seen.
_FEW_NIGHTS = 7
_SHIFT_SAID_H, _TWO_SAID_FROM = 0.5, 0.8
# What is told, by whether tonight is of the weekend, and whether it is later than others.
_SHIFTED = {
    (True, True): later("On Friday and Saturday nights yours begin about {minutes} minutes later."),
    (True, False): later("On Friday and Saturday nights yours begin about {minutes} minutes earlier."),
    (False, True): later("On this night of the week yours begin about {minutes} minutes later than on others."),
    (False, False): later("On this night of the week yours begin about {minutes} minutes earlier than on others."),
}


@dataclass(frozen=True, slots=True)
class Onset:
    """The wall time at which symptoms will begin on a night that has some, to five minutes.

    `usual` is the middle; `half` and `most` hold 5 and 9 of 10 such nights. `calm` is the chance of a night without.
    `nights` had a known hour, and on `missing` nights of the same time it is unknown, which is not "none". `because`
    tells all this in plain words.
    """

    usual: time
    half: tuple[time, time]
    most: tuple[time, time]
    calm: float
    nights: int
    missing: int
    because: tuple[str, ...]

    @property
    def early(self) -> time:
        """The hour before which symptoms begin on a quarter of the nights that have some."""
        return self.half[0]


def usual_onset(facts: Iterable[Fact], tonight: date, zone: str | None = None) -> Onset:
    """Foresee the hour of tonight's first symptoms from the diary, what the person said, and what is common.

    Parameters
    ----------
    facts : iterable of Fact
        Night ratings, states and wishes that hold now; the newest of a night counts. A night without symptoms counts
        for their chance. A night whose hour was not noted is unknown, and is no night without symptoms.
    tonight : date
        The night that is foreseen; only nights before it are learned from.
    zone : str, optional
        Where tonight is spent; where the last entry was made when left out.
    """
    known = tuple(facts)
    wishes = newest(known, Wishes)
    told = wishes.usual_onset if wishes else None
    nights = nights_begun(known, tonight)
    clock = clock_h(tonight, zone or last_zone(known))
    found = learned(nights, tonight, clock, hours_after_noon(told) if told else None)
    by_then = found.belief.by_then(day=day_of(tonight))
    at = {share: clock_after_noon(60 * hour_at(by_then, share)) for share in (*_HALF, *_MOST, 0.5)}
    used = sum(night.hour is not None for night in nights)
    return Onset(
        usual=at[0.5],
        half=(at[_HALF[0]], at[_HALF[1]]),
        most=(at[_MOST[0]], at[_MOST[1]]),
        calm=found.belief.chance_of_calm,
        nights=used,
        missing=_missing(nights, tonight),
        because=(
            *_known_by(used, told),
            *_calm_and_missing(nights, tonight),
            *_tonight(found.belief, tonight, settling=found.settling),
            # What was merely supposed beforehand is nothing to tell a person about their nights.
            *(_ranges(at[_MOST[0]], at[_MOST[1]], found.belief.chance_of_calm) if used else ()),
        ),
    )


def last_zone(facts: Iterable[Fact]) -> str:
    """Return the zone in which the last entry was made; UTC without one."""
    last = max(facts, key=lambda one: (one.noted.at, one.id), default=None)
    return last.noted.zone if last else "UTC"


def _missing(nights: Sequence[NightBegun], tonight: date) -> int:
    """Count the nights since the first of them whose hour nobody knows."""
    if not nights:
        return 0
    return (tonight - nights[0].on).days - sum(night.hour is not None or night.calm is True for night in nights)


def _known_by(used: int, told: time | None) -> Iterator[str]:
    if used:
        yield ngettext(
            "Worked out from {count} night of your diary; recent nights count more.",
            "Worked out from {count} nights of your diary; recent nights count more.",
            used,
        )
    if used >= _FEW_NIGHTS:
        return
    if told:
        yield _("You told us that your legs usually begin about {time}.", time=f"{told:%H:%M}")
    else:
        yield _("Until your diary knows your hour, we go by what is common: in clinics, mostly 20:00 to 04:00.")


def _calm_and_missing(nights: Sequence[NightBegun], tonight: date) -> Iterator[str]:
    calm, missing = sum(night.calm is True for night in nights), _missing(nights, tonight)
    if calm:
        yield ngettext(
            "On {count} night you felt nothing: that counts for the chance of a calm night, not for the hour.",
            "On {count} nights you felt nothing: they count for the chance of a calm night, not for the hour.",
            calm,
        )
    if missing:
        yield ngettext(
            "On {count} night the hour was not noted. It is unknown, and not taken for calm.",
            "On {count} nights the hour was not noted. They are unknown, and not taken for calm.",
            missing,
        )


def _tonight(belief: Belief, tonight: date, *, settling: bool) -> Iterator[str]:
    shift = belief.shift_h(day_of(tonight))
    if abs(shift) >= _SHIFT_SAID_H:
        told = _SHIFTED[is_weekend(tonight), shift > 0]
        yield _(told, minutes=10 * round(6 * abs(shift)))
    if belief.chance_of_two_hours >= _TWO_SAID_FROM:
        yield _("On your nights they begin at either of two hours, so the range is wide.")
    if settling:
        yield _("You came into another time zone not long ago, so the range is wide for some nights.")


def _ranges(first: time, last: time, calm: float) -> Iterator[str]:
    words = {"from": f"{first:%H:%M}", "to": f"{last:%H:%M}"}
    yield _("On nine nights in ten that have symptoms, they begin between {from} and {to}.", **words)
    yield _("A night without symptoms: about {percent} in 100.", percent=round(100 * calm))


def hours_after_noon(wall: time) -> float:
    """Return how many hours after noon a wall time of a night is.

    Examples
    --------
    >>> hours_after_noon(time(1, 30))
    13.5
    """
    return (wall.hour + wall.minute / 60 + 12) % 24


def clock_after_noon(minutes: float) -> time:
    """Return the time on the wall so many minutes after noon, to five minutes."""
    return (_NOON + timedelta(minutes=5 * round(minutes / 5))).time()
