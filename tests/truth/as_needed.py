"""The as-needed trap: a person who also stretches because the legs are bad, beside a routine drawn by lot."""

import numpy as np
from scipy.special import ndtr
from tests.truth.people import Person, nights_of

from quietlegs.trials.estimate import estimate
from quietlegs.trials.nights import Nights
from quietlegs.trials.pattern import Factor, Kind, Refused, patterns

HELPS = -1.0
# How steeply the chance of stretching rises with bad legs: so that means are off by about 2.3 points.
_STEEP = 1.04


def as_needed(person: Person, diaries: int, rng: np.random.Generator) -> dict[str, float]:
    """Add up what each analysis says; count intervals by assignment that hold the truth, and refusals.

    The legs that make the person stretch are those before the routine, so the routine's effect is all its own.
    """
    sums = dict.fromkeys(("means", "regression", "assigned", "covered", "refused"), 0.0)
    for _ in range(diaries):
        codes = person.lots.redraw(1, rng)[0]
        before = person.noise(codes.size, 1, rng)[0]
        stretched = rng.random(codes.size) < ndtr(_STEEP * before / person.sd)
        felt = person.level + before + person.doing(codes) + HELPS * stretched
        answers = np.where(person.left_out(felt, rng), np.nan, person.answered(felt))
        for name, value in _told(nights_of(answers, codes, person.arms), stretched, person.effect).items():
            sums[name] += value
    return sums


def _told(nights: Nights, stretched: np.ndarray, truth: float) -> dict[str, float]:
    chosen = Nights(nights.on, stretched.astype(np.int64), ("no", "yes"), nights.outcomes)
    beside = {"routine": nights.arms.astype(np.float64)}
    assigned = estimate(nights, comparator="0").of("1").effect
    looked = patterns(nights, {"stretched": Factor(stretched.astype(np.float64), Kind.AS_NEEDED)}).each[0]
    means = [float(np.nanmean(nights.outcomes[stretched == done])) for done in (True, False)]
    return {
        "means": means[0] - means[1],
        "regression": estimate(chosen, comparator="no", covariates=beside).of("yes").effect.mean,
        "assigned": assigned.mean,
        "covered": float(assigned.low <= truth <= assigned.high),
        "refused": float(looked.refused is Refused.AS_NEEDED and looked.difference is None),
    }
