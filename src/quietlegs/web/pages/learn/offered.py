"""What may be tried, as the page lists it: the usual movements first, and a kind word on what was tried before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quietlegs.library.evidence import Habit
from quietlegs.library.exercise import Exercise
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed

_FIRST_SHOWN = ("calf_wall_straight", "calf_towel", "ankle_pumps", "calf_massage", "heel_raise", "legs_up_wall")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A movement or a habit that may be ticked; `remark` says what came of it where it was left out before."""

    key: str
    name: str
    remark: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """All that may be tried: what is seen at once, what opens by a tap, and the habits."""

    first: tuple[Candidate, ...]
    more: tuple[Candidate, ...]
    habits: tuple[Candidate, ...]

    @property
    def a_habit(self) -> bool:
        """Whether a habit comes ticked, so that the habits stand open."""
        return any(one.ticked for one in self.habits)


def offered(library: Library, may: Allowed, remarks: Mapping[str, str], wished: Collection[str]) -> Offered:
    """Return what can be chosen; what is wished comes ticked and is seen at once, unless it was left out before.

    Who wants to try again what was left out may tick it; nothing offers it unasked.
    """

    def one_of(one: Exercise | Habit) -> Candidate:
        remark = remarks.get(one.key, "")
        return Candidate(one.key, one.name, remark, one.key in wished and not remark)

    open_ = [one_of(one) for one in library.exercises.values() if _can_be_tried(one, may)]
    habits = [one_of(one) for one in library.habits.values() if one.can_be_tested]
    first = [one for one in open_ if one.ticked or (one.key in _FIRST_SHOWN and not one.remark)]
    return Offered(tuple(first), tuple(one for one in open_ if one not in first), tuple(habits))


def _can_be_tried(one: Exercise, may: Allowed) -> bool:
    return bool(one.doses) and not one.comparator and may.reason_against(one) is None
