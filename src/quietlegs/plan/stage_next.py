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
    it worse. First one movement of each kind that was not tried yet: what helps nothing will hardly help in another
    form. Then habits, then other movements of the same kinds, then what was tried before; in place of a habit, habits
    come first. Among them by grade of evidence; then gentle before moderate; then what may be done latest; then by the
    library's numbers. Iron and magnesium are never tried.

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
    ordered = [one.key for one in sorted(movements, key=lambda one: (one.key in tried, *_rank(one)))]
    lived = [one.key for one in sorted(habits, key=lambda one: (one.key in tried, _habit_rank(one, library)))]
    new = _of_new_kinds(ordered, tried, library)
    first = (*lived, *new) if like in library.habits else (*new, *lived)
    usual = (*first, *(key for key in ordered if key not in new))
    return tuple(key for key in sorted(usual, key=tried.__contains__) if key not in held and key != like)


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
