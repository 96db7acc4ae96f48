"""People whose true hour is known, for the onset's truth: each kind has its own way of making a forecast hard."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from quietlegs.plan.onset_nights import NightBegun, clock_h, is_weekend

Floats = NDArray[np.float64]

NIGHTS = 84
# The clock goes back in the middle of these twelve weeks.
FIRST = date(2026, 9, 14)
HOME, ABROAD = "Europe/Berlin", ("Asia/Tokyo", "America/New_York", "America/Los_Angeles", "Asia/Bangkok")
_AWAY = (30, 44)
_NONE = np.inf

KINDS = {
    "steady": "the same level for twelve weeks",
    "early": "like steady, but around 20:30: where the fixed hour is at its best and the prior is wrong",
    "drifting": "the level wanders by about 9 minutes a night",
    "creeping": "2.5 hours earlier or later over the twelve weeks",
    "step": "2 hours earlier or later from one night on",
    "weekends": "1 to 2 hours later on Friday and Saturday nights",
    "two odd days": "1.5 hours later on two other days of the week",
    "many calm nights": "40 to 70 % of nights without symptoms",
    "growing calm": "10 % calm nights at first, 60 % at the end",
    "calm when late": "asleep before it would begin: late nights are the calm ones",
    "few entries": "40 % of nights not noted, on 30 % more no hour",
    "late ones unnoted": "no hour on 60 % of the late nights, on 5 % of the early ones",
    "odd nights": "12 % of nights at any hour",
    "two hours": "1.5 hours before or after the level, by chance",
    "told wrongly": "said an hour that is 3 hours off",
    "clock change": "the body follows the new clock after a week only",
    "travel": "two weeks 5 to 9 hours away; half of them keep the body's hour and shift by 1 hour a night",
}


@dataclass(frozen=True, slots=True)
class Lived:
    """`hours` after noon are the truth, infinite without symptoms; `noted` is what the diary has, NaN where nothing.

    `rated` says whether the night was noted at all, `told` the hour that the person said before the first night.
    """

    hours: Floats
    noted: Floats
    rated: NDArray[np.bool_]
    zones: tuple[str, ...]
    told: float | None

    def clock(self, place: int) -> float:
        """Return how far the clock on the wall was ahead of UTC."""
        return clock_h(self.on(place), self.zones[place])

    def on(self, place: int) -> date:
        """Return the date of a night."""
        return FIRST + timedelta(days=place)

    def diary(self) -> tuple[NightBegun | None, ...]:
        """Return each night as the diary has it, None where it was not noted."""
        return tuple(self._night(place) if self.rated[place] else None for place in range(NIGHTS))

    def _night(self, place: int) -> NightBegun:
        hour = self.noted[place]
        calm = bool(np.isinf(self.hours[place]))
        return NightBegun(self.on(place), None if np.isnan(hour) else float(hour), calm, self.clock(place))


def lived(kind: str, rng: np.random.Generator) -> Lived:
    """Draw one person of a kind: a level, a spread, a share of calm nights, and what was noted, to half hours."""
    level, spread = np.clip(rng.normal(11, 1.7), 7.5, 16), np.clip(np.exp(rng.normal(np.log(0.8), 0.45)), 0.25, 2)
    if kind == "early":
        level = rng.normal(8.5, 0.7)
    zones = _zones(kind, rng)
    levels = level + _moves(kind, zones, rng)
    hours = levels + spread * rng.normal(size=NIGHTS)
    hours = _odd(kind, hours, rng)
    calm = rng.random(NIGHTS) < _calm_share(kind, rng)
    if kind == "calm when late":
        calm = hours > level + rng.uniform(-0.3, 1) * spread
    hours = np.clip(hours, 0.5, 23.5)
    rated = rng.random(NIGHTS) >= (0.4 if kind == "few entries" else 0.15)
    without_hour = rng.random(NIGHTS) < _without_hour(kind, hours > levels)
    noted = np.where(calm | without_hour | ~rated, np.nan, np.round(2 * hours) / 2)
    return Lived(np.where(calm, _NONE, hours), noted, rated, zones, _told(kind, level, rng))


def _zones(kind: str, rng: np.random.Generator) -> tuple[str, ...]:
    abroad = str(rng.choice(ABROAD)) if kind == "travel" else HOME
    return tuple(abroad if _AWAY[0] <= place < _AWAY[1] else HOME for place in range(NIGHTS))


def _moves(kind: str, zones: tuple[str, ...], rng: np.random.Generator) -> Floats:
    nights, zero = np.arange(NIGHTS), np.zeros(NIGHTS)
    way = rng.choice([-1, 1])
    weekend = np.array([is_weekend(FIRST + timedelta(days=place)) for place in range(NIGHTS)])
    moves: dict[str, Floats] = {
        "drifting": np.cumsum(rng.normal(0, 0.15, NIGHTS)),
        "creeping": way * 2.5 * nights / NIGHTS,
        "step": way * 2.0 * (nights >= rng.integers(28, 57)),
        "weekends": rng.uniform(1, 2) * weekend,
        "two odd days": np.where(np.isin(nights % 7, (1, 3)), 1.5, 0.0),
        "clock change": _lag(zones),
        "travel": _lag(zones) if rng.random() < 0.5 else zero,
    }
    return moves.get(kind, zero)


def _lag(zones: tuple[str, ...]) -> Floats:
    """Return how late the body's evening is by the clock on the wall: it follows by an hour a night, or in a week."""
    ahead = [clock_h(FIRST + timedelta(days=place), zone) for place, zone in enumerate(zones)]
    late, lag = 0.0, np.zeros(NIGHTS)
    for place in range(NIGHTS):
        change = ahead[place] - ahead[place - 1] if place else 0.0
        late += change
        lag[place] = late
        late -= np.sign(late) * min(abs(late), 1.0 if abs(late) > 1 else 1 / 7)
    return lag


def _odd(kind: str, hours: Floats, rng: np.random.Generator) -> Floats:
    if kind == "odd nights":
        return np.where(rng.random(NIGHTS) < 0.12, rng.uniform(6, 16, NIGHTS), hours)
    if kind == "two hours":
        either: Floats = hours + rng.choice([-1.5, 1.5], NIGHTS)
        return either
    return hours


def _calm_share(kind: str, rng: np.random.Generator) -> Floats:
    if kind == "many calm nights":
        return np.full(NIGHTS, rng.uniform(0.4, 0.7))
    if kind == "growing calm":
        return np.linspace(0.1, 0.6, NIGHTS)
    return np.full(NIGHTS, rng.beta(1.2, 5))


def _without_hour(kind: str, late: NDArray[np.bool_]) -> Floats:
    if kind == "late ones unnoted":
        return np.where(late, 0.6, 0.05)
    return np.full(NIGHTS, 0.3 if kind == "few entries" else 0.1)


def _told(kind: str, level: float, rng: np.random.Generator) -> float | None:
    if kind == "told wrongly":
        return float(np.round(4 * (level + rng.choice([-3, 3]))) / 4) % 24
    return float(np.round(4 * (level + rng.normal(0, 0.7))) / 4) if rng.random() < 0.5 else None
