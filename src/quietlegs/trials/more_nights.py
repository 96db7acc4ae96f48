"""How many more nights until a verdict, from what is believed now: thought through on many possible futures."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from quietlegs.trials.verdict import MoreNights
from quietlegs.trials.whitening import Floats

NOT_WORTH_IT = 0.1
_FUTURES = 1_000
_SPREAD = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an arm stands: effects above 0 are the wanted way.

    `effect` and `sd` of the estimate, `strength` the claim's t value, `worthwhile` the smallest difference worth
    having, `gone` the nights of the trial so far, `end` the night at which the running stage ends, `edge` the normal
    quantile at which the stage's share would be spent in one direction of one arm by its end. Where carry-over is
    declared, `effect` and `sd` are those without it, as the claim has them; `beside` is what the estimate that is told
    adds to the effect, and `beside_sd` the standard deviation of that, since it is the less precise one.
    """

    effect: float
    sd: float
    strength: float
    worthwhile: float
    gone: int
    end: int
    edge: float
    beside: float = 0.0
    beside_sd: float = 0.0


def more_nights(now: Standing, rng: np.random.Generator) -> MoreNights:
    """Say after how many more nights a verdict is likely, if each night tells as much as those before did.

    1,000 futures: a true effect drawn from the estimate, then nights that scatter around it. A future ends with a
    claim, where the evidence crosses the O'Brien-Fleming boundary, or with "not worth it".

    Parameters
    ----------
    now : Standing
        At least one night gone.
    rng : numpy.random.Generator
        For the futures.

    Examples
    --------
    >>> clear = Standing(1.5, 0.45, 3.3, 1.0, gone=30, end=90, edge=2.24)
    >>> found = more_nights(clear, np.random.Generator(np.random.PCG64(1)))
    >>> 0 < found.low < found.nights < found.left, found.chance > 0.9
    (True, True)
    """
    left = max(0, now.end - now.gone)
    if not left:
        return MoreNights(None, None, None, 0.0, 0)
    ended = _first_verdict(now, left, rng)
    low, middle, high = (int(value) for value in np.quantile(ended, _SPREAD, method="inverted_cdf"))
    within = [None if value > left else value for value in (middle, low, high)]
    return MoreNights(within[0], within[1], within[2], chance=float((ended <= left).mean()), left=left)


def _first_verdict(now: Standing, left: int, rng: np.random.Generator) -> Floats:
    """Return after how many more nights each future has its verdict; left + 1 where it has none."""
    known = now.sd**-2.0
    each = known / now.gone
    truth = rng.normal(now.effect, now.sd, (_FUTURES, 1))
    gained = np.cumsum(truth * each + rng.normal(0, np.sqrt(each), (_FUTURES, left)), axis=1)
    information = known + each * np.arange(1, left + 1)
    claimed = np.abs(now.strength * np.sqrt(known) + gained) >= now.edge * np.sqrt(each * now.end)
    mean = (now.effect * known + gained) / information
    if now.beside_sd:
        mean, information = _as_told(now, mean, information, rng)
    idle = ndtr((mean - now.worthwhile) * np.sqrt(information)) < NOT_WORTH_IT
    either = claimed | idle
    return np.where(either.any(axis=1), either.argmax(axis=1) + 1, left + 1)


def _as_told(now: Standing, mean: Floats, information: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return mean and information of the estimate with carry-over: the efficient one, and what it adds by chance."""
    known = now.beside_sd**-2.0
    each = known / now.gone
    beside = known + each * np.arange(1, mean.shape[1] + 1)
    added = (now.beside * known + np.cumsum(rng.normal(0, np.sqrt(each), mean.shape), axis=1)) / beside
    return mean + added, 1 / (1 / information + 1 / beside)
