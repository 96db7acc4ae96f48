"""How a person's nights usually go, learned from a diary: what planning a trial needs."""

import numpy as np

from quietlegs.trials.claim_statistic import NUISANCE, autocorrelation
from quietlegs.trials.neighbours import neighbours
from quietlegs.trials.nights import Nights, NoSpreadError, TooFewNightsError
from quietlegs.trials.plan_nights import Usual
from quietlegs.trials.regressors import TREND_NIGHTS

FEWEST_NIGHTS = 7
_LEAST_SD, _MOST_SD = 0.1, 5.0


def usual_of(nights: Nights) -> Usual:
    """Return spread and autocorrelation of the answers around level and trend, and the share of nights without one.

    Arms are not told apart: an effect widens the spread a little, which errs on the side of more nights.

    Raises
    ------
    TooFewNightsError, NoSpreadError
        Fewer than 7 answered nights; all answers equal.

    Examples
    --------
    >>> on, felt = np.datetime64("2026-01-05") + np.arange(10), [3.0, 5, 2, 6, 3, 4, 1, 6, 2, np.nan]
    >>> usual = usual_of(Nights(on, np.full(10, -1), (), np.array(felt)))
    >>> round(usual.sd, 1), round(usual.missing, 1), usual.learned_nights
    (1.5, 0.1, 9)
    """
    answered = nights.where(nights.answered)
    if len(answered) < FEWEST_NIGHTS:
        raise TooFewNightsError("answered nights", len(answered), f"{FEWEST_NIGHTS} or more")
    night = (answered.on - answered.on[0]).astype(np.float64)
    table = np.column_stack([np.ones_like(night), night / TREND_NIGHTS, answered.outcomes - answered.outcomes[0]])
    pairs = neighbours(answered.on, table)
    phi = autocorrelation(lambda tried: (pairs.products(tried), pairs.log_determinant(tried)), len(answered))
    (among,) = pairs.products(np.array([phi]))
    beside = among[:NUISANCE, -1]
    left = among[-1, -1] - beside @ np.linalg.solve(among[:NUISANCE, :NUISANCE], beside)
    if left <= 0:
        raise NoSpreadError("answers", f"all {answered.outcomes[0]:g}", "answers that vary")
    sd = float(np.clip((left / (len(answered) - NUISANCE)) ** 0.5, _LEAST_SD, _MOST_SD))
    listed = len(nights) + nights.unlisted
    return Usual(sd, float(np.clip(phi, -0.9, 0.95)), min(0.9, 1 - len(answered) / listed), len(answered))
