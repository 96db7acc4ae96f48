"""What relief costs: the seconds of a replay, and (`--half-lives PEOPLE`) what each choice of half-lives covers."""

import argparse
import time
from collections import defaultdict
from statistics import median

import numpy as np
from tests.truth.restless import NAMES, Lived, Restless, live

from quietlegs.trials.relief_model import ReliefPrior, follow
from quietlegs.trials.relief_replay import replay

_SEED = 777003
_FEWEST, _NEVER = 3, np.inf
_ENDS = np.array([0.025, 0.975])
_CHOICES = {
    "never": ReliefPrior(half_lives_days=(_NEVER,), half_life_weights=(1.0,)),
    "60 days 1:1": ReliefPrior(half_lives_days=(60.0, _NEVER), half_life_weights=(0.5, 0.5)),
    "20 days 1:9": ReliefPrior(half_lives_days=(20.0, _NEVER), half_life_weights=(0.1, 0.9)),
    "15 days 1:9": ReliefPrior(half_lives_days=(15.0, _NEVER), half_life_weights=(0.1, 0.9)),
    "15 days 2:8": ReliefPrior(half_lives_days=(15.0, _NEVER), half_life_weights=(0.2, 0.8)),
    "15, 60 days 1:1:8": ReliefPrior(half_lives_days=(15.0, 60.0, _NEVER), half_life_weights=(0.1, 0.1, 0.8)),
    "10 days 1:9": ReliefPrior(half_lives_days=(10.0, _NEVER), half_life_weights=(0.1, 0.9)),
    "10 days 2:8": ReliefPrior(half_lives_days=(10.0, _NEVER), half_life_weights=(0.2, 0.8)),
}


def cells() -> list[tuple[str, Restless]]:
    """Return people who are steady, drift, or change at once."""
    found = []
    for more in ((), (0.5,), (0.5, 0.0)):
        first, later = (0.0, 1.0, *more), (0.0, -1.0, *more)
        for moments in (30, 60, 150):
            found += [("steady", Restless(first, moments)), ("drift", Restless(first, moments, later))]
        found += [("at once", Restless(first, moments, later, quick=True)) for moments in (150, 60)]
    return [*found, ("steady", Restless((0.0, 0.0), 150)), ("steady", Restless((0.0, 0.0), 60))]


def covered(person: Restless, lived: Lived) -> dict[str, list[bool]]:
    """Return for each choice whether the interval of the second movement holds the truth at the last moment."""
    truth, found = person.acting[-1, 1] - person.acting[-1, 0], defaultdict(list)
    for one in range(len(lived.made)):
        counted = lived.of(one, person).counted()
        if min(int((counted.made == arm).sum()) for arm in (0, 1)) < _FEWEST:
            continue
        for name, prior in _CHOICES.items():
            low, high = follow(counted, prior).contrasts(0, [1]).quantiles(_ENDS)[0]
            found[name].append(bool(low <= truth <= high))
    return found


def half_lives(people: int) -> None:
    """Print what each choice covers, by how people change."""
    shares = defaultdict(list)
    for place, (kind, person) in enumerate(cells()):
        lived = live(person, people, np.random.Generator(np.random.PCG64([_SEED, place])))
        for name, held in covered(person, lived).items():
            shares[name, kind].append(float(np.mean(held)))
    for (name, kind), each in shares.items():
        print(f"{name:18} {kind:8} covered {np.mean(each):.3f}, {min(each):.3f} to {max(each):.3f}")


def replays() -> None:
    """Print the seconds of the processor for replaying 60 moments 10,000 times: what else runs counts less so."""
    for count in (2, 3, 4):
        person, spent = Restless((0.0,) * count), []
        events = live(person, 1, np.random.Generator(np.random.PCG64(_SEED))).of(0, person)
        for _ in range(5):
            begun = time.process_time()
            replay(events, comparator=NAMES[0], rng=np.random.Generator(np.random.PCG64(_SEED)))
            spent.append(time.process_time() - begun)
        print(f"replay, 60 moments, {count} movements: {median(spent):.2f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half-lives", type=int, default=0, metavar="PEOPLE")
    if people := parser.parse_args().half_lives:
        half_lives(people)
    else:
        replays()
