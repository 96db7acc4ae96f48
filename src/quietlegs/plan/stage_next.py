"""What may be tried next, in a stated order: safe for this person first of all, then what speaks for it."""

from collections import Counter
from collections.abc import Iterable

from quietlegs.library.evidence import Grade, Habit
from quietlegs.library.exercise import Effort, Exercise, Position
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed, allowed
from quietlegs.plan.ladder_rules import REST
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
CAREFUL_AFTER, HARMS, AGAIN_FROM = 2, 0.7, 0.35
# Rest, and what hands do: none of it is exercise.
QUIET = REST | {"calf_massage"}
_LEFT_OUT = (Choice.SWITCH, Choice.DROP)
_OPEN = (Finding.CANNOT_TELL, Finding.LEANING)


def candidates(library: Library, facts: Iterable[Fact], like: str) -> tuple[str, ...]:
    """Return what may be tried next in place of `like`, best first: keys of movements, or of habits.

    Left out are movements that the safety answers speak against, those that are not seated where sitting is wished,
    what was decided about before (whoever wants it again starts a trial of it), and other forms of a movement that made
    it worse. First one movement of each kind that was not tried yet: what helps nothing will hardly help in another
    form. Then habits, then other movements of the same kinds, then what was tried before; in place of a habit, habits
    come first. What was left out once without an answer comes again at the very end, since noise may have hidden it.
    After two movements that made it worse, only quiet ones are left. Among them by grade of evidence; then gentle
    before moderate; then what may be done latest; then by the library's numbers. Iron and magnesium are never tried.

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
    if made_worse(known, library) >= CAREFUL_AFTER:
        movements = [one for one in movements if one.key in QUIET]
    habits = [one for one in library.habits.values() if one.can_be_tested]
    ordered = [one.key for one in sorted(movements, key=lambda one: (one.key in tried, *_rank(one)))]
    lived = [one.key for one in sorted(habits, key=lambda one: (one.key in tried, _habit_rank(one, library)))]
    new = _of_new_kinds(ordered, tried, library)
    first = (*lived, *new) if like in library.habits else (*new, *lived)
    usual = (*first, *(key for key in ordered if key not in new))
    open_ = _second_chances(known, held)
    free = (key for key in usual if (key not in held or key in open_) and key != like)
    return tuple(sorted(free, key=lambda key: (key in tried, key in held)))


def made_worse(facts: Iterable[Fact], library: Library) -> int:
    """Return how many movements were left out with a chance of 7 in 10 or more that they made it worse.

    Parameters
    ----------
    facts : iterable of Fact
        Decisions that hold now; facts of other kinds are passed over.
    library : Library
        Tells movements from habits.
    """
    left = (one.payload for one in facts if isinstance(one.payload, Decision) and one.payload.choice in _LEFT_OUT)
    return len({one.arm for one in left if _harmed(one)} & set(library.exercises))


def _harmed(one: Decision | Decided) -> bool:
    """Whether it made it worse, as a claim or with a chance of `HARMS` or more."""
    return one.found is Finding.WORSE or (one.helps is not None and one.helps <= 1 - HARMS)


def _second_chances(facts: tuple[Fact, ...], held: dict[str, Decided]) -> frozenset[str]:
    """Return what was left out once, without an answer and with a fair chance that it helps."""
    left = Counter(
        one.payload.arm for one in facts if isinstance(one.payload, Decision) and one.payload.choice in _LEFT_OUT
    )
    return frozenset(
        key
        for key, one in held.items()
        if not one.stays and left[key] == 1 and one.found in _OPEN and (one.helps or 0.0) >= AGAIN_FROM
    )


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
