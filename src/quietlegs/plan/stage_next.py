"""What may be tried next, in a stated order: safe for this person first of all, then what speaks for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quietlegs.library.evidence import Grade, Habit
from quietlegs.library.exercise import Effort, Exercise, Position
from quietlegs.library.shelf import Library
from quietlegs.plan.alike import is_exercise, kind_of, way_of
from quietlegs.plan.allowed import Allowed, allowed
from quietlegs.plan.believed import Believed
from quietlegs.plan.kept import running_all
from quietlegs.plan.ladder_rules import OUT_AFTER_WORSE
from quietlegs.plan.stage import Decided, standing
from quietlegs.records.fact import Fact, newest
from quietlegs.records.person import Posture, Wishes
from quietlegs.records.tried import Choice, Decision, Finding, TrialStart

# Chosen here: what was seen in people with restless legs, if only by looking on, says more than advice.
_GRADES = (
    *(Grade.ATTENTION_CONTROLLED, Grade.RANDOMISED, Grade.OTHER_POPULATION),
    *(Grade.OBSERVATIONAL, Grade.ADVICE, Grade.NONE),
)
# Chosen on simulated people, see docs/methods/plan.md.
HARMS, TRIED_FROM, QUIET_FROM, AGAIN_FROM = 0.7, 0.35, 0.9, 0.5
# As long as the ladder leaves out what made the legs worse.
AGAIN_AFTER = OUT_AFTER_WORSE
# Chances are told apart by 5 in 100; below that evidence and gentleness say more.
_STEPS = 20
_LEFT_OUT = (Choice.SWITCH, Choice.DROP)
_OPEN = (Finding.CANNOT_TELL, Finding.LEANING)


def candidates(library: Library, facts: Iterable[Fact], like: str, beliefs: Believed | None = None) -> tuple[str, ...]:
    """Return what may be tried next in place of `like`, best first: keys of movements, or of habits.

    Left out are movements that the safety answers speak against, those that are not seated where sitting is wished,
    what was decided about before (whoever wants it again starts a trial of it), other forms of a movement that made it
    worse, and, by all nights together, what is unlikely to help; and all but quiet movements, where exercise as such is
    likely to harm. Of one kind one is enough: what is kept or on trial stands for its likes.

    Movements come first, in place of a habit habits; then what was not tried yet; then by the chance to help, in steps
    of 5 in 100; then what does something else to the legs than all before; then one of each kind; then by grade of
    evidence, gentle before moderate, what may be done latest, the library's numbers. What was left out once without an
    answer comes again after three months. Iron and magnesium are never tried.

    Parameters
    ----------
    library : Library
        Holds everything that could be tried.
    facts : iterable of Fact
        Safety answers, wishes, trials and decisions that hold now.
    like : str
        The key of what makes room.
    beliefs : Believed, optional
        What all nights together make likely; without it everything is as likely as anything.
    """
    known = tuple(facts)
    tried = {arm for one in known if isinstance(one.payload, TrialStart) for arm in one.payload.arms}
    held = standing(known)
    movements = _movements(library, allowed(library, known), held, seated=_sits(known))
    habits = [one for one in library.habits.values() if one.can_be_tested]
    ordered = [one.key for one in sorted(movements, key=lambda one: (one.key in tried, *_rank(one)))]
    lived = [one.key for one in sorted(habits, key=lambda one: (one.key in tried, _habit_rank(one, library)))]
    new = _of_new_kinds(ordered, tried, library)
    usual = (*new, *(key for key in ordered if key not in new), *lived)
    again = _second_chances(known, held, beliefs) if beliefs else frozenset[str]()
    free = [key for key in usual if (key not in held or key in again) and key != like]
    if beliefs:
        free = [key for key in free if _is_likely(key, beliefs)]
        free = _of_other_kinds(free, {like, *_present(known, held, beliefs)}, library)
    return tuple(sorted(free, key=_Order(library, tried, like in library.habits, beliefs).of))


@dataclass(frozen=True, slots=True)
class _Order:
    """What speaks for a thing: whether habits come first, what was not tried yet, its chance, another way."""

    library: Library
    tried: set[str]
    habits_first: bool
    beliefs: Believed | None

    def of(self, key: str) -> tuple[bool, bool, int, bool]:
        """Return the rank of one thing; the order before stays between equals."""
        chance = self.beliefs.of(key) if self.beliefs else 0.5
        is_habit = key in self.library.habits
        ways = {way_of(one, self.library) for one in self.tried & set(self.library.exercises)}
        is_known_way = not is_habit and way_of(key, self.library) in ways
        return is_habit is not self.habits_first, key in self.tried, -round(chance * _STEPS), is_known_way


def _is_likely(key: str, beliefs: Believed) -> bool:
    """Whether a thing is worth a try at all: not unlikely to help, and no exercise where exercise harms."""
    quiet_alone = beliefs.exercise_harms >= QUIET_FROM
    return beliefs.of(key) >= TRIED_FROM and not (quiet_alone and is_exercise(key, beliefs.library))


def _present(facts: tuple[Fact, ...], held: dict[str, Decided], beliefs: Believed) -> set[str]:
    """Return what is kept, and what is on trial."""
    on_trial = {arm for one in running_all(facts, beliefs.on) for arm in one.schedule.design.arms}
    return on_trial | {key for key, one in held.items() if one.stays}


def _of_other_kinds(keys: list[str], present: set[str], library: Library) -> list[str]:
    kinds = {kind_of(key, library) for key in present & set(library.exercises)}
    return [key for key in keys if key in library.habits or kind_of(key, library) not in kinds]


def _harmed(one: Decided) -> bool:
    """Whether it made it worse, as a claim or with a chance of `HARMS` or more."""
    return one.found is Finding.WORSE or (one.helps is not None and one.helps <= 1 - HARMS)


def _second_chances(facts: tuple[Fact, ...], held: dict[str, Decided], beliefs: Believed) -> frozenset[str]:
    """Return what was left out once, three months ago, without an answer, and has a fair chance by now."""
    left = Counter(
        one.payload.arm for one in facts if isinstance(one.payload, Decision) and one.payload.choice in _LEFT_OUT
    )
    return frozenset(
        key
        for key, one in held.items()
        if not one.stays and left[key] == 1 and one.found in _OPEN
        if beliefs.of(key) >= AGAIN_FROM and beliefs.on - one.on >= AGAIN_AFTER
    )


def _of_new_kinds(ordered: list[str], tried: set[str], library: Library) -> list[str]:
    """Return the first movement of each kind that was not tried yet, in order."""
    seen = {kind_of(key, library) for key in tried if key in library.exercises}
    found: list[str] = []
    for key in ordered:
        if kind_of(key, library) not in seen:
            seen.add(kind_of(key, library))
            found.append(key)
    return found


def _movements(library: Library, may: Allowed, held: dict[str, Decided], *, seated: bool) -> list[Exercise]:
    known = library.exercises
    worse = {known[key].number for key, one in held.items() if key in known and _harmed(one)}
    return [
        one
        for one in known.values()
        if one.doses and not one.comparator and may.reason_against(one) is None
        if not seated or one.position is Position.SEATED
        if one.number not in worse
    ]


def _rank(one: Exercise) -> tuple[int, bool, int, int, str]:
    return _GRADES.index(one.grade), one.effort is Effort.MODERATE, one.latest_min, one.number, one.key


def _habit_rank(one: Habit, library: Library) -> int:
    return min((_GRADES.index(library.sources[each.source].grade) for each in one.evidence), default=len(_GRADES))


def _sits(facts: tuple[Fact, ...]) -> bool:
    wishes = newest(facts, Wishes)
    return wishes is not None and wishes.posture is Posture.SEATED
