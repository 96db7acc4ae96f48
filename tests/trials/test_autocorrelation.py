"""The row of autocorrelations: laid closely, whatever the shape of the posterior."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm, skewnorm

from quietlegs.trials.autocorrelation import point_quantiles, settle
from quietlegs.trials.prior import Prior

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Hills:
    """Bells of the given middles, all equally wide."""

    points: Floats
    middles: tuple[float, ...]
    sd: float

    def log_heights(self) -> Floats:
        bells = [norm.logpdf(self.points, middle, self.sd) for middle in self.middles]
        return np.asarray(np.logaddexp.reduce(bells) - np.log(len(self.middles)))


@pytest.mark.parametrize("sd", [0.001, 0.02, 0.1, 0.3])
@pytest.mark.parametrize("middles", [(0.2,), (-1.5,), (2.2,), (-0.3, 0.9)])
def test_it_integrates_hills_of_any_width_and_place(middles: tuple[float, ...], sd: float) -> None:
    if sd < 0.1 and len(middles) > 1:
        middles = (middles[0], middles[0] + 6 * sd)
    found = settle(lambda points: Hills(points, middles, sd), Prior())
    step = found.points[1] - found.points[0]

    assert np.exp(found.log_heights()).sum() * step == pytest.approx(1, abs=1e-6)


def test_it_gives_quantiles_of_a_skewed_hill() -> None:
    points = np.linspace(-2, 6, 26)
    weight = skewnorm.pdf(points, 2.0)
    levels = np.array([0.025, 0.25, 0.5, 0.975])

    assert point_quantiles(points, weight / weight.sum(), levels) == pytest.approx(skewnorm.ppf(levels, 2.0), abs=2e-3)
