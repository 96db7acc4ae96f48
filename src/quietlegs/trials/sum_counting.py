"""The exact re-randomisation test of two arms' means without a list: schedules are counted by their sums."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.allocation import AllocationError, Codes
from quietlegs.trials.families import fixed_numbers, numbers_of
from quietlegs.trials.rerandomise import (
    CannotTell,
    Experiment,
    Floats,
    Rerandomised,
    Side,
    Untold,
    cannot_tell,
    difference_in_means,
)

_FINEST = 10_000
_SAME = 1e-9
_MOST_CELLS = 20_000_000
_INT64_BITS = 62


def count_by_sums(outcomes: Floats, codes: Codes, *, side: Side = Side.EITHER) -> Rerandomised | CannotTell:
    """Test the difference in means, code 1 less code 0, over all orders of as many nights with each arm.

    What `rerandomise` among `fixed_numbers` would give could it list them all. Nights not answered count in the lot.

    Parameters
    ----------
    outcomes : array, nights
        Fractions with denominators up to 10,000, such as 0-10 answers or daily means; NaN was not answered.
    codes : array of int8, nights
        1 or 0, the schedule that was used.

    Raises
    ------
    AllocationError
        Answers that are no such fractions, or too many and too fine to be counted.

    References
    ----------
    Pagano and Tritchler 1983, Journal of the American Statistical Association 78:435-440

    Examples
    --------
    >>> found = count_by_sums(np.array([4.0, 1, 5, 2]), np.array([1, 0, 1, 0], dtype=np.int8), side=Side.HIGHER)
    >>> found.observed, found.as_extreme, found.schedules
    (3.0, 1, 6)
    """
    experiment = Experiment(outcomes, codes, fixed_numbers(numbers_of(codes.tolist())))
    short = cannot_tell(experiment)
    if short:
        return short
    observed = float(difference_in_means(1, 0)(outcomes, codes[None, :])[0])
    answered = ~np.isnan(outcomes)
    if np.isnan(observed):
        return CannotTell(Untold.NEVER_ANSWERED, int(answered.sum()))
    units, having = _in_units(outcomes[answered]), codes[answered] == 1
    most, unanswered = int((codes == 1).sum()), codes.size - units.size
    ways = _ways(units, most, big=math.comb(codes.size, most).bit_length() > _INT64_BITS)
    extreme = _extreme(units, having, ways.shape, side)
    # Of the nights with the arm, those that are not among the answered ones lie among the others.
    as_extreme = sum(
        math.comb(unanswered, most - row) * int(ways[row][extreme[row]].sum())
        for row in range(max(0, most - unanswered), min(most, units.size) + 1)
    )
    return Rerandomised(observed, as_extreme, math.comb(codes.size, most), exact=True)


def _in_units(answers: Floats) -> NDArray[np.int64]:
    """Return the answers above their lowest, in whole numbers of the coarsest unit that fits them all."""
    parts = [Fraction(value).limit_denominator(_FINEST) for value in answers.tolist()]
    for part, value in zip(parts, answers.tolist(), strict=True):
        if abs(float(part) - value) > _SAME * max(1.0, abs(value)):
            raise AllocationError("answer", value, f"a fraction with a denominator up to {_FINEST}")
    per_one = math.lcm(*(part.denominator for part in parts))
    lowest = min(parts)
    whole = [int((part - lowest) * per_one) for part in parts]
    if (len(whole) + 1) * (sum(whole) + 1) > _MOST_CELLS:
        raise AllocationError("nights times sum of answers", sum(whole), "fewer nights or coarser answers")
    return np.array(whole, dtype=np.int64)


def _ways(units: NDArray[np.int64], most: int, *, big: bool) -> NDArray[Any]:
    """Count, for up to `most` of the nights (rows), how many choices of them have each sum (columns)."""
    ways = np.zeros((min(most, units.size) + 1, int(units.sum()) + 1), dtype=object if big else np.int64)
    ways[0, 0] = 1
    for unit in units.tolist():
        for row in range(len(ways) - 1, 0, -1):
            ways[row, unit:] += ways[row - 1, : ways.shape[1] - unit]
    return ways


def _extreme(
    units: NDArray[np.int64], having: NDArray[np.bool_], shape: tuple[int, ...], side: Side
) -> NDArray[np.bool_]:
    """Compare every possible difference with the observed one in whole numbers, so that ties are ties."""
    nights, total = units.size, int(units.sum())
    chosen, sums = np.arange(shape[0])[:, None], np.arange(shape[1])[None, :]
    used, observed = int(having.sum()), int(units[having].sum())
    # The difference in means is (sum * nights - total * chosen) / (chosen * others).
    apart, others = sums * nights - total * chosen, chosen * (nights - chosen)
    own_apart, own_others = observed * nights - total * used, used * (nights - used)
    found, limit = apart * own_others, own_apart * others
    if side is Side.EITHER:
        return np.asarray(np.abs(found) >= np.abs(limit))
    return np.asarray(found >= limit if side is Side.HIGHER else found <= limit)
