"""What is measured: each study takes a person and a number of diaries, and gives sums that can be added up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from tests.truth.as_needed import as_needed
from tests.truth.cells import CARRIED, EFFECTS, NULL, POWER, name_of
from tests.truth.oracle import oracle_power
from tests.truth.people import FIRST, Floats, Person, nights_of
from tests.truth.regret import WORLDS, regret
from tests.truth.relief import RESTLESS, restless_name, told

from quietlegs.trials.claim import Claim, claim
from quietlegs.trials.design import ERROR, Design, Stage
from quietlegs.trials.estimate import estimate
from quietlegs.trials.families import permuted_rounds
from quietlegs.trials.judge import Told, judge
from quietlegs.trials.more_nights import NOT_WORTH_IT
from quietlegs.trials.nights import Nights
from quietlegs.trials.plan_nights import Aim, Usual, plan_nights
from quietlegs.trials.regressors import Declared
from quietlegs.trials.rerandomise import Experiment
from quietlegs.trials.scale import Axis
from quietlegs.trials.schedule import Schedule, draw
from quietlegs.trials.spending import Spending
from quietlegs.trials.wager import wager

Sums = dict[str, float]
_LEARNED = 28
_ASKED = 30
_HORIZON = 120
_POINTS = Told(axis=Axis("answer"))


class Cell(NamedTuple):
    """A person (`Person`, `Restless` for relief, `World` for regret) under a name; it keys the measurements."""

    name: str
    person: Any


@dataclass(frozen=True)
class Study:
    """`measure` takes a person, a number of diaries and a generator; `diaries` are wanted, `chunk` at a time.

    A changed `version` begins anew; the seed is fixed by study, version, cell and chunk.
    """

    name: str
    measure: Callable[[Any, int, np.random.Generator], Sums]
    cells: tuple[Cell, ...]
    diaries: int
    chunk: int
    version: int = 1


def claimed(answers: Floats, codes: np.ndarray, person: Person, rng: np.random.Generator) -> Claim:
    """Look at one diary every night to its end."""
    lots = person.lots
    return claim(Experiment(answers, codes, lots), Spending((lots.nights,), (ERROR,)), rng=rng)


def false_claims(person: Person, diaries: int, rng: np.random.Generator) -> Sums:
    """Count diaries of a person on whom no arm acts in which anything was claimed at any look."""
    pairs = zip(*person.diaries(diaries, rng), strict=True)
    return {"claimed": sum(bool(claimed(answers, codes, person, rng).claimed) for answers, codes in pairs)}


def power(person: Person, diaries: int, rng: np.random.Generator) -> Sums:
    """Count right claims about the arm that acts, and wrong ones about it or another."""
    right = wrong = 0
    for answers, codes in zip(*person.diaries(diaries, rng), strict=True):
        found = {each.arm: each.higher for each in claimed(answers, codes, person, rng).claimed}
        right += found.get(1) is (person.effect > 0)
        wrong += any(arm != 1 or higher is not (person.effect > 0) for arm, higher in found.items())
    return {"right": right, "wrong": wrong}


def oracle(person: Person, diaries: int, rng: np.random.Generator) -> Sums:
    """Measure the oracle's power once, on people of its own."""
    looks, once = oracle_power(person, rng)
    return {"looks": looks * diaries, "once": once * diaries}


def wagered(person: Person, diaries: int, rng: np.random.Generator) -> Sums:
    """Count wagers that were won, on the arm that acts in the right direction and on all others."""
    right = wrong = 0
    for answers, codes in zip(*person.diaries(diaries, rng), strict=True):
        found = {each.arm: each.higher for each in wager(Experiment(answers, codes, person.lots)).claimed}
        is_right = person.effect != 0 and found.get(1) is (person.effect > 0)
        right += is_right
        wrong += len(found) > is_right
    return {"right": right, "wrong": wrong}


def coverage(person: Person, diaries: int, rng: np.random.Generator) -> Sums:
    """Count intervals at one single look that hold the truth; add up how far the estimate is off."""
    truth, found = person.truth(), []
    declared = Declared(carry_over=person.carried > 0)
    for answers, codes in zip(*person.diaries(diaries, rng), strict=True):
        one = estimate(nights_of(answers, codes, person.arms), comparator="0", declared=declared).of("1").effect
        found.append((one.low <= truth <= one.high, one.mean - truth, (one.mean - truth) ** 2))
    covered, off, squared = np.sum(found, axis=0).tolist()
    return {"covered": covered, "off": off, "squared": squared}


def planned(person: Person, diaries: int, rng: np.random.Generator) -> Sums:
    """Count people whose arm was claimed by the N that was planned for 80 %."""
    usual = Usual(person.sd, person.phi, person.missing, _LEARNED)
    aim = Aim(person.arms, person.block, 365, effect=abs(person.effect))
    nights = plan_nights(usual, aim, rng).nights or aim.horizon_nights
    found = 0
    for _ in range(diaries):
        lots = permuted_rounds(person.arms, block_nights=person.block, rounds=nights // (person.arms * person.block))
        codes = lots.draw(rng)
        felt = person.level + person.noise(lots.nights, 1, rng)[0] + person.doing(codes)
        answers = np.where(person.left_out(felt, rng), np.nan, person.answered(felt))
        made = claim(Experiment(answers, codes, lots), Spending((lots.nights,), (ERROR,)), rng=rng)
        found += any(each.arm == 1 and each.higher is (person.effect > 0) for each in made.claimed)
    return {"found": found, "nights": float(nights * diaries)}


def more_nights(person: Person, diaries: int, rng: np.random.Generator) -> Sums:
    """Hold "about N more nights", said on the 30th night of 120, against the night of the verdict."""
    sums = dict.fromkeys(("open", "expected", "ended", "low", "by_low", "middle", "by_middle", "high", "by_high"), 0.0)
    for _ in range(diaries):
        one = replace(person, effect=float(rng.normal(0, 1)))
        nights, schedule = _kept(one, rng)
        told = replace(_POINTS, declared=Declared(carry_over=person.carried > 0))
        said = judge(_until(nights, schedule, _ASKED), schedule, told=told).of("1").more
        if said is None:
            continue
        wait = _wait(nights, schedule, told)
        sums["open"] += 1
        sums["expected"] += said.chance
        sums["ended"] += wait <= said.left
        for name, number in (("low", said.low), ("middle", said.nights), ("high", said.high)):
            sums[name] += number is not None
            sums[f"by_{name}"] += number is not None and wait <= number
    return sums


def _kept(person: Person, rng: np.random.Generator) -> tuple[Nights, Schedule]:
    """Return a diary with its schedule, kept from the start; arms are called by their numbers."""
    names = tuple(str(arm) for arm in range(person.arms))
    stage = Stage(_HORIZON // (person.arms * person.block), ERROR)
    design = Design(names, "0", person.block, (stage,), seed=int(rng.integers(2**60)))
    schedule = draw(design, design.fresh_lot(), starts_on=FIRST.astype(object))
    felt = person.level + person.noise(len(schedule), 1, rng)[0] + person.doing(schedule.arms)
    answers = np.where(person.left_out(felt, rng), np.nan, person.answered(felt))
    return Nights(schedule.on, schedule.arms, names, answers), schedule


def _until(nights: Nights, schedule: Schedule, gone: int) -> Nights:
    return nights.where(np.arange(len(nights)) < schedule.design.run_in_nights + gone)


def _wait(nights: Nights, schedule: Schedule, told: Told) -> float:
    """Return after how many more nights arm 1 had its verdict, asked every second night; infinite without one."""
    whole = judge(nights, schedule, told=told).claim
    claimed = whole.of(1) if whole else None
    for gone in range(_ASKED + 2, _HORIZON + 1, 2):
        found = estimate(_until(nights, schedule, gone), comparator="0", declared=told.declared).of("1")
        if (claimed and claimed.night <= gone) or found.worthwhile < NOT_WORTH_IT:
            return gone - _ASKED
    return np.inf


def _cells(people: Iterable[Person], effects: tuple[float, ...] = ()) -> tuple[Cell, ...]:
    if not effects:
        return tuple(Cell(name_of(person), person) for person in people)
    return tuple(
        Cell(f"{name_of(person)}, effect {effect:+g}", replace(person, effect=effect))
        for effect in effects
        for person in people
    )


PLANNED = (
    Person(effect=-1.0, arms=2),
    Person(effect=-1.0, arms=2, block=2, sd=1.5, phi=0.3, missing=0.1),
    Person(effect=-1.0, arms=2, block=3, sd=1.0, phi=0.0, missing=0.4),
    Person(effect=-1.0, arms=3, sd=1.5, phi=0.8),
)
_USUAL, *_ELSEWHERE = (Cell(name, world) for name, world in WORLDS.items())
STUDIES = (
    Study("claims", false_claims, _cells(NULL), 2_000, 100),
    Study("power", power, _cells(POWER, EFFECTS), 400, 100),
    Study("oracle", oracle, _cells(POWER, EFFECTS), 4_000, 4_000),
    Study("coverage", coverage, _cells(NULL, (0.0, -1.0)), 500, 250),
    Study("carried", coverage, _cells(CARRIED), 500, 250),
    Study("wager", wagered, _cells((Person(), Person(arms=2), Person(block=3)), (0.0, -1.0, -2.0)), 400, 100),
    Study("planned", planned, _cells(PLANNED), 500, 100),
    Study("more", more_nights, _cells((Person(arms=2), Person(arms=3), Person(arms=2, carried=0.3))), 500, 50),
    Study("as needed", as_needed, _cells((Person(arms=2, effect=-1.0),)), 500, 100),
    Study("regret", regret, (_USUAL,), 500, 5, version=4),
    Study("regret elsewhere", regret, tuple(_ELSEWHERE), 100, 25, version=3),
    Study("relief", told, tuple(Cell(restless_name(person), person) for person in RESTLESS), 600, 50),
)
