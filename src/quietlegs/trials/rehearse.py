"""A planned trial, rehearsed on a person who is made up: would it find what is there, and when."""

from dataclasses import dataclass

import numpy as np

from quietlegs.trials.claim import claim
from quietlegs.trials.families import permuted_rounds
from quietlegs.trials.plan_nights import Aim, Usual
from quietlegs.trials.rerandomise import Experiment
from quietlegs.trials.spending import Spending
from quietlegs.trials.whitening import Floats


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """Whether the arm that acts was claimed in its direction, whether anything else was, and the night of the first."""

    right: bool
    wrong: bool
    night: int | None


def rehearse(usual: Usual, aim: Aim, rng: np.random.Generator) -> Rehearsed:
    """Draw a schedule and a person's nights, and look every night to the horizon.

    The first arm changes the answers by `aim.effect` points, downwards; the other arms act like the comparator. An
    effect near 0 (the least is 0.1) shows how often the trial errs.

    Examples
    --------
    >>> quiet, aim = Usual(1.0, 0.3, 0.1, 28), Aim(arm_count=2, block_nights=1, horizon_nights=60, effect=3.0)
    >>> rehearse(quiet, aim, np.random.Generator(np.random.PCG64(1))).right
    True
    """
    lots = permuted_rounds(
        aim.arm_count, block_nights=aim.block_nights, rounds=max(1, aim.horizon_nights // aim.round_nights)
    )
    codes = lots.draw(rng)
    answers = usual_nights(usual, lots.nights, rng) - aim.effect * (codes == 1)
    answers[rng.random(lots.nights) < usual.missing] = np.nan
    found = claim(Experiment(answers, codes, lots), Spending((lots.nights,), (aim.share,)), rng=rng)
    right = [each for each in found.claimed if each.arm == 1 and not each.higher]
    first = found.claimed[0].night if found.claimed else None
    return Rehearsed(bool(right), len(found.claimed) > len(right), first)


def usual_nights(usual: Usual, nights: int, rng: np.random.Generator) -> Floats:
    """Return how so many nights go by themselves, around 5.

    Examples
    --------
    >>> usual_nights(Usual(1.0, 0.5, 0.1, 28), 3, np.random.Generator(np.random.PCG64(1))).shape
    (3,)
    """
    felt: Floats = rng.normal(0, usual.sd, nights)
    for night in range(1, nights):
        felt[night] = usual.autocorrelation * felt[night - 1] + (1 - usual.autocorrelation**2) ** 0.5 * felt[night]
    return felt + 5
