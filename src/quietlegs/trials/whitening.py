"""AR(1) errors on irregular nights: what is left of each night once the one before is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Whitening:
    """How answered nights hang together at one autocorrelation.

    `carry` is the share of the night before that is still felt (0 for the first night), `spread` the
    variance of what is new, in units of the variance that one single night adds; `gap` the nights between.
    """

    phi: float
    gap: Floats
    carry: Floats
    spread: Floats

    def novel(self, values: Floats) -> Floats:
        """Return what is new in each row (n or n by p): independent, with variances `spread`."""
        before = np.zeros_like(values)
        before[1:] = values[:-1]
        return values - (self.carry * before.T).T

    def white(self, values: Floats) -> Floats:
        """Return `novel` scaled to equal variance, so that ordinary least squares is exact."""
        return (self.novel(values).T / np.sqrt(self.spread)).T

    def carry_slope(self) -> Floats:
        """Return the derivative of `carry` by the autocorrelation."""
        slope = np.zeros_like(self.carry)
        gap = self.gap[1:]
        slope[1:] = gap * np.power(self.phi, gap - 1)
        return slope

    def spread_slope(self) -> Floats:
        """Return the derivative of `spread` by the autocorrelation."""
        left = 1 - self.phi**2
        return 2 * (self.phi * self.spread - self.carry * self.carry_slope()) / left


def whitening(on: NDArray[np.datetime64], phi: float) -> Whitening:
    """Describe AR(1) errors on the given nights: correlation ``phi ** gap``, stationary from the first night.

    Nights in between need no value. Cost is linear in the nights; no matrix of nights by nights is made.

    Parameters
    ----------
    on : array of datetime64[D]
        The answered nights, oldest first, each once.
    phi : float
        Autocorrelation from one night to the next, between -1 and 1 without the ends.

    Examples
    --------
    >>> three = np.array(["2026-01-01", "2026-01-02", "2026-01-04"], dtype="datetime64[D]")
    >>> whitening(three, 0.5).carry.tolist()
    [0.0, 0.5, 0.25]
    """
    gap = np.zeros(len(on))
    gap[1:] = np.diff(on).astype(np.float64)
    carry = np.power(phi, gap)
    carry[:1] = 0.0
    return Whitening(phi, gap, carry, (1 - carry**2) / (1 - phi**2))
