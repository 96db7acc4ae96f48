"""What goes along with good and bad nights: a hint about what to test, never a verdict."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from quietlegs.trials.design import ERROR, Design, Stage
from quietlegs.trials.estimated import Belief
from quietlegs.trials.neighbours import neighbours
from quietlegs.trials.nights import NO_ARM, LengthsDifferError, Nights, NotFiniteError
from quietlegs.trials.posterior import posterior
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import TREND_NIGHTS, weekdays
from quietlegs.trials.whitening import Floats

FALSE_DISCOVERIES = 0.1
FEWEST_NIGHTS = 28
FEWEST_ON_A_SIDE = 6
_ENDS = np.array([0.025, 0.975])
_WEAK = Prior(arms=(0.5, 1.0))
_TWO_BLOCKS = 2


class Kind(StrEnum):
    """How it comes about: chosen in the day, from outside, done because the legs were bad, or never to be tested."""

    CHOSEN = "chosen"
    OUTSIDE = "outside"
    AS_NEEDED = "as_needed"
    NEVER_TESTED = "never_tested"


class Refused(StrEnum):
    """Why nothing is said about a factor."""

    AS_NEEDED = "as_needed"
    NEVER_TESTED = "never_tested"
    TOO_FEW = "too_few"
    NO_SPREAD = "no_spread"
    TOO_RARE = "too_rare"


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """One value a listed night (NaN: not known), how it comes about, and what a trial of it would have a person do.

    `habit` is the arm in words ("no caffeine after noon"), never the factor itself: nobody is sent to drink alcohol.
    """

    values: Floats
    kind: Kind = Kind.CHOSEN
    habit: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One factor. `difference` is the answers' change from its lowest to its highest value, None where `refused`.

    `chance_of_less` is how easily a difference as far from 0 comes about with none at all; `goes_along` says
    whether it stands out among all that was looked at. `nights` are those with both an answer and a value.
    """

    name: str
    kind: Kind
    nights: int
    lowest: float | None
    highest: float | None
    difference: Belief | None
    chance_of_less: float | None
    goes_along: bool
    refused: Refused | None
    habit: str | None = None

    @property
    def can_be_tested(self) -> bool:
        """Whether a trial can be made of it: it can be chosen, and the habit to try is named."""
        return self.kind in (Kind.CHOSEN, Kind.AS_NEEDED) and self.habit is not None


@dataclass(frozen=True, slots=True)
class Patterns:
    """All factors, those that stand out first; of what stands out at most 10 % on average is there by chance."""

    each: tuple[Pattern, ...]
    looked_at: int

    @property
    def found(self) -> tuple[Pattern, ...]:
        """What stands out."""
        return tuple(one for one in self.each if one.goes_along)

    def as_dict(self) -> dict[str, Any]:
        """Return the result as values that JSON knows."""
        return {"result": "patterns", **asdict(self)}


def patterns(nights: Nights, factors: Mapping[str, Factor], *, prior: Prior = _WEAK) -> Patterns:
    """Look at each factor by itself, beside level, trend, weekday and the assigned arm.

    The estimate's regression with AR(1) errors; false discoveries are held at 10 % over all factors looked at
    (Benjamini and Hochberg). A factor that was done because the legs were bad gets no number at all: bad nights
    bring it about, so it goes along with them even where it helps. Nor does a supplement or medicine.

    Parameters
    ----------
    nights : Nights
        With or without arms.
    factors : mapping of str to Factor
        At least 28 nights must be known, and 6 of them off the factor's commonest value.

    Raises
    ------
    LengthsDifferError, NotFiniteError
        A factor has too few or too many values, or an infinite one.

    References
    ----------
    Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> on = np.datetime64("2026-01-05") + np.arange(60)
    >>> coffee = (np.arange(60) * 7 % 3 == 0) * 1.0
    >>> felt = 4 + 2 * coffee + np.sin(np.arange(60) ** 2)
    >>> diary = Nights(on, np.full(60, -1), (), felt)
    >>> found = patterns(diary, {"coffee": Factor(coffee), "stretched": Factor(coffee, Kind.AS_NEEDED)})
    >>> [(one.name, one.goes_along, one.refused) for one in found.each]
    [('coffee', True, None), ('stretched', False, <Refused.AS_NEEDED: 'as_needed'>)]
    """
    looked = [_look(nights, name, factor, prior) for name, factor in factors.items()]
    chances = sorted(one.chance_of_less for one in looked if one.chance_of_less is not None)
    limit = max((c for k, c in enumerate(chances, 1) if c <= FALSE_DISCOVERIES * k / len(chances)), default=-1.0)
    told = [replace(one, goes_along=one.chance_of_less is not None and one.chance_of_less <= limit) for one in looked]
    told.sort(key=lambda one: (one.refused is not None, one.chance_of_less or 0.0))
    return Patterns(tuple(told), len(chances))


def hand_over(pattern: Pattern, *, seed: int, nights: int = 60) -> Design | None:
    """Return a trial of a factor's habit; None without one, or where it comes from outside or must not be an arm.

    A habit is tested in blocks of 2 nights, since its effect may last; what is done when the legs are bad becomes an
    evening routine, by the night. `nights` (without the run-in) are rounded to whole rounds; `plan_nights` with
    `usual_of` tells how many are needed. RangeError where that is no round, or more than a design allows.

    Examples
    --------
    >>> late, habit = "caffeine after noon", "no caffeine after noon"
    >>> rare = Pattern(late, Kind.CHOSEN, 0, None, None, None, None, False, Refused.TOO_FEW, habit)
    >>> hand_over(rare, seed=1).arms
    ('no caffeine after noon', 'as usual')
    """
    if pattern.habit is None or not pattern.can_be_tested:
        return None
    block = _TWO_BLOCKS if pattern.kind is Kind.CHOSEN else 1
    rounds = round(nights / (2 * block))
    return Design((pattern.habit, "as usual"), "as usual", block, (Stage(rounds, ERROR),), seed=seed)


def _look(nights: Nights, name: str, factor: Factor, prior: Prior) -> Pattern:
    values = np.asarray(factor.values, dtype=np.float64)
    if values.shape != (len(nights),):
        raise LengthsDifferError(f"factor {name}", f"{values.size} values", f"{len(nights)}, one a night")
    wrong = np.flatnonzero(np.isinf(values))
    if wrong.size:
        raise NotFiniteError(f"{name}[{wrong[0]}]", float(values[wrong[0]]), "a finite number, or NaN for not known")
    both = nights.answered & ~np.isnan(values)
    seen = values[both]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (None, None)
    empty = Pattern(
        name, factor.kind, int(both.sum()), low, high, None, None, goes_along=False, refused=None, habit=factor.habit
    )
    why = _refused(seen, nights.outcomes[both], factor.kind)
    if why:
        return replace(empty, refused=why)
    belief, chance = _associated(nights.where(both), (seen - seen.mean()) / np.ptp(seen), prior)
    return replace(empty, difference=belief, chance_of_less=chance)


def _refused(values: Floats, answers: Floats, kind: Kind) -> Refused | None:
    if kind is Kind.AS_NEEDED:
        return Refused.AS_NEEDED
    if kind is Kind.NEVER_TESTED:
        return Refused.NEVER_TESTED
    if values.size < FEWEST_NIGHTS:
        return Refused.TOO_FEW
    if not np.ptp(values) or not np.ptp(answers):
        return Refused.NO_SPREAD
    # One or two odd nights must not decide, whether the odd values are alike (yes/no) or not (cups).
    if values.size - np.unique(values, return_counts=True)[1].max() < FEWEST_ON_A_SIDE:
        return Refused.TOO_RARE
    return None


def _associated(nights: Nights, scaled: Floats, prior: Prior) -> tuple[Belief, float]:
    """Return the difference from the factor's lowest to its highest value, and twice its smaller tail."""
    days = nights.on.astype(np.int64)
    arms = np.eye(len(nights.arm_names) + 1)[nights.arms][:, :-1] if (nights.arms != NO_ARM).any() else None
    columns = [
        np.ones((len(nights), 1)),
        ((days - days.mean()) / TREND_NIGHTS)[:, None],
        weekdays(nights.on),
        *([] if arms is None else [arms]),
    ]
    sizes = [np.inf, prior.trend, prior.weekday, 1.0]
    prior_sd = np.repeat(sizes[: len(columns)], [column.shape[1] for column in columns])
    table = np.column_stack([*columns, scaled, nights.outcomes - nights.outcomes.mean()])
    row = np.zeros((1, table.shape[1] - 1))
    row[0, -1] = 1.0
    mixture = posterior(neighbours(nights.on, table), prior_sd, prior).contrasts(row)
    low, high = mixture.quantiles(_ENDS)[0].tolist()
    below = float(mixture.below(np.zeros((1, 1)))[0, 0])
    belief = Belief(float(mixture.means()[0]), float(mixture.sds()[0]), low, high)
    return belief, 2 * min(below, 1 - below)
