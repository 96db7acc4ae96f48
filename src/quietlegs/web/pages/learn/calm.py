"""Movements made because the legs were restless: what the experiment shows, and all of them gathered by movement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.calmed import answered, sentences
from quietlegs.plan.calming import Experiment
from quietlegs.records.fact import Fact
from quietlegs.records.felt import Relief
from quietlegs.trials.relief import MovementRelief


@dataclass(frozen=True, slots=True)
class Calmed:
    """How often one movement was made; the medians are over the `rated` times with a rating before and after."""

    name: str
    times: int
    rated: int
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What an experiment on relief shows: sentences, the first of them on top, and its numbers; `draws` made so far."""

    experiment: Experiment
    sentences: tuple[str, ...]
    movements: tuple[MovementRelief, ...]
    comparator: str
    draws: int


def shown(experiment: Experiment | None, library: Library) -> Shown | None:
    """Return what an experiment shows by the names that people know; None where there is none."""
    if experiment is None:
        return None
    answer = answered(experiment, tuple(called(experiment.start.movements, library).values()))
    draws = len(experiment.history)
    return Shown(experiment, sentences(experiment, library), answer.movements, answer.comparator, draws)


def calmed(facts: Iterable[Fact], library: Library) -> tuple[Calmed, ...]:
    """Return each movement made, the one made most often first."""
    made: dict[str, list[Relief]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.payload, Relief):
            made[fact.payload.movement].append(fact.payload)
    found = [_calmed(library.exercises[key].name if key in library.exercises else key, made[key]) for key in made]
    return tuple(sorted(found, key=lambda one: -one.times))


def _calmed(name: str, reliefs: list[Relief]) -> Calmed:
    pairs = [(one.before, one.after) for one in reliefs if one.before is not None and one.after is not None]
    if not pairs:
        return Calmed(name, len(reliefs), 0, None, None)
    before, after = (float(median(side)) for side in zip(*pairs, strict=True))
    return Calmed(name, len(reliefs), len(pairs), before, after)
