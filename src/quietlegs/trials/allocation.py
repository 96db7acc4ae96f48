"""A set of schedules, one of which is drawn: counted exactly, listed, drawn again, each equally likely."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quietlegs.records.bounds import RangeError

Codes = NDArray[np.int8]
_NOWHERE = -1
_START = 0
_MOST_STATES = 100_000
_RAW_BITS = 64


class AllocationError(RangeError):
    """The schedules do not allow what was asked; names the field, the value and what is allowed."""


class TooManySchedulesError(AllocationError):
    """More schedules than can be listed; they can still be counted and drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """All schedules that could have been drawn, as the paths of one length through a small graph.

    A step writes one word: a whole round, or a single night. `words` has one row a word, in arm codes;
    `follow` the state that each word leads to from each state; `ways` in how many ways each state can be
    finished, exactly; `below` the chance of a word up to and including each, so that all paths are equally likely.
    """

    arm_count: int
    steps: int
    words: Codes
    follow: NDArray[np.int32]
    ways: tuple[int, ...]
    below: NDArray[np.float64]

    @property
    def nights(self) -> int:
        """How many nights each schedule has."""
        return self.steps * int(self.words.shape[1])

    def count(self) -> int:
        """Return how many schedules there are, exactly."""
        return self.ways[_START]

    def at(self, place: int) -> Codes:
        """Return the schedule at a place, 0 to count - 1, in the order in which `every` lists them."""
        if not 0 <= place < self.count():
            raise AllocationError("place", place, f"0 to {self.count() - 1}")
        state, left, written = _START, place, []
        for _ in range(self.steps):
            word, left = self._word_at(state, left)
            written.append(word)
            state = int(self.follow[state, word])
        return np.ascontiguousarray(self.words[written].ravel())

    def contains(self, codes: NDArray[np.integer]) -> bool:
        """Say whether these arm codes, one a night, are a schedule that could have been drawn."""
        if codes.shape != (self.nights,):
            return False
        state = _START
        for part in codes.reshape(self.steps, -1):
            (same,) = np.nonzero((self.words == part).all(axis=1))
            state = int(self.follow[state, same[0]]) if same.size else _NOWHERE
            if state == _NOWHERE:
                return False
        return True

    def every(self, *, most: int) -> Codes:
        """Return all schedules, one a row, sorted; TooManySchedulesError when there are more than `most`."""
        if self.count() > most:
            raise TooManySchedulesError("schedules", self.count(), f"at most {most} to be listed")
        state, written = np.array([_START]), np.empty((1, 0), dtype=np.int8)
        for _ in range(self.steps):
            row, word = np.nonzero(self.follow[state] != _NOWHERE)
            written = np.hstack([written[row], self.words[word]])
            state = self.follow[state[row], word]
        return written

    def draw(self, rng: np.random.Generator) -> Codes:
        """Return one schedule, each with chance 1 / count exactly.

        Only the raw bits are used: NumPy keeps them the same in all its versions, which it does not promise of
        its other draws. The bit generator must give 64 bits at a time, as all of NumPy's but MT19937 do.
        """
        return self.at(_below(self.count(), rng))

    def redraw(self, draws: int, rng: np.random.Generator) -> Codes:
        """Return draws by nights arm codes, with replacement, each schedule equally likely.

        Chances are 64-bit floats here: true to 1 part in 10^15, as exact as the numbers drawn against them.
        """
        if draws < 1:
            raise AllocationError("draws", draws, "1 or more")
        chosen = (
            rng.integers(0, len(self.words), (draws, self.steps), dtype=np.uint8)
            if self._free
            else self._walk(draws, rng)
        )
        return np.take(self.words, chosen, axis=0).reshape(draws, self.nights)

    @property
    def _free(self) -> bool:
        """Whether every word may follow every other, so that steps can be drawn all at once."""
        return len(self.ways) == self.steps + 1 and bool((self.follow[:-1] != _NOWHERE).all())

    def _walk(self, draws: int, rng: np.random.Generator) -> NDArray[np.uint8]:
        chosen = np.zeros((draws, self.steps), dtype=np.uint8)
        state = np.full(draws, _START, dtype=np.int32)
        for step in range(self.steps):
            lot = rng.random(draws)
            word = np.zeros(draws, dtype=np.uint8)
            for chance in self.below.T[:-1]:
                word += chance[state] <= lot
            chosen[:, step] = word
            state = self.follow[state, word]
        return chosen

    def _word_at(self, state: int, place: int) -> tuple[int, int]:
        """Return the word that leads to the path at `place`, and its place among those beyond that word."""
        for word, target in enumerate(self.follow[state].tolist()):
            ways = 0 if target == _NOWHERE else self.ways[target]
            if place < ways:
                return word, place
            place -= ways
        raise AllocationError("place", place, "below the ways to finish")


def paths(
    start: Hashable, *, words: Codes, steps: int, after: Callable[[Hashable, int], Hashable | None]
) -> Allocation:
    """Return the allocation whose schedules are all paths of `steps` words from `start`.

    Parameters
    ----------
    start : hashable
        The state before the first word. A state must tell how many steps are done or left.
    words : array of int8, words by nights
        What one step can write, in arm codes; all rows different.
    after : callable
        The state after a word's place in `words`, or None where the word is not allowed.

    Raises
    ------
    AllocationError
        No schedule is allowed at all, or the graph has more than 100,000 states.

    Examples
    --------
    >>> one = np.array([[0], [1]], dtype=np.int8)
    >>> no_double = paths((), words=one, steps=3, after=lambda s, w: None if s[-1:] == (w,) else (*s, w))
    >>> no_double.every(most=10).tolist()
    [[0, 1, 0], [1, 0, 1]]
    """
    states, follow = _explore(start, len(words), steps, after)
    ways = _ways(states, follow, steps)
    if not ways[_START]:
        raise AllocationError("schedules", 0, "at least one that keeps to the limits")
    pruned = np.array([[_NOWHERE if t == _NOWHERE or not ways[t] else t for t in row] for row in follow])
    arms = int(words.max()) + 1
    chances = _chances(pruned.tolist(), ways)
    return Allocation(arms, steps, words, pruned.astype(np.int32), ways, np.asfortranarray(chances))


def _explore(
    start: Hashable, words: int, steps: int, after: Callable[[Hashable, int], Hashable | None]
) -> tuple[list[int], list[list[int]]]:
    """Return each state's step, and where each word leads from it; states are numbered step by step."""
    step_of, follow, layer = [0], [], {start: _START}
    for step in range(1, steps + 1):
        ahead: dict[Hashable, int] = {}
        for state in layer:
            row = []
            for word in range(words):
                target = after(state, word)
                row.append(_NOWHERE if target is None else ahead.setdefault(target, len(step_of) + len(ahead)))
            follow.append(row)
        step_of += [step] * len(ahead)
        layer = ahead
        if len(step_of) > _MOST_STATES:
            raise AllocationError("states", len(step_of), f"at most {_MOST_STATES}: fewer nights, arms or limits")
    return step_of, follow + [[_NOWHERE] * words for _ in layer]


def _ways(step_of: list[int], follow: list[list[int]], steps: int) -> tuple[int, ...]:
    ways = [int(step == steps) for step in step_of]
    for state in reversed(range(len(follow))):
        if step_of[state] < steps:
            ways[state] = sum(ways[target] for target in follow[state] if target != _NOWHERE)
    return tuple(ways)


def _chances(follow: list[list[int]], ways: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the chance, state by state, of drawing a word up to and including each; 1 where nothing follows."""
    chances = np.ones((len(follow), len(follow[0])))
    for state, row in enumerate(follow):
        so_far, total = 0, ways[state]
        for word, target in enumerate(row):
            so_far += 0 if target == _NOWHERE else ways[target]
            # Python divides whole numbers of any size and rounds only the result.
            chances[state, word] = so_far / total if total and so_far else float(word == len(row) - 1)
    return chances


def _below(bound: int, rng: np.random.Generator) -> int:
    """Return a whole number from 0 to bound - 1, each equally likely; more than half of all tries succeed."""
    bits = (bound - 1).bit_length()
    if not bits:
        return 0
    raw = -(-bits // _RAW_BITS)
    while True:
        drawn = np.asarray(rng.bit_generator.random_raw(raw), dtype="<u8").tobytes()
        value = int.from_bytes(drawn, "little") >> (raw * _RAW_BITS - bits)
        if value < bound:
            return value
