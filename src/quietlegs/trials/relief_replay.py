"""The check on relief: the same ratings, with all movements drawn anew by the very rule that drew them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.nights import TooFewNightsError
from quietlegs.trials.relief_events import ChanceError, Reliefs
from quietlegs.trials.relief_offer import RULE, Rule, Tally
from quietlegs.trials.rerandomise import FEWEST_DRAWS
from quietlegs.trials.whitening import Floats

_SAME = 1e-9
_REPEATED = 1e-6
# So many courses at once stay in the processor's own memory.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Replayed:
    """P values of one single look, from `draws` redrawn courses of events (+1): for any difference, and for each.

    `beyond` has a movement's drop less the comparator's, beyond what the rating before lets one expect. `p` is its
    two-sided p value, already raised for the largest of all movements in either direction.
    """

    draws: int
    any_difference: float
    beyond: dict[str, float]
    p: dict[str, float]


def replay(
    events: Reliefs, *, comparator: str, rng: np.random.Generator, rule: Rule = RULE, draws: int = FEWEST_DRAWS
) -> Replayed:
    """Redraw every moment by the rule, as if no movement mattered: then the drops would have been the same.

    Exact for one look, under the sharp null that no movement matters, for any course of the ratings.

    Parameters
    ----------
    events : Reliefs
        All moments of the experiment, as `offer` had them.
    rule : Rule, optional
        The one used at every moment.
    draws : int, optional
        10,000 or more.

    Raises
    ------
    ChanceError
        A chance is not the one that the rule gives: another rule was used, or a rating was added or changed later.
    TooFewNightsError
        Too few draws, or no moment that counts.

    References
    ----------
    Simon and Simon 2011, doi:10.1016/j.spl.2010.12.018, for replaying the rule of an adaptive allocation.

    Examples
    --------
    >>> half, at = [[0.5, 0.5]], np.array(["2026-01-05T03:00:00"], "datetime64[s]")
    >>> one = Reliefs(at, ("breath", "calf"), np.array([1]), half, np.array([7.0]), np.array([4.0]))
    >>> replay(one, comparator="breath", rng=np.random.Generator(np.random.PCG64(1))).any_difference
    1.0
    """
    against = events.position(comparator)
    counted = events.counted()
    if draws < FEWEST_DRAWS:
        raise TooFewNightsError("draws", draws, f"{FEWEST_DRAWS} or more")
    if not len(counted):
        raise TooFewNightsError("moments drawn and rated", 0, "1 or more")
    blocks = range(0, draws, _AT_ONCE)
    drawn = np.hstack([_redraw(counted, rule, rng, min(_AT_ONCE, draws - start)) for start in blocks])
    beyond, sizes = _contrasts(counted, np.hstack([counted.made[:, None], drawn]), against)
    others = [place for place in range(len(events.movements)) if place != against]
    largest = np.abs(sizes[others, 1:]).max(axis=0)
    p = [(1 + int((largest >= abs(size) - _SAME).sum())) / (1 + draws) for size in sizes[:, 0].tolist()]
    return Replayed(
        draws=draws,
        any_difference=min(p[place] for place in others),
        beyond={events.movements[place]: float(beyond[place, 0]) for place in others},
        p={events.movements[place]: p[place] for place in others},
    )


def _redraw(counted: Reliefs, rule: Rule, rng: np.random.Generator, draws: int) -> NDArray[np.int64]:
    """Return the movements (rows: moments, columns: courses) as the rule would draw them."""
    # One course more follows the movements that were really drawn, to see whether the rule gives the stored chances.
    tally = Tally.start(draws + 1, len(counted.movements), rule)
    found = np.empty((len(counted), draws + 1), dtype=np.int64)
    before, gone = counted.before - counted.before[0], np.diff(counted.days, prepend=0.0)
    for place, chances in enumerate(counted.chances):
        (open_,) = np.nonzero(chances)
        given = tally.chances(open_)
        _check(place, chances[open_], given[:, -1])
        over = rng.random(draws + 1) >= np.cumsum(given[:-1], axis=0)
        found[place] = open_[over.sum(axis=0)]
        found[place, -1] = counted.made[place]
        tally.add(found[place], before[place], counted.drop[place], days=gone[place])
    return found[:, :-1]


def _check(place: int, stored: Floats, given: Floats) -> None:
    if np.abs(given - stored).max() > _REPEATED:
        raise ChanceError(f"chances of moment {place}", stored.tolist(), f"by this rule {given.tolist()}")


def _contrasts(counted: Reliefs, drawn: NDArray[np.int64], against: int) -> tuple[Floats, Floats]:
    """Return each movement's mean residual less the comparator's (columns: courses), and by its standard error."""
    known = np.column_stack([np.ones(len(counted)), counted.before - counted.before.mean()])
    left = counted.drop - known @ np.linalg.lstsq(known, counted.drop, rcond=None)[0]
    spread = float(left.std()) or 1.0
    tried = [(drawn == place).astype(np.float64) for place in range(len(counted.movements))]
    count, total = np.stack([each.sum(axis=0) for each in tried]), np.stack([left @ each for each in tried])
    mean = total / np.maximum(count, 1)
    both = (count > 0) & (count[against] > 0)
    beyond = np.where(both, mean - mean[against], 0.0)
    error = spread * np.sqrt(1 / np.maximum(count, 1) + 1 / np.maximum(count[against], 1))
    return beyond, beyond / error
