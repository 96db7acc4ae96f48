"""The claim: sequential re-randomisation. Right by design, whatever nights are like, and although one looks daily."""

from copy import copy
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from quietlegs.trials.allocation import Allocation, AllocationError, Codes
from quietlegs.trials.claim_statistic import NUISANCE, strengths, values_of
from quietlegs.trials.nights import NightsError
from quietlegs.trials.rerandomise import FEWEST_DRAWS, MOST_LISTED, Experiment
from quietlegs.trials.schedule_sums import ScheduleSums
from quietlegs.trials.spending import Spending
from quietlegs.trials.whitening import Floats

_SAME = 1e-9
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Look:
    """What one night's look showed; nights count from 1, without the run-in.

    `strength` has one signed t value an arm but the comparator, below 0 where answers are lower with the arm;
    `limit` is the size from which an arm is claimed at this look, None as long as no size is enough; `alike` the
    share of schedules whose strongest arm looks as strong now; `spent` the part of the error that may be used up.
    """

    night: int
    strength: tuple[float, ...]
    limit: float | None
    alike: float
    spent: float


@dataclass(frozen=True, slots=True)
class Claimed:
    """An arm that differs from the comparator, and the night on which that was clear, by a look or by the wager."""

    arm: int
    higher: bool
    night: int


@dataclass(frozen=True, slots=True)
class Claim:
    """All looks of a trial so far, and the arms that were claimed, each at its first crossing.

    `schedules` were compared, the used one among them; `exact` says that these are all that could have been drawn.
    `arms` are the codes to which each look's strengths belong.
    """

    arms: tuple[int, ...]
    looks: tuple[Look, ...]
    claimed: tuple[Claimed, ...]
    schedules: int
    exact: bool

    def of(self, arm: int) -> Claimed | None:
        """Return what was claimed of an arm, None when nothing was."""
        return {each.arm: each for each in self.claimed}.get(arm)

    def as_dict(self) -> dict[str, Any]:
        """Return the result as values that JSON knows."""
        return asdict(self)


def claim(
    experiment: Experiment,
    spending: Spending,
    *,
    nights: int | None = None,
    comparator: int = 0,
    rng: np.random.Generator | None = None,
) -> Claim:
    """Look at every night so far, as if each look had been made that evening.

    Under the sharp null (no night would have been answered otherwise under any schedule) the chance of any claim
    at any look is at most what may be spent, exactly; docs/methods/claim.md says what is not exact.

    Parameters
    ----------
    experiment : Experiment
        One element a night of the trial; NaN: not answered, not counted.
    spending : Spending
        The stages; looks end with the last one.
    nights : int, optional
        How many nights have gone by; all when not given.
    rng : numpy.random.Generator, optional
        Needed where more than 100,000 schedules are possible: 10,000 are drawn. The same generator, the same claim.

    Raises
    ------
    NightsError, AllocationError
        The stages do not fit the schedules, no such comparator, or no generator where one is needed.

    References
    ----------
    Lan and DeMets 1983, doi:10.1093/biomet/70.3.659; Phipson and Smyth 2010, doi:10.2202/1544-6115.1585

    Examples
    --------
    >>> from quietlegs.trials.families import permuted_rounds
    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> lots = permuted_rounds(2, block_nights=1, rounds=30)
    >>> codes = lots.draw(rng)
    >>> felt = Experiment(5 + rng.normal(size=60) - 2 * codes, codes, lots)
    >>> found = claim(felt, Spending((60,), (0.05,)), rng=rng)
    >>> found.claimed[0].higher, found.claimed[0].night < 60
    (False, True)
    """
    watching = Watching(experiment.codes, experiment.allocation, spending, comparator=comparator, rng=rng)
    for answer in experiment.outcomes[:nights]:
        watching.add(float(answer))
    return watching.claim()


def others(allocation: Allocation, comparator: int) -> tuple[int, ...]:
    """Return the codes of all arms but the comparator; NightsError where that is none of them."""
    if not 0 <= comparator < allocation.arm_count:
        raise NightsError("comparator", comparator, f"0 to {allocation.arm_count - 1}")
    return tuple(arm for arm in range(allocation.arm_count) if arm != comparator)


def _reference(used: Codes, allocation: Allocation, rng: np.random.Generator | None) -> tuple[Codes, bool, int]:
    """Return the schedules to compare, whether they are all, and where the used one stands among them."""
    if allocation.count() <= MOST_LISTED:
        every = allocation.every(most=MOST_LISTED)
        return every, True, int(np.flatnonzero((every == used).all(axis=1))[0])
    if rng is None:
        raise AllocationError("rng", rng, f"a generator: {allocation.count()} schedules are too many to list")
    # The used schedule is one of those compared: that makes the test exact with any number of draws.
    return np.vstack([used[None, :], allocation.redraw(FEWEST_DRAWS, rng)]), False, 0


class Watching:
    """One trial, looked at night after night: a new night costs one update of every schedule's sums.

    It gives what `claim` gives, without going over the nights before; it is not changed back when an answer is.
    """

    def __init__(
        self,
        used: Codes,
        allocation: Allocation,
        spending: Spending,
        *,
        comparator: int = 0,
        rng: np.random.Generator | None = None,
    ) -> None:
        if spending.ends[-1] != allocation.nights:
            allowed = f"{allocation.nights}, as many as the schedules"
            raise NightsError("end of the last stage", spending.ends[-1], allowed)
        self._arms = others(allocation, comparator)
        codes, self._exact, self._used = _reference(used, allocation, rng)
        self._sums = ScheduleSums(codes, arms=self._arms, comparator=comparator, width=NUISANCE + 1)
        self._spent, self._first = spending.spent(), spending.first_look
        self._crossed = np.zeros(len(codes), dtype=np.bool_)
        self._found = np.zeros((len(self._arms), len(codes)))
        self._night = 0
        self._origin: float | None = None
        self._looks: list[Look] = []
        self._claimed: list[Claimed] = []

    def fork(self) -> "Watching":
        """Return one that goes on from here by itself."""
        other = copy(self)
        own = {"_crossed": self._crossed.copy(), "_found": self._found.copy(), "_sums": self._sums.fork()}
        vars(other).update(own, _looks=list(self._looks), _claimed=list(self._claimed))
        return other

    def add(self, answer: float) -> None:
        """Take in the next night of the trial, NaN where it was not answered, and look."""
        if self._night == len(self._spent):
            raise NightsError("nights", self._night + 1, f"at most {self._night}, the end of the last stage")
        if not np.isnan(answer):
            self._origin = answer if self._origin is None else self._origin
            self._sums.add(self._night, values_of(self._night, answer - self._origin))
        self._night += 1
        if self._night >= self._first:
            if not np.isnan(answer) or not self._looks:
                self._found = strengths(self._sums)
            self._look()

    def claim(self) -> Claim:
        """Return all looks so far."""
        return Claim(self._arms, tuple(self._looks), tuple(self._claimed), len(self._crossed), self._exact)

    def _look(self) -> None:
        spent = float(self._spent[self._night - 1])
        strongest = np.abs(self._found).max(axis=0)
        own = self._found[:, self._used]
        budget = int(spent * len(strongest) + _ROUNDING) - int(self._crossed.sum())
        limit = _limit(strongest[~self._crossed], budget)
        self._crossed |= strongest >= limit
        alike = float((strongest >= strongest[self._used] * (1 - _SAME)).mean())
        told = None if np.isinf(limit) else limit
        self._looks.append(Look(self._night, tuple(own.tolist()), told, alike, spent))
        known = {each.arm for each in self._claimed}
        for arm, size in zip(self._arms, own.tolist(), strict=True):
            if abs(size) >= limit and arm not in known:
                self._claimed.append(Claimed(arm, size > 0, self._night))


def _limit(sizes: Floats, budget: int) -> float:
    """Return the size that at most `budget` of these reach; infinite where ties allow none."""
    if budget < 1:
        return np.inf
    if budget >= sizes.size:
        return 0.0
    highest = -np.partition(-sizes, budget)[: budget + 1]
    edge = highest[budget] * (1 + _SAME)
    above = highest[highest > edge]
    return float(above.min()) if above.size else np.inf
