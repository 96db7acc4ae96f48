"""The re-randomisation test: how often would another schedule of the design have looked as good."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.allocation import Allocation, AllocationError, Codes
from quietlegs.trials.nights import LengthsDifferError, NotFiniteError

Floats = NDArray[np.float64]
Statistic = Callable[[Floats, Codes], Floats]
MOST_LISTED = 100_000
FEWEST_DRAWS = 10_000
_ROWS_AT_ONCE = 10_000
_SAME = 1e-9


class Side(StrEnum):
    """Which statistics count as at least as extreme: those as high, as low, or as far from 0 either way."""

    HIGHER = "higher"
    LOWER = "lower"
    EITHER = "either"


class Untold(StrEnum):
    """Why no p value can be given."""

    NEVER_ANSWERED = "never_answered"
    ALL_EQUAL = "all_equal"


@dataclass(frozen=True, slots=True)
class CannotTell:
    """No number, on purpose; `answered` nights were there."""

    reason: Untold
    answered: int


@dataclass(frozen=True, slots=True)
class Rerandomised:
    """The observed statistic and its p value, `as_extreme` of `schedules`.

    `exact`: every schedule of the design was looked at, weighed as it is drawn. Otherwise schedules were drawn,
    and both numbers contain the one that was really used (the +1 correction).
    """

    observed: float
    as_extreme: int
    schedules: int
    exact: bool

    @property
    def p(self) -> Fraction:
        """The p value, in lowest terms."""
        return Fraction(self.as_extreme, self.schedules)


@dataclass(frozen=True, slots=True, eq=False)
class Experiment:
    """What was answered (NaN: not answered) under which arm codes, and what could have been drawn instead."""

    outcomes: Floats
    codes: Codes
    allocation: Allocation

    def __post_init__(self) -> None:
        """Refuse a schedule that could not have been drawn, other lengths, and infinite answers."""
        if self.outcomes.shape != (self.allocation.nights,):
            raise LengthsDifferError("outcomes", f"{self.outcomes.shape}", f"({self.allocation.nights},)")
        if not self.allocation.contains(self.codes):
            raise AllocationError("codes", "a schedule that is not in the set", "one that could have been drawn")
        (wrong,) = np.nonzero(np.isinf(self.outcomes))
        if wrong.size:
            raise NotFiniteError(f"outcomes[{wrong[0]}]", float(self.outcomes[wrong[0]]), "finite, or NaN")


def difference_in_means(arm: int, comparator: int) -> Statistic:
    """Return the statistic "mean of the arm less mean of the comparator" over answered nights.

    It takes outcomes (nights) and codes (schedules by nights) and gives one value a schedule, NaN where one of
    the two arms has no answered night.

    Examples
    --------
    >>> difference_in_means(1, 0)(np.array([4.0, np.nan, 1.0]), np.array([[0, 0, 1], [1, 0, 0]])).tolist()
    [-3.0, 3.0]
    """

    def mean(outcomes: Floats, codes: Codes, code: int) -> Floats:
        answered = ~np.isnan(outcomes)
        having = (codes[:, answered] == code).astype(np.float64)
        with np.errstate(invalid="ignore"):
            return np.asarray(having @ outcomes[answered] / having.sum(axis=1), dtype=np.float64)

    return lambda outcomes, codes: mean(outcomes, codes, arm) - mean(outcomes, codes, comparator)


def rerandomise(
    experiment: Experiment,
    *,
    statistic: Statistic,
    side: Side = Side.EITHER,
    rng: np.random.Generator | None = None,
    draws: int = FEWEST_DRAWS,
) -> Rerandomised | CannotTell:
    """Test the sharp null "no night would have been answered otherwise under another schedule".

    Up to 100,000 schedules are all looked at; above that, `draws` are drawn. A tie counts as extreme, and so
    does a schedule whose statistic is not defined.

    Parameters
    ----------
    statistic : callable
        ``(outcomes (nights,), codes (schedules, nights)) -> (schedules,)``.
    rng, draws : numpy.random.Generator, int, optional
        Needed where the schedules are too many to list; 10,000 or more, else AllocationError.

    References
    ----------
    Edgington and Onghena 2007; the +1: Phipson and Smyth 2010, doi:10.2202/1544-6115.1585

    Examples
    --------
    >>> from quietlegs.trials.families import permuted_rounds
    >>> answers, codes = np.array([2.0, 5, 6, 3]), np.array([0, 1, 1, 0], dtype=np.int8)
    >>> pairs = Experiment(answers, codes, permuted_rounds(2, block_nights=1, rounds=2))
    >>> rerandomise(pairs, statistic=difference_in_means(1, 0), side=Side.HIGHER).p
    Fraction(1, 4)
    """
    short = cannot_tell(experiment)
    if short:
        return short
    outcomes = experiment.outcomes
    observed = float(statistic(outcomes, experiment.codes[None, :])[0])
    if np.isnan(observed):
        return CannotTell(Untold.NEVER_ANSWERED, int((~np.isnan(outcomes)).sum()))
    exact = experiment.allocation.count() <= MOST_LISTED
    count = as_extreme = 0
    for codes in _listed(experiment.allocation) if exact else _drawn(experiment.allocation, draws, rng):
        as_extreme += int(_extreme(statistic(outcomes, codes), observed, side).sum())
        count += len(codes)
    own = 0 if exact else 1
    return Rerandomised(observed, as_extreme + own, count + own, exact)


def cannot_tell(experiment: Experiment) -> CannotTell | None:
    """Say why no test is possible: nothing answered, all answers equal; None when there is no such reason.

    Examples
    --------
    >>> from quietlegs.trials.families import fixed_numbers
    >>> same = Experiment(np.array([4.0, 4.0]), np.array([0, 1], dtype=np.int8), fixed_numbers((1, 1)))
    >>> cannot_tell(same).reason.value
    'all_equal'
    """
    answers = experiment.outcomes[~np.isnan(experiment.outcomes)]
    if not answers.size:
        return CannotTell(Untold.NEVER_ANSWERED, 0)
    if np.ptp(answers) <= _SAME * np.abs(answers).max():
        return CannotTell(Untold.ALL_EQUAL, int(answers.size))
    return None


def _extreme(found: Floats, observed: float, side: Side) -> NDArray[np.bool_]:
    """Count ties as extreme although sums in another order differ in the last digits."""
    turned = {Side.HIGHER: found, Side.LOWER: -found, Side.EITHER: np.abs(found)}[side]
    limit = {Side.HIGHER: observed, Side.LOWER: -observed, Side.EITHER: abs(observed)}[side]
    slack = _SAME * max(abs(observed), float(np.nanmax(np.abs(found), initial=0.0)))
    return np.asarray(~(turned < limit - slack))


def _listed(allocation: Allocation) -> Iterator[Codes]:
    every = allocation.every(most=MOST_LISTED)
    for start in range(0, len(every), _ROWS_AT_ONCE):
        yield every[start : start + _ROWS_AT_ONCE]


def _drawn(allocation: Allocation, draws: int, rng: np.random.Generator | None) -> Iterator[Codes]:
    if draws < FEWEST_DRAWS:
        raise AllocationError("draws", draws, f"{FEWEST_DRAWS} or more")
    if rng is None:
        raise AllocationError("rng", rng, f"a generator: {allocation.count()} schedules are too many to list")
    for start in range(0, draws, _ROWS_AT_ONCE):
        yield allocation.redraw(min(_ROWS_AT_ONCE, draws - start), rng)
