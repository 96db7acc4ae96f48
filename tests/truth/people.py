"""Simulated people whose answer is known: how their nights go, which they leave out, what an arm does to them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from quietlegs.trials.allocation import Allocation, Codes
from quietlegs.trials.families import permuted_rounds
from quietlegs.trials.nights import Nights

Floats = NDArray[np.float64]
PLANNED = 90
FIRST = np.datetime64("2026-01-05")


class Shape(StrEnum):
    """How single nights scatter: bell-shaped, or skewed with flares that come in clusters."""

    NORMAL = "normal"
    FLARES = "flares"


class Missing(StrEnum):
    """Which nights are left out: any, or bad and very good ones five times as often."""

    ANY = "any"
    EXTREMES = "extremes"


@dataclass(frozen=True)
class Person:
    """Arm 0 is the comparator, arm 1 acts by `effect` points, of which a share `carried` is felt the night after.

    `trend` is the change of the level over the trial, `weekday` what Friday and Saturday add, `whole` rounds the
    answers to 0-10 around a level so low that about a quarter of the nights are at 0.
    """

    phi: float = 0.5
    sd: float = 2.0
    missing: float = 0.2
    which: Missing = Missing.ANY
    shape: Shape = Shape.NORMAL
    trend: float = 0.0
    weekday: float = 0.0
    whole: bool = False
    arms: int = 3
    block: int = 1
    effect: float = 0.0
    carried: float = 0.0

    @property
    def lots(self) -> Allocation:
        """What is drawn from: whole rounds, about 90 nights."""
        rounds = round(PLANNED / (self.arms * self.block))
        return permuted_rounds(self.arms, block_nights=self.block, rounds=rounds)

    @property
    def level(self) -> float:
        """The middle of a comparator night."""
        return 0.5 + 0.67 * self.sd if self.whole else 5.0

    def calendar(self, nights: int) -> Floats:
        """Return what trend and weekday add to each night."""
        days = np.arange(nights)
        return np.asarray(self.trend * (days / (nights - 1) - 0.5) + self.weekday * np.isin(days % 7, (4, 5)))

    def noise(self, nights: int, people: int, rng: np.random.Generator) -> Floats:
        """Return people by nights: how nights go by themselves, with the SD and about the autocorrelation."""
        felt = rng.normal(size=(people, nights))
        for night in range(1, nights):
            felt[:, night] = self.phi * felt[:, night - 1] + (1 - self.phi**2) ** 0.5 * felt[:, night]
        if self.shape is Shape.FLARES:
            felt = 0.5 * (np.exp(0.6 * felt) - np.exp(0.18)) + _flares(felt.shape, rng)
            felt /= _FLARES_SD
        return np.asarray(self.sd * felt)

    def doing(self, codes: NDArray[np.integer]) -> Floats:
        """Return what the arms add to each night."""
        acts = (codes == 1).astype(np.float64)
        before = np.zeros_like(acts)
        before[..., 1:] = acts[..., :-1]
        return np.asarray(self.effect * (acts + self.carried * before))

    def answered(self, felt: Floats) -> Floats:
        """Return the answers that felt nights get."""
        return np.clip(np.rint(felt), 0, 10) if self.whole else felt

    def left_out(self, felt: Floats, rng: np.random.Generator) -> NDArray[np.bool_]:
        """Return which nights stay unanswered."""
        chance = np.full(felt.shape, self.missing)
        if self.which is Missing.EXTREMES:
            extreme = np.abs(felt - self.level) > 1.15 * self.sd
            chance = np.where(extreme, 0.5, 0.1)
        return np.asarray(rng.random(felt.shape) < chance)

    def diaries(self, people: int, rng: np.random.Generator) -> tuple[Floats, Codes]:
        """Return answers (NaN: not answered) and arm codes, people by nights."""
        lots = self.lots
        codes = lots.redraw(people, rng)
        felt = self.level + self.noise(lots.nights, people, rng) + self.calendar(lots.nights) + self.doing(codes)
        return np.where(self.left_out(felt, rng), np.nan, self.answered(felt)), codes

    def truth(self) -> float:
        """Return the difference of the two arms' mean answers over all nights that could be."""
        if not self.whole:
            return self.effect
        steps, over = np.arange(1, 11) - 0.5, self.level + self.calendar(self.lots.nights)[:, None]
        means = [float(ndtr((over + effect - steps) / self.sd).sum(axis=1).mean()) for effect in (0.0, self.effect)]
        return means[1] - means[0]


def nights_of(answers: Floats, codes: NDArray[np.integer], arms: int) -> Nights:
    """Return one diary as nights; arms are called by their numbers."""
    names = tuple(str(arm) for arm in range(arms))
    return Nights(FIRST + np.arange(answers.size), codes.astype(np.int64), names, answers)


def _flares(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Return flares: they begin on 5 of 100 nights, go on with a chance of 3 in 4, and differ in size."""
    begin, stay = rng.random(shape) < 0.05, rng.random(shape) < 0.75
    on = np.zeros(shape, dtype=np.bool_)
    for night in range(shape[1]):
        on[:, night] = begin[:, night] | (on[:, night - 1] & stay[:, night] if night else False)
    return np.asarray(np.where(on, rng.exponential(1.5, shape), 0.0) - 0.25)


# The spread of a flaring night before it is brought to the person's own, from 4 million nights.
_FLARES_SD = 0.93
