"""What may be tried next, in a stated order: safe for this person first of all, then what speaks for it."""

from collections.abc import Iterable

from quietlegs.library.evidence import Grade, Habit
from quietlegs.library.exercise import Effort, Exercise, Position
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed, allowed
from quietlegs.plan.stage import Decided, standing
from quietlegs.records.fact import Fact, newest
from quietlegs.records.person import Posture, Wishes
from quietlegs.records.tried import Finding, TrialStart

# Chosen here: what was seen in people with restless legs, if only by looking on, says more than advice.
_GRADES = (
    *(Grade.ATTENTION_CONTROLLED, Grade.RANDOMISED, Grade.OTHER_POPULATION),
    *(Grade.OBSERVATIONAL, Grade.ADVICE, Grade.NONE),
)


def candidates(library: Library, facts: Iterable[Fact], like: str) -> tuple[str, ...]:
    """Return what may be tried next in place of `like`, best first: keys of movements, or of habits.

    Left out are movements that the safety answers speak against, those that are not seated where sitting is wished,
    what was decided about before (whoever wants it again starts a trial of it), and other forms of a movement that made
    it worse. First what was not tried yet; then by grade of evidence; then gentle before moderate; then what may be
    done latest; then by the library's numbers. In place of a movement comes a movement, habits where none is left, and
    the other way round. Iron and magnesium are never tried.

    Parameters
    ----------
    library : Library
        Holds everything that could be tried.
    facts : iterable of Fact
        Safety answers, wishes, trials and decisions that hold now.
    like : str
        The key of what makes room.
    """
    known = tuple(facts)
    tried = {arm for one in known if isinstance(one.payload, TrialStart) for arm in one.payload.arms}
    held = standing(known)
    movements = _movements(library, allowed(library, known), held, seated=_sits(known))
    habits = [one for one in library.habits.values() if one.can_be_tested]
    ordered = sorted(movements, key=lambda one: (one.key in tried, *_rank(one)))
    lived = sorted(habits, key=lambda one: (one.key in tried, _habit_rank(one, library)))
    found = [[one.key for one in ordered], [one.key for one in lived]]
    first, then = reversed(found) if like in library.habits else found
    return tuple(key for key in (*first, *then) if key not in held and key != like)


def _movements(library: Library, may: Allowed, held: dict[str, Decided], *, seated: bool) -> list[Exercise]:
    known = library.exercises
    worse = {known[key].number for key, one in held.items() if key in known and one.found is Finding.WORSE}
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
