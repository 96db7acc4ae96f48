"""At what hour it began, whether that hour moves, and whether more of the body was touched as time went on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from quietlegs.records.fact import Fact
from quietlegs.records.felt import BodyPart, NightRating
from quietlegs.records.moment import since_noon
from quietlegs.report.drift import Drift, drift
from quietlegs.report.middle import Usual, usual
from quietlegs.report.period import Period

_NOTHING, _MINUTE, _DAY = timedelta(0), timedelta(minutes=1), timedelta(days=1)

Rated = Mapping[date, tuple[Fact, NightRating]]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Minutes after noon at which symptoms began, on nights for which an hour was noted.

    `by_week` has the middle of each week of the period, None for a week without such a night.
    """

    usual: Usual | None
    by_week: tuple[float | None, ...]
    drift: Drift | None


@dataclass(frozen=True, slots=True)
class Touched:
    """On how many nights a part was named, of `asked` nights on which any part was."""

    asked: int
    nights: dict[BodyPart, int]


@dataclass(frozen=True, slots=True)
class Spread:
    """The parts named in the first half of the period and in the second."""

    first: Touched
    second: Touched

    @property
    def beyond_legs(self) -> int:
        """Nights of the whole period on which arms or trunk were named, one night counted once for each part."""
        return sum(half.nights[part] for half in (self.first, self.second) for part in (BodyPart.ARMS, BodyPart.TRUNK))


def beginning(rated: Rated, period: Period) -> Beginning:
    """Return when it began, by the clock on the wall; a night without symptoms or without an hour is left out."""
    minutes = {night: began(*rated[night]) for night in period.nights if night in rated}
    known = {night: value for night, value in minutes.items() if value is not None}
    weeks = [[known[night] for night in week.nights if night in known] for week in period.weeks]
    middles = [(median(values), len(values)) if values else None for values in weeks]
    return Beginning(usual(known.values()), tuple(one[0] if one else None for one in middles), drift(middles))


def spread(rated: Rated, period: Period) -> Spread | None:
    """Return the parts of the body by half of the period; None for a single night."""
    halves = period.halves
    if halves is None:
        return None
    first, second = (_touched(rated[night][1] for night in half.nights if night in rated) for half in halves)
    return Spread(first, second)


def _touched(ratings: Iterable[NightRating]) -> Touched:
    named = [rating.where for rating in ratings if rating.where]
    return Touched(len(named), {part: sum(part in where for where in named) for part in BodyPart})


def began(fact: Fact, rating: NightRating) -> float | None:
    """Return the minutes after the night's noon at which it began; None without an hour, or with one of another day."""
    if rating.began_at is None:
        return None
    after = since_noon(rating.began_at, fact.night, fact.noted.zone)
    return after / _MINUTE if _NOTHING <= after < _DAY else None
