"""How long an answer takes, against sampling it and against SARIMAX, and how far it is from the sampled one."""

import argparse
import os
import platform
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import numpy as np
import scipy
from nuts import agreement, seconds
from statsmodels.tsa.statespace.sarimax import SARIMAX
from tests.truth.measured import Measured
from tests.truth.people import Person, nights_of
from tests.truth.report import PAGE, page
from tests.truth.timed import TIMED, timed_section

from quietlegs.trials.claim import Watching, claim
from quietlegs.trials.estimate import estimate
from quietlegs.trials.families import permuted_rounds
from quietlegs.trials.nights import Nights
from quietlegs.trials.rerandomise import Experiment
from quietlegs.trials.spending import Spending

_SEED = 20261123
_NIGHTS = (30, 90, 365, 1_000, 3_650)
_PERSON = Person(effect=-1.0)
_LATE = 80


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Return the seconds of each run, the first, which warms up, left out."""
    spent = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return spent[1:]


def diary(rng: np.random.Generator, person: Person = _PERSON) -> Experiment:
    """Return one diary of 90 nights and 3 arms."""
    answers, codes = person.diaries(1, rng)
    return Experiment(answers[0], codes[0], person.lots)


def nights_in(experiment: Experiment) -> Nights:
    """Return a diary as nights."""
    return nights_of(np.asarray(experiment.outcomes), experiment.codes, 3)


def looks(experiment: Experiment, rng: np.random.Generator) -> list[float]:
    """Return the seconds of the late looks of one trial, on answered nights alone."""
    lots = experiment.allocation
    watching = Watching(experiment.codes, lots, Spending((lots.nights,), (0.05,)), rng=rng)
    spent = []
    for night, answer in enumerate(experiment.outcomes):
        begun = time.perf_counter()
        watching.add(float(answer))
        if night >= _LATE and not np.isnan(answer):
            spent.append(time.perf_counter() - begun)
    return spent


def sarimax(nights: Nights) -> object:
    """Fit level, trend and arms with AR(1) errors by maximum likelihood."""
    arms = np.eye(len(nights.arm_names))[nights.arms][:, 1:]
    # Its own trend counts single nights; half of the fits then stop at the 50th step, slow and unfinished.
    months = (np.arange(len(nights)) - len(nights) / 2) / 30
    columns = np.column_stack([arms, months])
    return SARIMAX(nights.outcomes, exog=columns, order=(1, 0, 0), trend="c").fit(disp=False)


def in_turn(nights: Nights) -> tuple[list[float], list[float]]:
    """Return the seconds of estimates and of SARIMAX, in turn, so that other work on the machine slows both alike."""
    ours, theirs = [], []
    for _ in range(20):
        ours += timed(lambda: estimate(nights, comparator="0"), 15)
        theirs += timed(lambda: sarimax(nights), 1)
    return ours, theirs


def times(rng: np.random.Generator) -> dict[str, float]:
    """Return the times of the answers of one diary."""
    one = diary(rng)
    nights, lots = nights_in(one), one.allocation
    spent, fits = in_turn(nights)
    replays = timed(lambda: claim(one, Spending((lots.nights,), (0.05,)), rng=rng), 7)
    return {
        "estimate_ms": 1_000 * median(spent),
        "estimate_best_ms": 1_000 * min(spent),
        "look_ms": 1_000 * median(one_look for _ in range(5) for one_look in looks(one, rng)),
        "replay_s": median(replays),
        "sarimax_s": median(fits),
        "nuts_s": seconds(nights),
    }


def growth(rng: np.random.Generator) -> dict[str, list[float]]:
    """Return the estimate's time against the number of nights."""
    found = []
    for count in _NIGHTS:
        codes = permuted_rounds(3, block_nights=1, rounds=count // 3).draw(rng)
        felt = _PERSON.level + _PERSON.noise(codes.size, 1, rng)[0]
        nights = nights_of(np.where(_PERSON.left_out(felt, rng), np.nan, felt), codes, 3)
        found.append(1_000 * median(timed(lambda nights=nights: estimate(nights, comparator="0"), 40)))
    return {"nights": list(map(float, _NIGHTS)), "estimate_ms": found}


def people(count: int, rng: np.random.Generator) -> list[Nights]:
    """Return diaries that differ in autocorrelation, spread and missing nights."""
    kinds = [replace(_PERSON, phi=phi, sd=sd) for phi in (-0.2, 0.0, 0.3, 0.5, 0.8) for sd in (1.0, 2.0)]
    return [nights_in(diary(rng, kinds[place % len(kinds)])) for place in range(count)]


def main() -> None:
    """Measure, keep what was measured, print it and write the page anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diaries", type=int, default=20, help="how many to sample for the agreement; 0: times alone")
    parser.add_argument("--draws", type=int, default=4_000, help="draws of each of the four chains")
    asked = parser.parse_args()
    rng, kept = np.random.Generator(np.random.PCG64(_SEED)), Measured.of(TIMED)
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}"
    kept.note("machine", f"{os.cpu_count()} cores, {versions}")
    kept.note("times", times(rng))
    kept.note("nights", growth(rng))
    for found in agreement(people(asked.diaries, rng), asked.draws):
        kept.note("nuts", found)
    for row in timed_section(kept)[0]:
        print(f"{row.figure:45}{row.wanted:35}{row.measured}")
    PAGE.write_text(page(Measured.of()), encoding="utf-8")


if __name__ == "__main__":
    main()
