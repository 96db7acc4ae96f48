"""The columns of the estimate: level, trend, weekday, carry-over, covariates and, last, the arms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import helmert

from quietlegs.records.bounds import RangeError
from quietlegs.trials.nights import NO_ARM, LengthsDifferError, Nights, NotFiniteError
from quietlegs.trials.prior import Prior
from quietlegs.trials.whitening import Floats

TREND_NIGHTS = 30
_DAYS = 7
_MONDAY = 3


@dataclass(frozen=True, slots=True)
class Declared:
    """What was fixed before night 1.

    `worthwhile` is the smallest difference worth having, in the answers' unit. Carry-over means that an arm
    may still be felt on the night after.
    """

    carry_over: bool = False
    trend: bool = True
    weekday: bool = True
    worthwhile: float = 1.0
    lower_is_better: bool = True

    def __post_init__(self) -> None:
        """Refuse a smallest difference that is not above 0."""
        if not 0 < self.worthwhile < np.inf:
            raise RangeError("Declared.worthwhile", self.worthwhile, "a finite number above 0")


@dataclass(frozen=True, slots=True, eq=False)
class Regressors:
    """One row a listed night of the trial, one column a coefficient, the arms last.

    `prior_sd` holds one size for each column before the arms (infinite for the level), `starts` where a group
    of columns begins, `units` what one unit of each usable covariate is in its column.
    """

    values: Floats
    prior_sd: Floats
    starts: dict[str, int]
    arm_names: tuple[str, ...]
    units: dict[str, float]
    left_out: tuple[str, ...]

    @property
    def nuisance(self) -> int:
        """How many columns stand before the arms."""
        return len(self.prior_sd)

    def effect(self, arm: str, comparator: str) -> Floats:
        """Return the weights of the coefficients that make an arm less the comparator."""
        row = np.zeros(self.values.shape[1])
        row[self.nuisance :] = balanced(len(self.arm_names))[:, self._pair(arm, comparator)] @ [1.0, -1.0]
        return row

    def carried(self, arm: str, comparator: str) -> Floats:
        """Return the weights for what the two arms still do on the night after."""
        row = np.zeros(self.values.shape[1])
        row[[self.starts["carried"] + place for place in self._pair(arm, comparator)]] = 1.0, -1.0
        return row

    def covariate(self, name: str) -> Floats:
        """Return the weights that make one unit of a covariate."""
        row = np.zeros(self.values.shape[1])
        row[self.starts[name]] = self.units[name]
        return row

    def _pair(self, arm: str, comparator: str) -> list[int]:
        return [self.arm_names.index(arm), self.arm_names.index(comparator)]


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    name: str
    columns: Floats
    prior_sd: float
    unit: float = 1.0


def regressors(nights: Nights, declared: Declared, covariates: Mapping[str, Floats], prior: Prior) -> Regressors:
    """Build the columns for all listed nights that have an arm, answered or not.

    Centres and ranges come from the answered nights alone, so that an unanswered night adds no information.

    Parameters
    ----------
    covariates : mapping of str to array
        One value a night of `nights`; NaN is unknown. A covariate enters divided by its range, so its
        coefficient is the difference between its lowest and its highest value. Unknown values take the
        mean of the known ones and have a coefficient of their own. A covariate that does not vary among
        the known values is left out, and said so.

    Raises
    ------
    LengthsDifferError, NotFiniteError
        A covariate has too few or too many values, or an infinite one.

    Examples
    --------
    >>> two = Nights(np.array(["2026-01-05", "2026-01-06"], "datetime64[D]"), [0, 1], ("a", "b"), [3.0, 4.0])
    >>> regressors(two, Declared(weekday=False, trend=False), {}, Prior()).values.round(2).tolist()
    [[1.0, 0.71], [1.0, -0.71]]
    """
    known = {name: _known(name, values, nights) for name, values in covariates.items()}
    drawn = nights.arms != NO_ARM
    answered = nights.answered[drawn]
    blocks, left_out = _calendar(nights, declared, prior), []
    for name, values in known.items():
        found = _covariate(name, values[drawn], answered, prior)
        blocks += found
        left_out += [] if found else [name]
    arms = balanced(len(nights.arm_names)).T[nights.arms[drawn]]
    widths = [block.columns.shape[1] for block in blocks]
    starts = np.cumsum([0, *widths]).tolist()
    return Regressors(
        values=np.column_stack([*(block.columns for block in blocks), arms]),
        prior_sd=np.repeat([block.prior_sd for block in blocks], widths),
        starts={block.name: start for block, start in zip(blocks, starts, strict=False)},
        arm_names=nights.arm_names,
        units={block.name: block.unit for block in blocks if block.name in known},
        left_out=tuple(left_out),
    )


def _calendar(nights: Nights, declared: Declared, prior: Prior) -> list[_Block]:
    """Return the columns that dates and arms alone decide."""
    drawn = nights.arms != NO_ARM
    days = nights.on.astype(np.int64)
    blocks = [_Block("level", np.ones((int(drawn.sum()), 1)), np.inf)]
    if declared.trend:
        since = (days - days[drawn & nights.answered].mean())[drawn] / TREND_NIGHTS
        blocks.append(_Block("trend", since[:, None], prior.trend))
    if declared.weekday:
        blocks.append(_Block("weekday", weekdays(nights.on[drawn]), prior.weekday))
    if declared.carry_over:
        blocks.append(_Block("carried", _arm_before(nights)[drawn], prior.carried))
    return blocks


def weekdays(on: NDArray[np.datetime64]) -> Floats:
    """Return one column a weekday, Monday first: 1 on its dates, else 0."""
    return np.asarray(np.eye(_DAYS)[(on.astype(np.int64) + _MONDAY) % _DAYS], dtype=np.float64)


def _arm_before(nights: Nights) -> Floats:
    """Return one column an arm: 1 where the night before is listed and had that arm."""
    before = np.full(len(nights), NO_ARM)
    before[1:] = np.where(np.diff(nights.on).astype(np.int64) == 1, nights.arms[:-1], NO_ARM)
    count = len(nights.arm_names)
    return np.asarray(np.vstack([np.eye(count), np.zeros(count)])[before], dtype=np.float64)


def _covariate(name: str, values: Floats, answered: NDArray[np.bool_], prior: Prior) -> list[_Block]:
    unknown = np.isnan(values)
    seen = values[answered & ~unknown]
    span = float(np.ptp(seen)) if seen.size else 0.0
    if not span:
        return []
    scaled = np.where(unknown, 0.0, (values - seen.mean()) / span)
    blocks = [_Block(name, scaled[:, None], prior.covariate, 1 / span)]
    if (unknown & answered).any():
        blocks.append(_Block(f"{name} unknown", unknown.astype(np.float64)[:, None], prior.covariate))
    return blocks


def _known(name: str, values: Floats, nights: Nights) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (len(nights),):
        raise LengthsDifferError(f"covariate {name}", f"{array.size} values", f"{len(nights)}, one a night")
    wrong = np.flatnonzero(np.isinf(array))
    if wrong.size:
        raise NotFiniteError(f"{name}[{wrong[0]}]", float(array[wrong[0]]), "a finite number, or NaN for unknown")
    return array


@lru_cache
def balanced(arms: int) -> Floats:
    """Return orthonormal contrasts: arms that are alike before the first night, whichever is named first."""
    contrasts = np.asarray(helmert(arms), dtype=np.float64)
    contrasts.flags.writeable = False
    return contrasts
