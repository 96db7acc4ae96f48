"""How the trial's 5 % is spent over its nights: little at first, declared before night 1, nothing for free."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from quietlegs.trials.design import ERROR, Design, DesignError
from quietlegs.trials.whitening import Floats

FIRST_LOOK = 14
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Spending:
    """After how many nights each stage ends, what share of the 5 % belongs to it, and the first night looked at."""

    ends: tuple[int, ...]
    shares: tuple[float, ...]
    first_look: int = FIRST_LOOK

    def __post_init__(self) -> None:
        """Refuse stages that end out of order, shares above 5 % together, and looks before the first night."""
        if not self.ends or any(end <= start for start, end in zip((0, *self.ends), self.ends, strict=False)):
            raise DesignError("Spending.ends", self.ends, "one night or more, each after the one before")
        if len(self.shares) != len(self.ends) or any(share <= 0 for share in self.shares):
            raise DesignError("Spending.shares", self.shares, f"{len(self.ends)} above 0, one a stage")
        if sum(self.shares) > ERROR + _ROUNDING:
            raise DesignError("Spending.shares", sum(self.shares), f"at most {ERROR:g} together")
        if self.first_look < 1:
            raise DesignError("Spending.first_look", self.first_look, "1 or more")

    def spent(self) -> Floats:
        """Return what may be spent by the end of each night, first to last, all stages together.

        A stage spends its share in the shape of O'Brien and Fleming's boundary, as Lan and DeMets wrote it. An
        extension goes on along the shape that the longer trial would have had.

        Examples
        --------
        >>> Spending((30, 60), (0.04, 0.01)).spent()[[14, 29, 59]].round(4).tolist()
        [0.0037, 0.04, 0.05]
        """
        found = np.zeros(self.ends[-1])
        start = done = 0.0
        for end, share in zip(self.ends, self.shares, strict=True):
            nights = np.arange(int(start) + 1, end + 1)
            before = _shape(start / end, share)
            found[int(start) : end] = done + share * (_shape(nights / end, share) - before) / (1 - before)
            start, done = end, done + share
        return found


def spending_of(design: Design) -> Spending:
    """Return how a design spends its stages' shares."""
    return Spending(design.stage_ends, tuple(stage.share for stage in design.stages))


def edge_of(share: float, arms: int) -> float:
    """Return the normal quantile at which a share is spent that both directions of several arms divide.

    Examples
    --------
    >>> round(edge_of(0.05, 1), 3)
    2.241
    """
    return float(ndtri(1 - share / (4 * arms)))


def _shape(time: "Floats | float", share: float) -> Floats:
    """Return the part of a share that is spent by a part of the time, 0 to 1."""
    edge = -ndtri(share / 2)
    with np.errstate(divide="ignore"):
        found = 2 * ndtr(-edge / np.sqrt(np.asarray(time, dtype=np.float64))) / share
    return np.asarray(found, dtype=np.float64)
