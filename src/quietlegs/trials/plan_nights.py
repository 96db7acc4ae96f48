"""How many nights a question takes, asked before the start: from the usual spread, the arms and the blocks."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, log_ndtr, ndtr, ndtri, stdtr

from quietlegs.records.bounds import Between, check_bounds
from quietlegs.trials.allocation import Codes
from quietlegs.trials.design import ERROR
from quietlegs.trials.families import permuted_rounds
from quietlegs.trials.spending import edge_of
from quietlegs.trials.whitening import Floats, whitening

MOST_NIGHTS = 730
_DRAWS = 200
_FEWEST_ARMS = 2
_RIDGE = 1e-9
_SPREAD_CHANCES = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Usual:
    """How this person's nights go without any change: learned from a run-in or a diary.

    `sd` in points of the 0-10 answer, `autocorrelation` from one night to the next, `missing` the share of
    nights without an answer, `learned_nights` the answered nights that told so.
    """

    sd: Annotated[float, Between(0.1, 5, "points")]
    autocorrelation: Annotated[float, Between(-0.9, 0.95)]
    missing: Annotated[float, Between(0, 0.9)]
    learned_nights: Annotated[int, Between(7, 3650, "nights")]

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Aim:
    """What shall be found: a difference of `effect` points, either way, with chance `power`, by the horizon.

    `share` is the stage's part of the 5 % error; it is divided by the arms held against the comparator.
    """

    arm_count: Annotated[int, Between(2, 4, "arms")]
    block_nights: Annotated[int, Between(1, 7, "nights")]
    horizon_nights: Annotated[int, Between(7, MOST_NIGHTS, "nights")]
    effect: Annotated[float, Between(0.1, 10, "points")] = 1.0
    power: Annotated[float, Between(0.5, 0.99)] = 0.8
    share: Annotated[float, Between(0.001, ERROR)] = ERROR

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        check_bounds(self)

    @property
    def round_nights(self) -> int:
        """Nights of one round."""
        return self.arm_count * self.block_nights


class Change(StrEnum):
    """What would bring the answer within reach."""

    FEWER_ARMS = "fewer_arms"
    SHORTER_BLOCKS = "shorter_blocks"
    BOTH = "both"
    LONGER_TRIAL = "longer_trial"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A changed aim and the nights that it takes."""

    change: Change
    aim: Aim
    nights: int


@dataclass(frozen=True, slots=True)
class NightsPlan:
    """Nights after the run-in, whole rounds; None stands for more than two years.

    `low` to `high` is the range that the usual spread leaves open (80 %), since it was learned from few nights;
    `chance_by_horizon` the chance that the difference, if it is there, is claimed by the horizon.
    """

    usual: Usual
    aim: Aim
    nights: int | None
    low: int | None
    high: int | None
    chance_by_horizon: float
    suggestions: tuple[Suggestion, ...]

    @property
    def hopeless(self) -> bool:
        """Whether the answer takes longer than the planned horizon."""
        return self.nights is None or self.nights > self.aim.horizon_nights


def plan_nights(usual: Usual, aim: Aim, rng: np.random.Generator) -> NightsPlan:
    """Say how many nights a difference takes to be claimed, when somebody looks every night.

    The GLS variance (AR(1)) of 200 drawn schedules, each with its own missing nights, turned into the chance that
    a path with that drift crosses the O'Brien-Fleming boundary. Where the horizon is too short, two arms,
    one-night blocks and both are tried too; docs/methods/design.md has the formulas.

    Parameters
    ----------
    usual, aim : Usual, Aim
        The person's nights, and the question.
    rng : numpy.random.Generator
        For the schedules; N moves by about a round from one generator to another.

    References
    ----------
    O'Brien and Fleming 1979, doi:10.2307/2530245; Lan and DeMets 1983, doi:10.1093/biomet/70.3.659

    Examples
    --------
    >>> quiet, rng = Usual(1.5, 0.3, 0.1, 28), np.random.Generator(np.random.PCG64(1))
    >>> plan = plan_nights(quiet, Aim(arm_count=2, block_nights=1, horizon_nights=90), rng)
    >>> plan.low < plan.nights < plan.high, plan.hopeless
    (True, False)
    """
    rounds = _Rounds.of(usual, aim, rng)
    nights, low, high = (rounds.needed(spread) for spread in (1.0, *_spread_range(usual)))
    plan = NightsPlan(usual, aim, nights, low, high, rounds.chance_by_horizon(), ())
    return replace(plan, suggestions=_suggestions(plan, rng)) if plan.hopeless else plan


def chance_of_claim(drift: Floats, *, contrasts: int = 1, share: float = ERROR) -> Floats:
    """Return the chance of a claim in the right direction by the horizon, looked at all the time.

    Parameters
    ----------
    drift : array
        The difference divided by its standard error at the horizon.
    contrasts : int, optional
        Arms held against the comparator; the share is divided by them.
    share : float, optional
        Part of the 5 % that both directions spend together.

    Examples
    --------
    >>> chance_of_claim(np.array([0.0, 2.881])).round(3).tolist()
    [0.025, 0.8]
    """
    edge = edge_of(share, contrasts)
    # A Brownian path with drift reaches `edge` by time 1 with this chance (reflection principle).
    crossed = ndtr(drift - edge) + np.exp(2 * edge * drift + log_ndtr(-edge - drift))
    return np.asarray(crossed, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Rounds:
    """What every round's end knows, for one aim.

    `variance` of each arm less the comparator (draws by rounds by contrasts); `echo` the variance that a
    difference of 1 point adds when another schedule is held against the same answers (rounds).
    """

    aim: Aim
    variance: Floats
    echo: Floats

    @classmethod
    def of(cls, usual: Usual, aim: Aim, rng: np.random.Generator) -> "_Rounds":
        """Draw schedules and missing nights, and add up what every round tells."""
        rounds = MOST_NIGHTS // aim.round_nights
        codes = permuted_rounds(aim.arm_count, block_nights=aim.block_nights, rounds=rounds).redraw(_DRAWS, rng)
        answered = rng.random(codes.shape) >= usual.missing
        others = np.roll(codes, 1, axis=0)
        found = [_contrasts(row, other, seen, usual) for row, other, seen in zip(codes, others, answered, strict=True)]
        variance, echo = np.array(found)[:, :, aim.round_nights :: aim.round_nights].swapaxes(0, 1)
        return cls(aim, variance, (echo**2).mean(axis=(0, 2)))

    def chances(self, spread: float) -> Floats:
        """Return the chance of a claim round by round, were the SD that many times the usual one."""
        # So many different schedules hold the answers as a t test with 1 / echo - 1 degrees of freedom does.
        df = np.maximum(1 / self.echo - 1, 1.0)[:, None]
        drift = -ndtri(stdtr(df, -self.aim.effect / (spread * np.sqrt(self.variance))))
        each = chance_of_claim(drift, contrasts=self.aim.arm_count - 1, share=self.aim.share)
        return np.asarray(each.mean(axis=(0, 2)), dtype=np.float64)

    def needed(self, spread: float) -> int | None:
        """Return the nights after which the wanted power is reached, or None when that takes too long."""
        (enough,) = np.nonzero(self.chances(spread) >= self.aim.power)
        return (int(enough[0]) + 1) * self.aim.round_nights if enough.size else None

    def chance_by_horizon(self) -> float:
        """Return the chance of a claim at the last whole round within the horizon, 0 where there is none."""
        rounds = self.aim.horizon_nights // self.aim.round_nights
        return float(self.chances(1.0)[rounds - 1]) if rounds else 0.0


def _contrasts(codes: Codes, other: Codes, seen: NDArray[np.bool_], usual: Usual) -> Floats:
    """Return 2 by (nights + 1) by contrasts: variances, and what the codes make of 1 point on the other's arm 1."""
    (at,) = np.nonzero(seen)
    frame = whitening(at.astype("datetime64[D]"), usual.autocorrelation)
    arms = frame.white((codes[at][:, None] == np.arange(codes.max() + 1)).astype(np.float64))
    point = frame.white((other[at] == 1).astype(np.float64))
    known = _so_far(arms[:, :, None] * arms[:, None, :]) + _RIDGE * np.eye(arms.shape[1])
    # A little more than nothing is known of an arm without answers, so that there is an inverse.
    inverse = np.linalg.inv(known)
    own = np.diagonal(inverse, axis1=1, axis2=2)
    unit = own[:, 1:] + own[:, :1] - 2 * inverse[:, 0, 1:]
    made = np.matmul(inverse, _so_far(arms * point[:, None])[:, :, None])[:, :, 0]
    found = np.stack([unit * usual.sd**2 * (1 - usual.autocorrelation**2), made[:, 1:] - made[:, :1]])
    return np.asarray(found[:, np.searchsorted(at, np.arange(codes.size + 1))], dtype=np.float64)


def _so_far(rows: Floats) -> Floats:
    """Return the sums of the first 0, 1, 2 ... rows."""
    return np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, axis=0)])


def _spread_range(usual: Usual) -> tuple[float, float]:
    """Return how many times smaller and larger than learned the SD may well be."""
    squared = usual.autocorrelation**2
    # Nights that resemble each other tell less about their spread.
    worth = max(1.0, usual.learned_nights * (1 - squared) / (1 + squared) - 1)
    low, high = (math.sqrt(worth / float(chdtri(worth, chance))) for chance in _SPREAD_CHANCES)
    return low, high


def _suggestions(plan: NightsPlan, rng: np.random.Generator) -> tuple[Suggestion, ...]:
    aim = plan.aim
    changed = {
        Change.FEWER_ARMS: replace(aim, arm_count=_FEWEST_ARMS),
        Change.SHORTER_BLOCKS: replace(aim, block_nights=1),
        Change.BOTH: replace(aim, arm_count=_FEWEST_ARMS, block_nights=1),
    }
    if aim.arm_count == _FEWEST_ARMS or aim.block_nights == 1:
        del changed[Change.BOTH]
    found = [
        Suggestion(change, other, nights)
        for change, other in changed.items()
        if other != aim
        and (nights := _Rounds.of(plan.usual, other, rng).needed(1.0)) is not None
        and (plan.nights is None or nights < plan.nights)
    ]
    if plan.nights is not None:
        found.append(Suggestion(Change.LONGER_TRIAL, replace(aim, horizon_nights=plan.nights), plan.nights))
    return tuple(found)
