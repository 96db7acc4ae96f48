"""The posterior in closed form, given the autocorrelation and the arms' scale, on a grid of both."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from quietlegs.trials.autocorrelation import settle
from quietlegs.trials.mixture import Mixture
from quietlegs.trials.neighbours import Neighbours
from quietlegs.trials.prior import Prior
from quietlegs.trials.whitening import Floats

_LIGHT = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """One normal-inverse-gamma posterior for each autocorrelation (first axis) and arms' scale (second axis).

    `root` is the Cholesky root of the cross products of nuisance columns, arms and answers, without the arms'
    prior; `values`, `vectors` and `target` are the arms' own equations once the nuisance is solved for, turned
    so that every scale adds the same `ridge` to each. `shape` and `rate` belong to the variance.
    """

    steady: Floats
    log_weight: Floats
    shape: float
    rate: Floats
    root: Floats
    nuisance: int
    values: Floats
    vectors: Floats
    target: Floats
    ridge: Floats

    def log_heights(self) -> Floats:
        """Return the log height of the posterior of atanh(phi) at each point, not normalised."""
        return np.asarray(np.logaddexp.reduce(self.log_weight, axis=1), dtype=np.float64)

    def log_evidence(self) -> float:
        """Return the log density of the answers; the level's flat prior has density 1 everywhere."""
        return float(np.logaddexp.reduce(self.log_weight, axis=None) + np.log(self.steady[1] - self.steady[0]))

    def weight(self) -> Floats:
        """Return the posterior weight of each autocorrelation and scale; they add up to 1."""
        raw = np.exp(self.log_weight - self.log_weight.max())
        return np.asarray(raw / raw.sum(), dtype=np.float64)

    def sigma(self) -> float:
        """Return the posterior mean of the standard deviation of single nights."""
        given = np.sqrt(self.rate) * np.exp(gammaln(self.shape - 0.5) - gammaln(self.shape))
        return float((given * self.weight()).sum())

    def contrasts(self, rows: Floats) -> Mixture:
        """Return the posterior of weighted sums of the coefficients (one a row) as mixtures of t distributions."""
        found = self._directions(rows)
        narrowed = (found.turned**2) @ self._shrunk().swapaxes(1, 2)
        scale = np.sqrt((found.solved**2).sum(axis=2)[..., None] + narrowed) * np.sqrt(self.rate / self.shape)[:, None]
        weight = self.weight().ravel()
        kept = weight > _LIGHT
        mean, scale = (np.moveaxis(table, 1, 0).reshape(len(rows), -1)[:, kept] for table in (found.mean, scale))
        return Mixture(weight[kept] / weight[kept].sum(), mean, scale, 2 * self.shape)

    def moments(self) -> tuple[Floats, Floats]:
        """Return the posterior mean and covariance of all coefficients."""
        width = self.root.shape[1] - 1
        found, weight = self._directions(np.eye(width)), self.weight()
        single = weight * self.rate / (self.shape - 1)
        narrowed = (single[..., None] * self._shrunk()).sum(axis=1)
        sides = np.concatenate(
            [
                found.solved * np.sqrt(single.sum(axis=1))[:, None, None],
                found.turned * np.sqrt(narrowed)[:, None],
            ],
            axis=2,
        )
        flat = np.moveaxis(sides, 1, 0).reshape(width, -1)
        means = np.moveaxis(found.mean, 1, 0).reshape(width, -1)
        centre = means @ weight.ravel()
        away = (means - centre[:, None]) * np.sqrt(weight.ravel())
        return centre, flat @ flat.T + away @ away.T

    def _shrunk(self) -> Floats:
        return np.asarray(1 / (self.values[:, None, :] + self.ridge[:, None]), dtype=np.float64)

    def _directions(self, rows: Floats) -> "_Directions":
        split = self.nuisance
        solved = rows[:, :split] @ np.linalg.inv(self.root[:, :split, :split]).swapaxes(1, 2)
        turned = (rows[:, split:] - solved @ self.root[:, split:-1, :split].swapaxes(1, 2)) @ self.vectors
        fixed = solved @ self.root[:, -1, :split, None]
        mean = fixed + (turned * self.target[:, None, :]) @ self._shrunk().swapaxes(1, 2)
        return _Directions(solved, turned, mean)


@dataclass(frozen=True, slots=True, eq=False)
class _Directions:
    """Weighted sums of coefficients, split into what the nuisance decides and what the arms' equations do.

    For each autocorrelation and sum: `solved` and `turned` square to its variance once the ridge is added
    to the second; `mean` has the arms' scale as its last axis.
    """

    solved: Floats
    turned: Floats
    mean: Floats


def posterior(pairs: Neighbours, prior_sd: Floats, prior: Prior) -> Posterior:
    """Integrate the regression over the autocorrelation and the arms' scale.

    Given both, the posterior is normal-inverse-gamma. The nuisance is solved for once for each
    autocorrelation; what remains are as many equations as arms less one, whose eigenvalues serve all scales.

    Parameters
    ----------
    pairs : Neighbours
        Of the columns: nuisance, arms (orthonormal contrasts), answers.
    prior_sd : array
        One size for each nuisance column, in units of the standard deviation of nights; infinite for a flat
        prior, which one column has.

    References
    ----------
    Zellner 1971, An Introduction to Bayesian Inference in Econometrics, for the conjugate regression.
    """
    return settle(lambda points: _on_row(points, pairs, prior_sd, prior), prior)


def _on_row(steady: Floats, pairs: Neighbours, prior_sd: Floats, prior: Prior) -> Posterior:
    split, phi = len(prior_sd), np.tanh(steady)
    products = pairs.products(phi)
    places = np.arange(split)
    products[:, places, places] += prior_sd**-2.0
    products[:, -1, -1] += 2 * prior.rate
    root = np.asarray(np.linalg.cholesky(products), dtype=np.float64)
    among, answers = root[:, split:-1, split:-1], root[:, -1, split:]
    values, vectors = np.linalg.eigh(among @ among.swapaxes(1, 2))
    target = (answers[:, None, :-1] @ among.swapaxes(1, 2) @ vectors)[:, 0]
    ridge = np.asarray(prior.arms) ** -2.0
    stiff = values[:, None, :] + ridge[:, None]
    left = (answers**2).sum(axis=1)[:, None] - (target[:, None, :] ** 2 / stiff).sum(axis=2)
    rate = np.asarray(left / 2, dtype=np.float64)
    nights = 1 + pairs.counts.sum()
    shape = prior.shape + (nights - 1) / 2
    constant = _constant(prior_sd, prior, shape) - (nights - 1) / 2 * np.log(2 * np.pi)
    by_phi = prior.log_density(steady) - pairs.log_determinant(phi) / 2
    by_phi -= np.log(np.diagonal(root[:, :split, :split], axis1=1, axis2=2)).sum(axis=1)
    by_scale = (np.log(ridge) - np.log(stiff).swapaxes(0, 2).swapaxes(1, 2)).sum(axis=0) / 2
    log_weight: Floats = constant + by_phi[:, None] + by_scale - shape * np.log(rate)
    return Posterior(steady, log_weight, shape, rate, root, split, values, vectors, target, ridge)


def _constant(prior_sd: Floats, prior: Prior, shape: float) -> float:
    """Return what all autocorrelations and scales share in the log density."""
    proper = np.log(prior_sd[np.isfinite(prior_sd)]).sum()
    variance = prior.shape * np.log(prior.rate) - gammaln(prior.shape) + gammaln(shape)
    return float(variance - proper - np.log(len(prior.arms)))
