"""What an experiment on relief has shown so far: numbers by key, sentences by name."""

from collections.abc import Sequence
from dataclasses import replace

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.calming import Experiment
from quietlegs.trials.relief import ReliefAnswer, relief
from quietlegs.trials.relief_wording import relief_sentences


def answered(experiment: Experiment, names: Sequence[str] | None = None) -> ReliefAnswer:
    """Return what is known about the movements of an experiment.

    Parameters
    ----------
    experiment : Experiment
        Running or ended; its comparator is what the others are told from.
    names : sequence of str, optional
        What to call its movements, in their order; their keys when left out.
    """
    keys = experiment.start.movements
    named = replace(experiment.history, movements=tuple(names or keys))
    return relief(named, comparator=named.movements[keys.index(experiment.start.comparator)])


def sentences(experiment: Experiment, library: Library) -> tuple[str, ...]:
    """Say what is known about the movements of an experiment, by the names that people know.

    Parameters
    ----------
    experiment : Experiment
        Running or ended.
    library : Library
        Knows the names; a movement that it no longer knows is called by its key.
    """
    said = relief_sentences(answered(experiment, tuple(called(experiment.start.movements, library).values())))
    return tuple(sentence[:1].upper() + sentence[1:] for sentence in said)
