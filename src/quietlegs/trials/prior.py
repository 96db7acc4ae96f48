"""What the estimate believes before the first night: stated, weak, on the scale of 0 to 10."""

from dataclasses import dataclass

import numpy as np

from quietlegs.records.bounds import RangeError
from quietlegs.trials.whitening import Floats


@dataclass(frozen=True, slots=True)
class Prior:
    """Beliefs before the first night; all but the first are free of the answers' unit.

    `sigma` is a usual standard deviation of single nights in the answers' unit (1.5 of 10 points), worth
    `sigma_df` nights of evidence. `phi_centre` and `phi_spread` describe atanh of the autocorrelation, which
    is normal. `arms` are the possible standard deviations of the arms around their common mean, equally
    likely. The other sizes are standard deviations of single coefficients. `arms` and these count in units of
    the standard deviation of single nights; `trend` is for 30 nights.
    """

    sigma: float = 1.5
    sigma_df: float = 2.0
    phi_centre: float = 0.35
    phi_spread: float = 0.6
    arms: tuple[float, ...] = (1.0, 2.0)
    carried: float = 0.5
    trend: float = 2.0
    weekday: float = 0.5
    covariate: float = 1.0

    def __post_init__(self) -> None:
        """Refuse sizes that are not above 0."""
        for name in ("sigma", "sigma_df", "phi_spread", "carried", "trend", "weekday", "covariate"):
            _check_size(name, getattr(self, name))
        if not self.arms:
            raise RangeError("Prior.arms", self.arms, "one size or more")
        for place, size in enumerate(self.arms):
            _check_size(f"arms[{place}]", size)
        if not np.isfinite(self.phi_centre):
            raise RangeError("Prior.phi_centre", self.phi_centre, "a finite number")

    @property
    def shape(self) -> float:
        """Shape of the inverse gamma distribution of the variance."""
        return self.sigma_df / 2

    @property
    def rate(self) -> float:
        """Rate of the inverse gamma distribution of the variance, in the answers' unit squared."""
        return self.sigma_df * self.sigma**2 / 2

    def log_density(self, steady: Floats) -> Floats:
        """Return the log density of atanh of the autocorrelation."""
        away = (steady - self.phi_centre) / self.phi_spread
        constant = float(np.log(self.phi_spread) + 0.5 * np.log(2 * np.pi))
        return np.asarray(-0.5 * away**2 - constant, dtype=np.float64)


def _check_size(name: str, size: float) -> None:
    if not 0 < size < np.inf:
        raise RangeError(f"Prior.{name}", size, "a finite number above 0")
