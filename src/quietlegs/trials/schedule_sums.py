"""What each night adds to all schedules at once, so that no look begins again at the first night."""

from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.allocation import Codes
from quietlegs.trials.whitening import Floats

_ALONE = np.inf
_SELF, _BEFORE, _ACROSS = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class Products:
    """Products through the inverse correlations of the errors, at one autocorrelation; W holds the schedule's arms.

    `among` is values' R^-1 values (width by width), `beside` is values' R^-1 W (width by arms by schedules), `own`
    is W' R^-1 W (one row of schedules for each pair of arms).
    """

    among: Floats
    beside: Floats
    own: dict[tuple[int, int], Floats]


class ScheduleSums:
    """Sums of products of neighbouring answered nights, for many schedules of the same answers.

    A schedule's columns are 0 or 1, one for each arm but the comparator; the values of a night (a constant 1 first)
    are the same under all schedules. With AR(1) errors each product is a weighted sum of three sums a gap: each night
    with itself, the one before with itself, and the two crosswise. The weights depend on gap and autocorrelation
    alone, so a night costs one update, and a look as much after 2,000 nights as after 20.
    """

    def __init__(self, codes: Codes, *, arms: tuple[int, ...], comparator: int, width: int) -> None:
        by_night = np.ascontiguousarray(codes.T)
        self._having = np.stack([by_night == arm for arm in (*arms, comparator)], axis=1)
        schedules, count = codes.shape[0], len(arms)
        self._pairs = [(one, other) for one in range(count) for other in range(one, count)]
        self.answered = np.zeros((count + 1, schedules), dtype=np.int32)
        self._gaps: list[float] = []
        self._among = np.empty((0, 3, width, width))
        self._beside = np.empty((0, 3, width, count, schedules))
        self._switched = np.empty((0, len(self._pairs), schedules))
        self._last: tuple[int, Floats, Floats] | None = None

    def fork(self) -> "ScheduleSums":
        """Return sums that go on from here by themselves."""
        other = copy(self)
        grown = ("answered", "_gaps", "_among", "_beside", "_switched")
        vars(other).update({name: vars(self)[name].copy() for name in grown})
        return other

    @property
    def nights(self) -> int:
        """How many answered nights were taken in."""
        return int(self._among[:, _SELF, 0, 0].sum())

    def add(self, night: int, values: Floats) -> None:
        """Take in the next answered night: its place in the schedules, and its values."""
        self.answered += self._having[night]
        having = self._having[night, :-1].astype(np.float64)
        gap = self._row(_ALONE if self._last is None else night - self._last[0])
        self._among[gap, _SELF] += np.outer(values, values)
        self._beside[gap, _SELF] += values[:, None, None] * having
        if self._last is not None:
            self._join(gap, values, having)
        self._last = night, values, having

    def autocorrelated(self, phi: Floats) -> tuple[Floats, Floats]:
        """Return values' R^-1 values for each autocorrelation (phi by width by width), and log |R|."""
        carry = np.power(phi[:, None], self._gaps)
        width = self._among.shape[-1]
        among = _weights(carry) @ self._among.reshape(-1, width * width)
        nights = self._among[:, _SELF, 0, 0]
        return among.reshape(len(phi), width, width), np.log1p(-(carry**2)) @ nights

    def products(self, phi: float) -> Products:
        """Return all products at one autocorrelation."""
        weights = _weights(np.power(phi, self._gaps)[None, :])[0]
        among = weights @ self._among.reshape(len(weights), -1)
        beside = (weights @ self._beside.reshape(len(weights), -1)).reshape(self._beside.shape[2:])
        across = weights.reshape(-1, 3)[:, _ACROSS] @ self._switched.reshape(len(self._gaps), -1)
        own = dict(zip(self._pairs, across.reshape(self._switched.shape[1:]), strict=True))
        for one, other in self._pairs:
            own[one, other] = own[one, other] + beside[0, one] if one == other else own[one, other]
        return Products(among.reshape(self._among.shape[2:]), beside, own)

    def _row(self, gap: float) -> int:
        """Return where sums of this gap are kept; a gap not met before gets its place."""
        if gap not in self._gaps:
            self._gaps.append(gap)
            for name in ("_among", "_beside", "_switched"):
                kept: NDArray[np.float64] = getattr(self, name)
                setattr(self, name, np.concatenate([kept, np.zeros((1, *kept.shape[1:]))]))
        return self._gaps.index(gap)

    def _join(self, gap: int, values: Floats, having: Floats) -> None:
        """Add what the night before makes together with this one."""
        _, before, had = self._last or (0, values, having)
        crossed = np.outer(values, before)
        self._among[gap, _BEFORE] += np.outer(before, before)
        self._among[gap, _ACROSS] += crossed + crossed.T
        self._beside[gap, _BEFORE] += before[:, None, None] * had
        self._beside[gap, _ACROSS] += before[:, None, None] * having
        self._beside[gap, _ACROSS] += values[:, None, None] * had
        for place, (one, other) in enumerate(self._pairs):
            # The constant's products hold u + v already; u v + v u is that less (u - v)^2.
            if one == other:
                self._switched[gap, place] -= having[one] != had[one]
            else:
                self._switched[gap, place] += having[one] * had[other] + having[other] * had[one]


def _weights(carry: Floats) -> Floats:
    """Return the weights of the three sums of each gap, in the order in which they are kept."""
    new = 1 / (1 - carry**2)
    return np.stack([new, carry**2 * new, -carry * new], axis=2).reshape(len(carry), -1)
