"""The model of relief: a regression of the drop on the rating before and on the movement, which may slowly change."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import chdtri, gammaln, logsumexp, ndtri

from quietlegs.records.bounds import RangeError
from quietlegs.trials.mixture import Mixture
from quietlegs.trials.relief_events import Reliefs
from quietlegs.trials.whitening import Floats

_NUISANCE = 2
_POINTS_LOG2 = 12


@dataclass(frozen=True, slots=True)
class ReliefPrior:
    """Beliefs before the first moment.

    `sigma` is a usual standard deviation of single drops in the ratings' unit, worth `sigma_df` moments. In units
    of the true one: `level`, the standard deviation of the usual drop, and `scales`, the possible standard deviations
    of movements around it, equally likely. `slope` is the standard deviation of what one point more before adds to
    the drop, around 0.5 (half of what is above the usual falls by itself). `half_lives_days` are possible ages at which
    a moment tells half as much about now, infinite where nothing changes, and `half_life_weights` their chances.
    """

    sigma: float = 1.5
    sigma_df: float = 2.0
    level: float = 4.0
    slope: float = 0.5
    scales: tuple[float, ...] = (0.5, 1.0, 2.0)
    half_lives_days: tuple[float, ...] = (10.0, np.inf)
    half_life_weights: tuple[float, ...] = (0.2, 0.8)

    def __post_init__(self) -> None:
        """Refuse sizes that are not above 0; only a half-life may be infinite."""
        for name in ("sigma", "sigma_df", "level", "slope"):
            if not 0 < getattr(self, name) < np.inf:
                raise RangeError(f"ReliefPrior.{name}", getattr(self, name), "a finite number above 0")
        if not self.scales or not all(0 < size < np.inf for size in self.scales):
            raise RangeError("ReliefPrior.scales", self.scales, "finite numbers above 0")
        if not self.half_lives_days or not all(size > 0 for size in self.half_lives_days):
            raise RangeError("ReliefPrior.half_lives_days", self.half_lives_days, "numbers above 0")
        weights = self.half_life_weights
        if len(weights) != len(self.half_lives_days) or not all(0 < weight < np.inf for weight in weights):
            allowed = f"{len(self.half_lives_days)} numbers above 0, one a half-life"
            raise RangeError("ReliefPrior.half_life_weights", weights, allowed)


WEAK = ReliefPrior()


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """What the model foretold at each moment from those before it, and what it believes after the last.

    `log_density` and `expected` have a row for each moment and a column for each movement: the log density of the
    drop that came, had it been this movement, and the drop foretold. The rest is now: one entry for each pair of
    half-life and scale, with the movements' `mean` and the root (`root @ root.T`) of their spread as last axes.
    """

    log_density: Floats
    expected: Floats
    weight: Floats
    mean: Floats
    root: Floats
    df: float

    def contrasts(self, comparator: int, others: list[int]) -> Mixture:
        """Return the posterior of each movement's drop less the comparator's, now."""
        rows = np.zeros((len(others), self.mean.shape[1]))
        rows[np.arange(len(others)), others] = 1.0
        rows[:, comparator] = -1.0
        scale = np.sqrt(((rows @ self.root) ** 2).sum(axis=-1))
        return Mixture(self.weight, rows @ self.mean.T, scale.T, self.df)

    def best(self, among: list[int]) -> Floats:
        """Return the chance of each of these movements to bring the largest drop now."""
        points = _even_points(len(self.mean[0]), self.df)
        told = self.mean[:, None, among] + (points @ self.root.swapaxes(1, 2))[..., among]
        winner = told.argmax(axis=-1)
        share = np.stack([(winner == place).mean(axis=1) for place in range(len(among))], axis=-1)
        return np.asarray(self.weight @ share, dtype=np.float64)


def follow(counted: Reliefs, prior: ReliefPrior = WEAK) -> Followed:
    """Follow the moments one after the other, in closed form, all at once.

    ``drop = level + slope * before + effect[movement] + error``, with independent errors of one variance. What is
    known fades by half each half-life, which is the same as coefficients that change slowly (a discounted dynamic
    linear model); the prior does not fade. Half-life and the effects' shared scale are weighed by how well each
    foretold the drops.

    Parameters
    ----------
    counted : Reliefs
        One or more moments, all drawn and rated before and after.

    References
    ----------
    West and Harrison 1997, Bayesian Forecasting and Dynamic Models, doi:10.1007/b98971, chapters 4 and 6.

    Examples
    --------
    >>> half, at = [[0.5, 0.5]] * 8, np.datetime64("2026-01-05T03:00:00") + np.arange(8) * np.timedelta64(1, "D")
    >>> drops = np.array([1, 3, 0, 4, 1, 3, 2, 4])
    >>> eight = Reliefs(at, ("breath", "calf"), np.arange(8) % 2, half, np.full(8, 7), 7 - drops)
    >>> follow(eight).best([0, 1]).round(1).tolist()
    [0.0, 1.0]
    """
    count, arms = len(counted), len(counted.movements)
    # A fixed number is taken off `before`; it must be known before the first drop is foretold.
    known = np.column_stack([np.ones(count), (counted.before - counted.before[0]) / prior.sigma])
    tried = np.eye(arms)[counted.made]
    # Half of what is above falls by itself, beforehand: the prior slope is 0 for what is left.
    drop = (counted.drop - 0.5 * (counted.before - counted.before[0])) / prior.sigma
    table = np.column_stack([known, tried, drop])
    products = _faded(table[:, :, None] * table[:, None, :], counted.days, prior)
    ridge = _ridge(arms, prior)
    spread = np.linalg.inv(products[..., :-1, :-1] + ridge)
    centre = (spread @ products[..., :-1, -1:])[..., 0]
    asked = np.concatenate([np.repeat(known[:, None], arms, axis=1), np.tile(np.eye(arms), (count, 1, 1))], axis=2)
    told = np.einsum("tad,thsd->thsa", asked, centre[:-1])
    width = 1 + np.einsum("tad,thsde,tae->thsa", asked, spread[:-1], asked, optimize=True)
    return _weighed(counted, prior, _Told(drop, told, width), (centre[-1], spread[-1]))


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """The drops in units of the prior's sigma, and for each moment, half-life, scale and movement centre and width."""

    drop: Floats
    told: Floats
    width: Floats


def _weighed(counted: Reliefs, prior: ReliefPrior, made: _Told, last: tuple[Floats, Floats]) -> Followed:
    """Learn the variance and the weights of half-lives and scales from the errors of the foretelling."""
    moments, own = np.arange(len(counted)), counted.made
    off = made.drop[:, None, None, None] - made.told
    # Advanced indexing puts the moments first.
    wrong = off[moments, :, :, own] ** 2 / made.width[moments, :, :, own]
    rate = prior.sigma_df / 2 + _before(wrong / 2)
    shape = (prior.sigma_df / 2 + np.arange(len(counted) + 1) / 2)[:, None, None]
    density = _log_t(off, rate[:-1, ..., None] / shape[:-1, ..., None] * made.width, 2 * shape[:-1, ..., None])
    heard = _before(density[moments, :, :, own]) + np.log(prior.half_life_weights)[:, None]
    weight = np.exp(heard - logsumexp(heard, axis=(1, 2), keepdims=True))
    centre, spread = last
    root = np.linalg.cholesky(spread[..., _NUISANCE:, _NUISANCE:] * (rate[-1] / shape[-1])[..., None, None])
    expected = np.einsum("ths,thsa->ta", weight[:-1], made.told) * prior.sigma
    arms = root.shape[-1]
    return Followed(
        log_density=logsumexp(density, b=weight[:-1, ..., None], axis=(1, 2)),
        expected=expected + 0.5 * (counted.before - counted.before[0])[:, None],
        weight=weight[-1].ravel(),
        mean=centre[..., _NUISANCE:].reshape(-1, arms) * prior.sigma,
        root=root.reshape(-1, arms, arms) * prior.sigma,
        df=float(2 * shape[-1, 0, 0]),
    )


def _faded(products: Floats, days: Floats, prior: ReliefPrior) -> Floats:
    """Return the sums before each moment and after the last, one for each half-life, with room for the scales."""
    halves = days[:, None] / np.array(prior.half_lives_days)
    sums = _before(np.exp2(halves)[..., None, None] * products[:, None])
    now = np.concatenate([halves, halves[-1:]])
    return np.asarray((sums * np.exp2(-now)[..., None, None])[:, :, None])


def _ridge(arms: int, prior: ReliefPrior) -> Floats:
    slope = prior.slope * np.ones(len(prior.scales))
    sizes = [np.full(len(prior.scales), prior.level), slope, *[np.array(prior.scales)] * arms]
    return np.asarray(np.stack(sizes, axis=-1)[..., None] ** -2.0 * np.eye(_NUISANCE + arms))


def _before(values: Floats) -> Floats:
    """Return the sums over all earlier rows, and over all rows at the end."""
    return np.concatenate([np.zeros_like(values[:1]), np.cumsum(values, axis=0)])


def _log_t(off: Floats, variance: Floats, df: Floats) -> Floats:
    peak = gammaln((df + 1) / 2) - gammaln(df / 2) - 0.5 * np.log(df * np.pi * variance)
    return np.asarray(peak - (df + 1) / 2 * np.log1p(off**2 / (df * variance)))


@lru_cache(maxsize=8)
def _even_normals(width: int) -> tuple[Floats, Floats]:
    from scipy.stats import qmc  # noqa: PLC0415 - half a second that no page shall wait for at its start

    points = qmc.Sobol(width + 1, scramble=False).random_base2(_POINTS_LOG2)
    shifted = points + 0.5 / len(points)
    return np.asarray(ndtri(shifted[:, :width])), shifted[:, width]


def _even_points(width: int, df: float) -> Floats:
    """Return points that fill a multivariate t distribution evenly: no seed, and the same each time."""
    normals, levels = _even_normals(width)
    return np.asarray(normals / np.sqrt(chdtri(df, levels) / df)[:, None])
