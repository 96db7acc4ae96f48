"""Which movements may be offered to this person, and why not the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quietlegs.library.exercise import Exercise, Position
from quietlegs.library.safety import Sign
from quietlegs.library.shelf import Library
from quietlegs.records.fact import Fact
from quietlegs.records.person import SafetyAnswers

_EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the safety answers allow: `signs` are those answered yes; `asked` is False before the first answers."""

    asked: bool
    signs: tuple[Sign, ...]

    def reason_against(self, exercise: Exercise) -> str | None:
        """Return why this movement is not offered, None when it may be."""
        for sign in self.signs:
            if _EVERYTHING in sign.blocks or exercise.key in sign.blocks:
                return sign.do
        return None

    @property
    def everything_blocked(self) -> Sign | None:
        """The first sign after which no movement is offered at all, None when there is none."""
        return next((sign for sign in self.signs if _EVERYTHING in sign.blocks), None)


def allowed(library: Library, facts: Iterable[Fact]) -> Allowed:
    """Read the newest safety answers; a question that came into the library later counts as not yet asked.

    Parameters
    ----------
    library : Library
        Its safety table holds the questions.
    facts : iterable of Fact
        Any facts; only safety answers count, the newest by the time of noting.
    """
    answers = [fact for fact in facts if isinstance(fact.payload, SafetyAnswers)]
    if not answers:
        return Allowed(asked=False, signs=())
    newest = max(answers, key=lambda fact: (fact.noted.at, fact.id)).payload
    questions = [sign for sign in library.safety.signs if sign.question]
    asked = isinstance(newest, SafetyAnswers) and all(sign.key in newest.asked for sign in questions)
    yes = newest.yes if isinstance(newest, SafetyAnswers) else ()
    return Allowed(asked=asked, signs=tuple(sign for sign in library.safety.signs if sign.key in yes))


def fitting(exercise: Exercise, may: Allowed, library: Library, *, seated: bool) -> Exercise | None:
    """Return the movement itself, or the first of its seated forms that is wished and allowed, or None."""
    for one in forms(exercise, library):
        sits = not seated or one.position is Position.SEATED
        if sits and may.reason_against(one) is None:
            return one
    return None


def forms(exercise: Exercise, library: Library) -> Iterator[Exercise]:
    """Yield the movement, its seated form, that form's own, and so on; each once.

    Parameters
    ----------
    exercise : Exercise
    library : Library
    """
    seen: set[str] = set()
    one: Exercise | None = exercise
    while one is not None and one.key not in seen:
        seen.add(one.key)
        yield one
        one = library.exercises.get(one.seated or "")
