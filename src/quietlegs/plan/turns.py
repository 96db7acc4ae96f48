"""Tonight's turn of each trial that runs: trials side by side have a lot each, and none knows of another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quietlegs.library.called import AS_USUAL
from quietlegs.library.shelf import Library
from quietlegs.plan.kept import is_shown, running_all
from quietlegs.records.fact import Fact
from quietlegs.records.moment import Moment


@dataclass(frozen=True, slots=True)
class Turn:
    """What one trial's draw says: `arm` is one of its `arms`, None in the run-in.

    `ahead` means that the night is still to come: its hour must not tell what was drawn.
    """

    arms: tuple[str, ...]
    comparator: str
    arm: str | None
    ahead: bool = False


def turns_on(facts: Iterable[Fact], night: date, *, ahead: bool = False) -> tuple[Turn, ...]:
    """Return one turn of each trial that is not over, the trial begun first at the beginning.

    Parameters
    ----------
    facts : iterable of Fact
        Trials that hold now; facts of other kinds are passed over.
    night : date
        Tonight, or a night that is planned `ahead`.
    """
    found = ((one, one.schedule.design) for one in running_all(facts, night))
    return tuple(Turn(design.arms, design.comparator, one.turn_on(night), ahead) for one, design in found)


def hidden_of(drawn: Iterable[str], now: Moment, library: Library) -> frozenset[str]:
    """Return those of tonight's turns that may not be seen yet.

    Parameters
    ----------
    drawn : iterable of str
        What `Evening.drawn` tells.
    now : Moment
        Within tonight, from noon to noon.
    library : Library
        Knows which turns are movements.
    """
    return frozenset(turn for turn in drawn if not is_shown(turn, now, library))


def told_of(drawn: Iterable[str], library: Library) -> tuple[str, ...]:
    """Return the turns that are named: an evening as usual goes without saying where another habit was drawn."""
    turns = tuple(drawn)
    if any(turn in library.habits for turn in turns):
        return tuple(turn for turn in turns if turn != AS_USUAL)
    return turns
