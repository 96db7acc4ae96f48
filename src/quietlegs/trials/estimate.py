"""The estimate: Bayesian regression of nightly answers on the assigned arms, with AR(1) errors."""

from collections.abc import Mapping

import numpy as np

from quietlegs.records.bounds import Between
from quietlegs.trials.ar1 import FEWEST_NIGHTS
from quietlegs.trials.autocorrelation import point_quantiles
from quietlegs.trials.compare import ArmNights
from quietlegs.trials.estimated import ArmEstimate, Belief, Estimate, Line
from quietlegs.trials.mixture import Mixture
from quietlegs.trials.neighbours import neighbours
from quietlegs.trials.nights import NO_ARM, Nights, NightsError, NoSpreadError, TooFewNightsError
from quietlegs.trials.posterior import Posterior, posterior
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import Declared, Regressors, regressors
from quietlegs.trials.whitening import Floats

ARMS = Between(2, 4, "arms")
_ENDS = np.array([0.025, 0.975])
_REACH = 1.959963984540054
_PLAIN = Declared()
_WEAK = Prior()


def estimate(
    nights: Nights,
    *,
    comparator: str,
    declared: Declared = _PLAIN,
    covariates: Mapping[str, Floats] | None = None,
    prior: Prior = _WEAK,
) -> Estimate:
    """Estimate every arm against the comparator, by what was assigned, in closed form.

    Parameters
    ----------
    nights : Nights
        Nights without an arm are left out; nights not answered need no value.
    declared : Declared, optional
        What was fixed before night 1: carry-over, trend, weekday, smallest difference worth having.
    covariates : mapping of str to array, optional
        One value a night; NaN is unknown. Only what the arm cannot change belongs here.
    prior : Prior, optional
        For answers from 0 to 10; on another scale give ``Prior(sigma=...)`` in its unit.

    Raises
    ------
    NightsError
        UnknownArmError; TooFewNightsError below 8 answered nights or without any in an arm; NoSpreadError
        when all answers are equal; LengthsDifferError, NotFiniteError for a covariate.

    Examples
    --------
    >>> on = np.datetime64("2026-01-05") + np.arange(10)
    >>> ten = Nights(on, np.arange(10) % 2, ("a", "b"), [3, 5, 2, 6, 3, 4, 1, 6, 2, 5])
    >>> found = estimate(ten, comparator="a").of("b")
    >>> round(found.effect.mean, 1), found.worse > 0.95
    (2.8, True)
    """
    _check(nights, comparator)
    built = regressors(nights, declared, covariates or {}, prior)
    centre = float(np.nanmean(nights.outcomes[nights.arms != NO_ARM]))
    found = _posterior(nights, built, prior, centre)
    others = [name for name in nights.arm_names if name != comparator]
    rows = _rows(built, others, comparator)
    mixture = found.contrasts(np.array(list(rows.values())))
    beliefs = dict(zip(rows, _beliefs(mixture), strict=True))
    chances = _chances(mixture.top(len(others)), declared)
    return Estimate(
        comparator=ArmNights.of(nights, comparator),
        arms=tuple(
            ArmEstimate(ArmNights.of(nights, name), beliefs["effect", name], *chance, beliefs.get(("carried", name)))
            for name, chance in zip(others, chances, strict=True)
        ),
        phi=_phi(found),
        sigma=found.sigma(),
        covariates={name: belief for (kind, name), belief in beliefs.items() if kind == "covariate"},
        left_out=built.left_out,
        line=_line(nights, built, found, centre),
        log_evidence=found.log_evidence(),
        unlisted=nights.unlisted,
    )


def _check(nights: Nights, comparator: str) -> None:
    nights.having(comparator)
    if not ARMS.low <= len(nights.arm_names) <= ARMS.high:
        raise NightsError("arms", len(nights.arm_names), str(ARMS))
    for arm in nights.arm_names:
        if not ArmNights.of(nights, arm).used:
            raise TooFewNightsError(f"answered nights with {arm}", 0, "1 or more")
    answers = nights.outcomes[(nights.arms != NO_ARM) & nights.answered]
    if answers.size < FEWEST_NIGHTS:
        raise TooFewNightsError("answered nights", answers.size, f"{FEWEST_NIGHTS} or more")
    if not np.ptp(answers):
        raise NoSpreadError("answers", f"all {answers[0]:g}", "answers that vary")


def _posterior(nights: Nights, built: Regressors, prior: Prior, centre: float) -> Posterior:
    kept = nights.where((nights.arms != NO_ARM) & nights.answered)
    answered = nights.answered[nights.arms != NO_ARM]
    table = np.column_stack([built.values[answered], kept.outcomes - centre])
    try:
        return posterior(neighbours(kept.on, table), built.prior_sd, prior)
    except np.linalg.LinAlgError as singular:
        allowed = "answers that vary within the arms"
        raise NoSpreadError("answers", "predicted without any error", allowed) from singular


def _rows(built: Regressors, others: list[str], comparator: str) -> dict[tuple[str, str], Floats]:
    """Return what is asked of the coefficients, by kind and name, the effects first."""
    rows = {("effect", name): built.effect(name, comparator) for name in others}
    if "carried" in built.starts:
        rows |= {("carried", name): built.carried(name, comparator) for name in others}
    return rows | {("covariate", name): built.covariate(name) for name in built.units}


def _beliefs(mixture: Mixture) -> list[Belief]:
    columns = (mixture.means(), mixture.sds(), *mixture.quantiles(_ENDS).T)
    return [Belief(*row) for row in np.column_stack(columns).tolist()]


def _chances(effects: Mixture, declared: Declared) -> list[tuple[float, float, float, float]]:
    """Return the chances of better, worse, worthwhile and harmful for each arm."""
    points = np.array([-declared.worthwhile, 0.0, declared.worthwhile])
    much_lower, lower, not_much_higher = effects.below(np.tile(points, (len(effects.mean), 1))).T
    found = np.column_stack([lower, 1 - lower, much_lower, 1 - not_much_higher])
    if not declared.lower_is_better:
        found = found[:, [1, 0, 3, 2]]
    return [(better, worse, much, harm) for better, worse, much, harm in found.tolist()]


def _phi(found: Posterior) -> Belief:
    weight, phi = found.weight().sum(axis=1), np.tanh(found.steady)
    mean = float(weight @ phi)
    low, high = np.tanh(point_quantiles(found.steady, weight, _ENDS)).tolist()
    return Belief(mean, float(weight @ (phi - mean) ** 2) ** 0.5, low, high)


def _line(nights: Nights, built: Regressors, found: Posterior, centre: float) -> Line:
    """Return the fitted line with 1.96 posterior standard deviations to both sides."""
    mean, covariance = found.moments()
    middle = built.values @ mean + centre
    reach = _REACH * np.sqrt(((built.values @ covariance) * built.values).sum(axis=1))
    on = tuple(nights.on[nights.arms != NO_ARM].astype(str).tolist())
    return Line(on, *(tuple(edge.tolist()) for edge in (middle, middle - reach, middle + reach)))
