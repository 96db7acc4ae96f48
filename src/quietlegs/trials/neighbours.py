"""What one pass over the nights keeps, so that no autocorrelation needs another pass."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.whitening import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Sums of products of neighbouring answered nights, one set for each number of nights between them.

    `first` belongs to the first night, `sums` (3 by gaps, by columns squared) to the others: step by step,
    step by value and value by value, where the step is from the night before and the value is the one before.
    """

    gaps: Floats
    counts: Floats
    first: Floats
    sums: Floats

    def products(self, phi: Floats) -> Floats:
        """Return values' R^-1 values for each autocorrelation; R holds the correlations of the errors."""
        carry = np.power(phi[:, None], self.gaps)
        # Written in steps rather than values, the sums stay exact when the autocorrelation nears 1.
        weights = np.hstack([1 / (1 - carry**2), 1 / (1 + carry), (1 - carry) / (1 + carry)])
        width = len(self.first)
        return self.first + (weights @ self.sums).reshape(len(phi), width, width)

    def log_determinant(self, phi: Floats) -> Floats:
        """Return log |R| for each autocorrelation."""
        carry = np.power(phi[:, None], self.gaps)
        return np.asarray(np.log1p(-(carry**2)) @ self.counts, dtype=np.float64)


def neighbours(on: NDArray[np.datetime64], values: Floats) -> Neighbours:
    """Sum the products of neighbouring nights.

    With errors of equal variance and correlation ``phi ** gap``, the quadratic forms that regression needs
    are weighted sums of these, and the weights depend on the gap alone. One pass, linear in the nights.

    Parameters
    ----------
    on : array of datetime64[D]
        The answered nights, oldest first, each once.
    values : array, nights by columns
        All columns, the answers among them.

    Examples
    --------
    >>> on = np.array(["2026-01-01", "2026-01-02", "2026-01-04"], dtype="datetime64[D]")
    >>> three = neighbours(on, np.array([[1.0], [2.0], [4.0]]))
    >>> three.gaps.tolist(), three.products(np.array([0.0])).tolist()
    ([1.0, 2.0], [[[21.0]]])
    """
    between = np.diff(on).astype(np.int64)
    gaps, counts = np.unique(between, return_counts=True)
    step, before = np.diff(values, axis=0), values[:-1]
    parts: list[list[Floats]] = [[], [], []]
    for gap in gaps:
        move, value = step[between == gap], before[between == gap]
        crossed = move.T @ value
        for part, summed in zip(parts, (move.T @ move, crossed + crossed.T, value.T @ value), strict=True):
            part.append(summed.ravel())
    width = values.shape[1]
    sums = np.array([summed for part in parts for summed in part]).reshape(3 * len(gaps), width * width)
    return Neighbours(gaps.astype(np.float64), counts.astype(np.float64), np.outer(values[0], values[0]), sums)
