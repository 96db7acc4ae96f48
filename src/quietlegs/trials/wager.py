"""The open-ended claim: a fair wager on which arm a stretch of nights had, settled by their answers."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.special import logsumexp

from quietlegs.trials.allocation import Codes
from quietlegs.trials.claim import Claimed, others
from quietlegs.trials.claim_statistic import NUISANCE
from quietlegs.trials.design import ERROR
from quietlegs.trials.neighbours import neighbours
from quietlegs.trials.posterior import Posterior, posterior
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import TREND_NIGHTS, balanced
from quietlegs.trials.rerandomise import Experiment
from quietlegs.trials.whitening import Floats

_LARGEST = 300.0
_WEAK = Prior()


@dataclass(frozen=True, slots=True)
class Settled:
    """What a stake of 1 on each arm has become by the end of a night."""

    night: int
    worth: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Wager:
    """An e-process for each arm but the comparator: with no effect it ever passes `threshold` with at most 5 % chance.

    The threshold is 20 times the number of arms wagered on, so that 5 % holds for all of them together. It is
    settled whenever a round is over, or a night where nights were drawn one by one.
    """

    arms: tuple[int, ...]
    threshold: float
    settled: tuple[Settled, ...]
    claimed: tuple[Claimed, ...]

    def of(self, arm: int) -> Claimed | None:
        """Return what was won on an arm, None when nothing was."""
        return {each.arm: each for each in self.claimed}.get(arm)

    def as_dict(self) -> dict[str, Any]:
        """Return the result as values that JSON knows."""
        return asdict(self)


def wager(experiment: Experiment, *, nights: int | None = None, comparator: int = 0, prior: Prior = _WEAK) -> Wager:
    """Wager on each round's order: how well the answers tell an arm's nights from the comparator's.

    Of a round, everything is taken as known but which of the two had which nights. The stake is multiplied by the
    density of the answers under the true order, divided by its mean over the orders that could have been drawn.
    Under "this arm acts as the comparator does" the mean multiplier is 1 whatever the answers and the other arms
    are, so that the worth passes 20 at any time with at most 5 % chance (Ville). The model that gives the
    densities is the estimate's; a poor model costs power only.

    Parameters
    ----------
    experiment : Experiment
        One element a night of the trial; NaN: not answered, not counted.
    nights : int, optional
        How many nights have gone by; all when not given.

    References
    ----------
    Grünwald, de Heide and Koolen 2024, doi:10.1093/jrsssb/qkae011; Ville 1939; Bojinov and Shephard 2019,
    doi:10.1080/01621459.2018.1527225

    Examples
    --------
    >>> from quietlegs.trials.families import permuted_rounds
    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> lots = permuted_rounds(2, block_nights=1, rounds=30)
    >>> codes = lots.draw(rng)
    >>> found = wager(Experiment(5 + rng.normal(size=60) - 2 * codes, codes, lots))
    >>> found.claimed[0].higher, found.claimed[0].night < 60
    (False, True)
    """
    lots = experiment.allocation
    arms = others(lots, comparator)
    threshold = len(arms) / ERROR
    worth = np.zeros(len(arms))
    settled: list[Settled] = []
    claimed: dict[int, Claimed] = {}
    for each in _rounds(experiment, lots.nights if nights is None else nights, prior):
        worth += [each.gain(arm, comparator) for arm in arms]
        settled.append(Settled(each.night, tuple(np.exp(np.minimum(worth, _LARGEST)).tolist())))
        for arm, size in zip(arms, worth.tolist(), strict=True):
            if size >= np.log(threshold) and arm not in claimed:
                claimed[arm] = Claimed(arm, each.higher(arm, comparator), each.night)
    return Wager(arms, threshold, tuple(settled), tuple(claimed.values()))


@dataclass(frozen=True, slots=True, eq=False)
class _Round:
    """The nights up to the end of one round (or of one night, where nights were drawn one by one).

    `orders` are the words that could have stood there, one a row, `ways` in how many ways each could have gone on.
    """

    night: int
    answers: Floats
    codes: Codes
    orders: Codes
    ways: tuple[int, ...]
    arm_count: int
    prior: Prior

    def gain(self, arm: int, comparator: int) -> float:
        """Return the log of what a stake of 1 becomes."""
        if not self._ready:
            return 0.0
        own = self.codes[-self.orders.shape[1] :]
        two = np.isin(own, (arm, comparator))
        rest = (self.orders[:, ~two] == own[~two]).all(axis=1)
        possible = np.flatnonzero(rest & np.isin(self.orders[:, two], (arm, comparator)).all(axis=1))
        total = sum(self.ways[place] for place in possible)
        told = [self._believed(self.orders[place]).log_evidence() for place in possible]
        chances = [self.ways[place] / total for place in possible]
        used = next(at for at, place in enumerate(possible) if (self.orders[place] == own).all())
        return told[used] - float(logsumexp(told, b=chances))

    @property
    def _ready(self) -> bool:
        """Whether this round was answered, and every arm before it; the wager must not depend on its order."""
        seen, length = ~np.isnan(self.answers), self.orders.shape[1]
        known = np.bincount(self.codes[:-length][seen[:-length]], minlength=self.arm_count)
        return bool(seen[-length:].any() and known.min() > 0 and known.sum() >= NUISANCE + self.arm_count)

    def higher(self, arm: int, comparator: int) -> bool:
        """Say whether answers look higher with the arm than with the comparator."""
        contrast = balanced(self.arm_count)[:, arm] - balanced(self.arm_count)[:, comparator]
        believed = self._believed(self.codes[-self.orders.shape[1] :])
        return bool(believed.contrasts(np.concatenate([[0.0, 0.0], contrast])[None, :]).means()[0] > 0)

    def _believed(self, order: Codes) -> Posterior:
        (at,) = np.nonzero(~np.isnan(self.answers))
        codes = np.concatenate([self.codes[: -order.size], order])[at]
        answers = self.answers[at] - self.answers[at].mean()
        table = np.column_stack([np.ones(at.size), at / TREND_NIGHTS, balanced(self.arm_count).T[codes], answers])
        on = at.astype("datetime64[D]")
        return posterior(neighbours(on, table), np.array([np.inf, self.prior.trend]), self.prior)


def _rounds(experiment: Experiment, nights: int, prior: Prior) -> Iterator[_Round]:
    """Follow the used schedule through what could have been drawn, one word after the other."""
    lots, state = experiment.allocation, 0
    length = lots.words.shape[1]
    for night in range(length, nights + 1, length):
        own = experiment.codes[night - length : night]
        (open_,) = np.nonzero(lots.follow[state] >= 0)
        ways = tuple(lots.ways[target] for target in lots.follow[state, open_].tolist())
        sofar = experiment.outcomes[:night], experiment.codes[:night]
        yield _Round(night, *sofar, lots.words[open_], ways, lots.arm_count, prior)
        state = int(lots.follow[state, int(np.flatnonzero((lots.words == own).all(axis=1))[0])])
