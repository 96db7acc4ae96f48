"""Simulated people whose legs are restless at night, and whose true relief by each movement is known."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tests.truth.people import Floats

from quietlegs.trials.relief_events import Reliefs
from quietlegs.trials.relief_offer import RULE, Rule, Tally

NAMES = ("breathing", "calf", "walk", "ankle")
_FIRST = np.datetime64("2026-01-05T03:00:00")
_USUAL, _SPREAD, _SPELL = 6.5, 1.5, 0.7
_BY_ITSELF, _CALM = 0.6, 4.0
_NOISE, _UNRATED = 1.5, 0.1


@dataclass(frozen=True)
class Restless:
    """A person with one moment a day; `gains` is what each movement adds to the drop, the comparator's first.

    The gains become `later`: halfway at once when `quick`, else a little every day. `spells` is the autocorrelation of
    what the legs do by themselves from one moment to the next. `offline` is for how many moments chances are used
    once they were reckoned, as by a phone that does not hear from elsewhere.
    """

    gains: tuple[float, ...]
    moments: int = 60
    later: tuple[float, ...] | None = None
    quick: bool = False
    spells: float = 0.0
    offline: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """The movements; the first is the comparator."""
        return NAMES[: len(self.gains)]

    @property
    def acting(self) -> Floats:
        """What each movement (columns) adds at each moment (rows)."""
        first, last = np.array(self.gains), np.array(self.later or self.gains)
        gone = np.linspace(0.0, 1.0, self.moments)[:, None]
        return np.asarray(first + (last - first) * (gone >= 0.5 if self.quick else gone))  # halfway


class Lived(NamedTuple):
    """What many people lived through: people by moments, `chances` by movements too; `after` is NaN if not rated."""

    made: NDArray[np.int64]
    chances: Floats
    before: Floats
    after: Floats

    def of(self, one: int, person: Restless) -> Reliefs:
        """Return one person's moments."""
        at = _FIRST + np.arange(person.moments) * np.timedelta64(1, "D")
        return Reliefs(at, person.names, self.made[one], self.chances[one], self.before[one], self.after[one])


def live(person: Restless, people: int, rng: np.random.Generator, *, rule: Rule = RULE) -> Lived:
    """Live through restless moments: a high rating falls by itself, the lot learns from what it offered.

    Ratings before are whole, 6.5 on average (SD 1.5), bad days in a row; 0.6 of what is above 4 falls by itself; the
    noise of a drop is 1.5; 10 % are not rated after.
    """
    shape = (people, person.moments)
    before = np.clip(np.rint(_USUAL + _SPREAD * _following(shape, _SPELL, rng)), 1, 10)
    by_itself = _BY_ITSELF * (before - _CALM) + _NOISE * _following(shape, person.spells, rng)
    rated, lots = rng.random(shape) >= _UNRATED, rng.random(shape)
    made, chances = _offered(person, (before, by_itself, rated, lots), rule)
    drop = by_itself + person.acting[np.arange(person.moments), made]
    return Lived(made, chances, before, np.where(rated, before - drop, np.nan))


def _offered(
    person: Restless, nights: tuple[Floats, Floats, NDArray[np.bool_], Floats], rule: Rule
) -> tuple[NDArray[np.int64], Floats]:
    """Return what the rule offers to everyone moment by moment, and its chances."""
    before, by_itself, rated, lots = (np.asarray(each).T for each in nights)
    people, movements = before.shape[1], np.arange(len(person.gains))
    tally, since = Tally.start(people, movements.size, rule), np.zeros(people)
    made, chances = np.empty(before.shape, dtype=np.int64), np.empty((*before.shape, movements.size))
    for moment, acting in enumerate(person.acting):
        if moment % person.offline == 0:
            given = tally.chances(movements)
        made[moment] = (lots[moment] >= np.cumsum(given[:-1], axis=0)).sum(axis=0)
        chances[moment] = given.T
        # Only rated moments are remembered, and age is counted from one to the next.
        since += 1.0
        keep = rated[moment]
        part = Tally(tally.own[..., keep], tally.shared[..., keep], rule)
        drop = by_itself[moment] + acting[made[moment]]
        part.add(made[moment, keep], before[moment, keep], drop[keep], days=since[keep])
        tally.own[..., keep], tally.shared[..., keep] = part.own, part.shared
        since[keep] = 0.0
    return made.T, chances.swapaxes(0, 1)


def _following(shape: tuple[int, int], phi: float, rng: np.random.Generator) -> Floats:
    """Return people by moments: standard normal numbers with an autocorrelation."""
    felt = rng.normal(size=shape)
    for moment in range(1, shape[1]):
        felt[:, moment] = phi * felt[:, moment - 1] + (1 - phi**2) ** 0.5 * felt[:, moment]
    return felt
