"""Which movement calms this person's legs best now, and how sure that is."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from quietlegs.trials.estimated import Belief
from quietlegs.trials.interval import Difference
from quietlegs.trials.relief_events import Reliefs
from quietlegs.trials.relief_model import WEAK, Followed, ReliefPrior, follow
from quietlegs.trials.relief_wager import threshold, wagered
from quietlegs.trials.relief_weighed import FEWEST_EACH, weighed
from quietlegs.trials.whitening import Floats

FEWEST_MOMENTS = 8
_ENDS = np.array([0.025, 0.975])


class Untold(StrEnum):
    """Why nothing can be told yet."""

    NOTHING_DRAWN = "nothing_drawn"
    TOO_FEW = "too_few"
    COMPARATOR_NOT_SEEN = "comparator_not_seen"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True, slots=True)
class Calming:
    """A movement's drop less the comparator's, in the ratings' unit: above 0 it calms more.

    `now` is what the model believes about this moment of life, `better` its chance to be above 0. `weighed` is the mean
    over all moments by the chances of drawing, None where that cannot be reckoned. `worth` is what a stake of 1 has
    become; `claimed_at` the moment (ISO, UTC) at which it passed the threshold, None when it never did.
    """

    now: Belief
    better: float
    weighed: Difference | None
    worth: float
    claimed_at: str | None


@dataclass(frozen=True, slots=True)
class MovementRelief:
    """One movement: its counted moments, those without both ratings, and those at which nothing was drawn.

    `mean_drop` is over its counted moments; every drop holds what would have fallen by itself. `best` is the chance to
    bring the largest drop now. Both and `calming` are None where there is nothing to tell; `calming` is None for the
    comparator, and for a movement with fewer than 3 counted moments.
    """

    name: str
    counted: int
    unanswered: int
    undrawn: int
    mean_drop: float | None
    best: float | None
    calming: Calming | None


@dataclass(frozen=True, slots=True)
class ReliefAnswer:
    """What can be told about relief now. `untold` says why nothing can; then nothing is best.

    `threshold` is what a stake must become for a claim, `last_at` the last counted moment (ISO, UTC).
    """

    comparator: str
    movements: tuple[MovementRelief, ...]
    best: str | None
    untold: Untold | None
    counted: int
    threshold: float
    last_at: str | None

    def of(self, movement: str) -> MovementRelief:
        """Return what is known of one movement; KeyError when it is not among them."""
        return {one.name: one for one in self.movements}[movement]

    def as_dict(self) -> dict[str, Any]:
        """Return the result as values that JSON knows."""
        return {"result": "relief", **asdict(self)}


def relief(events: Reliefs, *, comparator: str, prior: ReliefPrior = WEAK) -> ReliefAnswer:
    """Tell each movement from the comparator, and which is best for this person now.

    Only moments count at which the movement was drawn by lot among two or more, and that were rated before and after.
    A claim holds although it is looked for after every moment; the beliefs are meant for one look.

    Parameters
    ----------
    events : Reliefs
        All moments of the experiment so far.
    comparator : str
        The movement that the others are told from, for example slow breathing.
    prior : ReliefPrior, optional
        For ratings from 0 to 10; on another scale give ``ReliefPrior(sigma=...)`` in its unit.

    Raises
    ------
    UnknownMovementError
        The comparator is none of the movements.

    Examples
    --------
    >>> half, at = [[0.5, 0.5]] * 20, np.datetime64("2026-01-05T03:00:00") + np.arange(20) * np.timedelta64(1, "D")
    >>> made = np.arange(20) % 2
    >>> twenty = Reliefs(at, ("breath", "calf"), made, half, np.full(20, 7), 6 - 3 * made - np.arange(20) % 3 / 2)
    >>> found = relief(twenty, comparator="breath")
    >>> found.best, round(found.of("calf").calming.now.mean, 1), found.of("calf").calming.claimed_at
    ('calf', 3.0, '2026-01-13T03:00:00')
    """
    against, counted = events.position(comparator), events.counted()
    untold = _untold(events, counted, against)
    followed = None if untold else follow(counted, prior)
    chances = _chances_of_best(counted, followed)
    calming = _calming(counted, followed, against)
    movements = tuple(
        MovementRelief(
            name=name,
            counted=int((counted.made == place).sum()),
            unanswered=int(((events.made == place) & events.drawn & ~events.answered).sum()),
            undrawn=int(((events.made == place) & ~events.drawn).sum()),
            mean_drop=_mean(counted.drop[counted.made == place]),
            best=chances.get(place),
            calming=calming.get(place),
        )
        for place, name in enumerate(events.movements)
    )
    return ReliefAnswer(
        comparator=comparator,
        movements=movements,
        best=events.movements[max(chances, key=lambda place: chances[place])] if chances else None,
        untold=untold,
        counted=len(counted),
        threshold=threshold(len(events.movements)),
        last_at=str(counted.at[-1]) if len(counted) else None,
    )


def _untold(events: Reliefs, counted: Reliefs, against: int) -> Untold | None:
    seen = np.bincount(counted.made, minlength=len(events.movements))
    if not events.drawn.any():
        return Untold.NOTHING_DRAWN
    if len(counted) < FEWEST_MOMENTS or (seen >= FEWEST_EACH).sum() < 2:  # noqa: PLR2004  # two can be compared
        return Untold.TOO_FEW
    if seen[against] < FEWEST_EACH:
        return Untold.COMPARATOR_NOT_SEEN
    return None if np.ptp(counted.drop) else Untold.NO_SPREAD


def _told(counted: Reliefs) -> list[int]:
    """Return the movements with enough counted moments to say something about."""
    seen = np.bincount(counted.made, minlength=len(counted.movements))
    return np.flatnonzero(seen >= FEWEST_EACH).tolist()


def _chances_of_best(counted: Reliefs, followed: Followed | None) -> dict[int, float]:
    if followed is None:
        return {}
    told = _told(counted)
    return dict(zip(told, followed.best(told).tolist(), strict=True))


def _calming(counted: Reliefs, followed: Followed | None, against: int) -> dict[int, Calming]:
    others = [place for place in _told(counted) if place != against]
    if followed is None:
        return {}
    believed = followed.contrasts(against, others)
    columns = (believed.means(), believed.sds(), *believed.quantiles(_ENDS).T)
    better = 1 - believed.below(np.zeros((len(others), 1)))[:, 0]
    found = {}
    for place, chance, row in zip(others, better.tolist(), np.column_stack(columns).tolist(), strict=True):
        bet = wagered(counted, followed, place, against)
        found[place] = Calming(
            now=Belief(*row),
            better=chance,
            weighed=weighed(counted, followed, place, against),
            worth=bet.worth,
            claimed_at=None if bet.claimed is None else str(counted.at[bet.claimed]),
        )
    return found


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if values.size else None
