"""How far movements are alike: before anything is known, what one of them does tells something of the others.

The groups come from the library; the sizes are chosen, round and wide, and rest on no study: nobody has measured how
alike the movements are to one person. In a survey a quarter of people said that exercise only makes their legs worse
(doi:10.1111/jsr.13980), so a part is shared by all exercise, and nothing is expected to help before it was tried.
"""

from dataclasses import dataclass

import numpy as np

from quietlegs.library.exercise import DoseKind
from quietlegs.library.shelf import Library
from quietlegs.plan.dose import CALF_STRETCHES
from quietlegs.plan.ladder_rules import REST, STRENGTH
from quietlegs.trials.whitening import Floats

# Rest, and what hands do: none of it is exercise.
QUIET = REST | {"calf_massage"}
_WAYS = {DoseKind.HOLD: "stretches", DoseKind.REPEAT: "pumps", DoseKind.MINUTES: "walks"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Standard deviations of the parts of an effect, in points of 0 to 10, each part around 0.

    A movement's effect is what all exercise does to this person (rest shares little of it: `at_rest` of it), what its
    way does (`way_of`), what its kind does (`kind_of`), and its `own`. Together about 0.9 points: one movement in four
    makes a difference of a point or more, half of these for the worse. Habits share nothing.
    """

    exercise: float = 0.6
    at_rest: float = 0.3
    way: float = 0.6
    kind: float = 0.3
    own: float = 0.2
    habit: float = 0.7


_USUAL = Likeness()


def way_of(key: str, library: Library) -> str:
    """Return what a movement does to the legs, in the library's terms: rest, calf stretch, strength, other stretches...

    Parameters
    ----------
    key : str
        A movement.
    library : Library
        Knows how each is dosed.

    Examples
    --------
    >>> from quietlegs.library.load import load_library
    >>> [way_of(key, load_library()) for key in ("puzzle", "calf_towel", "mini_squat", "quad", "walk", "ankle_pumps")]
    ['rest', 'calf stretches', 'strength', 'stretches', 'walks', 'pumps']
    """
    if key in QUIET:
        return "rest"
    if key in CALF_STRETCHES:
        return "calf stretches"
    if key in STRENGTH:
        return "strength"
    dosed = library.exercises[key].dose_kind
    return _WAYS[dosed] if dosed else key


def is_exercise(key: str, library: Library) -> bool:
    """Whether it is exercise: neither a habit nor rest."""
    return key in library.exercises and key not in QUIET


def kind_of(key: str, library: Library) -> str:
    """Return what kind of movement it is: those that become the same movement on a chair are of one kind.

    Parameters
    ----------
    key : str
        A movement.
    library : Library
        Knows the seated form of each.

    Examples
    --------
    >>> from quietlegs.library.load import load_library
    >>> kind_of("mini_squat", load_library()), kind_of("walk", load_library())
    ('heel_raise_seated', 'march_seated')
    """
    seated = library.exercises[key].seated
    return key if seated is None or seated == key else kind_of(seated, library)


def covariance(things: tuple[str, ...], library: Library, likeness: Likeness = _USUAL) -> Floats:
    """Return how the effects of these go together before the first night, and as the last one what exercise does.

    Parameters
    ----------
    things : tuple of str
        Movements and habits.
    library : Library
        Tells habits from movements, and which are alike.
    likeness : Likeness, optional
        How far they are alike.
    """
    moves = np.array([key in library.exercises for key in things])
    quiet = np.array([key in QUIET for key in things])
    shared = np.append(np.where(moves, np.where(quiet, likeness.at_rest, 1.0), 0.0), 1.0)
    found = likeness.exercise**2 * np.outer(shared, shared)
    inner = found[:-1, :-1]
    inner += likeness.way**2 * _same([way_of(key, library) if key in library.exercises else "" for key in things])
    inner += likeness.kind**2 * _same([kind_of(key, library) if key in library.exercises else "" for key in things])
    inner += np.diag(np.where(moves, likeness.own**2, likeness.habit**2))
    return np.asarray(found)


def _same(groups: list[str]) -> Floats:
    """Return 1 where two are of one group; the empty one is no group."""
    names = np.array(groups)
    return np.asarray((names[:, None] == names[None, :]) & (names != "")[:, None], dtype=np.float64)
