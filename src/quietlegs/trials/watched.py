"""The claim of a trial that is looked at again and again: a night that was taken in is not taken in anew.

A new evening, and another answer for one of the last nights, cost a few updates; an answer of long ago costs all.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np

from quietlegs.trials.claim import Claim, Watching
from quietlegs.trials.trial import Drawn
from quietlegs.trials.whitening import Floats

# Nights that are often answered anew are left to each look.
_LATE = 7
# Each holds the sums of ten thousand schedules.
_MOST_TRIALS = 2
_Key = tuple[object, ...]


@dataclass(slots=True)
class _Held:
    """A trial up to a week ago, the answers that were taken in, and where its generator stood after the schedules."""

    watching: Watching
    taken: Floats
    after: Any

    def go_on(self, answers: Floats) -> None:
        """Take in all answers that were not taken in yet."""
        for answer in answers[self.taken.size :].tolist():
            self.watching.add(answer)
        self.taken = answers


_held: OrderedDict[_Key, _Held] = OrderedDict()
_one_at_a_time = Lock()


def watched(drawn: Drawn) -> Claim:
    """Return what `claim` returns of a trial whose schedules are drawn by a generator of its own."""
    answers = np.array(drawn.experiment.outcomes[: drawn.gone], dtype=np.float64)
    early = answers[: max(0, answers.size - _LATE)]
    with _one_at_a_time:
        # Before anything is drawn: the state of its generator is part of a trial.
        key = _key(drawn)
        held = _held.pop(key, None)
        if held is None or not np.array_equal(held.taken, answers[: held.taken.size], equal_nan=True):
            held = _Held(_fresh(drawn), answers[:0], _state(drawn))
        if early.size > held.taken.size:
            held.go_on(early)
        _held[key] = held
        while len(_held) > _MOST_TRIALS:
            _held.popitem(last=False)
        now = _Held(held.watching.fork(), held.taken, held.after)
    if drawn.rng is not None:
        # What is drawn after the schedules is the same whether they were drawn anew or not.
        drawn.rng.bit_generator.state = held.after
    now.go_on(answers)
    return now.watching.claim()


def _fresh(drawn: Drawn) -> Watching:
    lots = drawn.experiment.allocation
    return Watching(drawn.experiment.codes, lots, drawn.spending, comparator=drawn.comparator, rng=drawn.rng)


def _state(drawn: Drawn) -> Any:
    return None if drawn.rng is None else drawn.rng.bit_generator.state


def _key(drawn: Drawn) -> _Key:
    """Return what makes a trial this one and no other: its turns, what else could have been drawn, and the looks."""
    lots = drawn.experiment.allocation
    return (
        drawn.experiment.codes.tobytes(),
        (lots.arm_count, lots.steps, lots.words.shape, lots.words.tobytes(), lots.follow.tobytes(), lots.ways),
        (drawn.spending, drawn.comparator),
        str(_state(drawn)),
    )
