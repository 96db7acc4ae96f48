"""What goes along with good and bad nights in this diary: hints about what to test, by the names that people know."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.kept import nights_kept
from quietlegs.plan.surroundings import factors, name_of
from quietlegs.records.done import Assignment, NightState, Practice
from quietlegs.records.fact import Fact, Payload
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.slept import Intake, Sleep
from quietlegs.records.tried import TrialEnd, TrialStart
from quietlegs.trials.pattern import Kind, Pattern, Patterns, Refused, patterns
from quietlegs.trials.pattern_wording import pattern_sentence, pattern_sentences, trial_sentence
from quietlegs.words.catalogue import _
from quietlegs.words.numbers import number

KINDS: tuple[type[Payload], ...] = (
    *(NightRating, Intake, Sleep, Practice, Relief, NightState),
    *(Assignment, TrialStart, TrialEnd),
)
# Years of them are gone through but once.
_BESIDE = (Intake, Sleep, Practice, Relief, NightState)


@dataclass(frozen=True, slots=True)
class Seen:
    """One factor: its pattern, what a trial would try (a key of the library; None where there is none), in sentences.

    `tag` says it in a word or two, `number` the difference with its range, `found` all of it in a sentence, `test`
    how a fair test would go, or why there is none. Without a pattern `number` is empty.
    """

    key: str
    pattern: Pattern
    tried: str | None
    tag: str
    number: str
    found: str
    test: str

    @property
    def stands_out(self) -> bool:
        """Whether a test is worth offering at once."""
        return self.pattern.goes_along or self.refused_as_needed

    @property
    def refused_as_needed(self) -> bool:
        """Whether it is done because the legs are bad, so that nothing can be read from it."""
        return self.pattern.refused is Refused.AS_NEEDED


@dataclass(frozen=True, slots=True)
class Noticed:
    """All that was looked at; `sentences` say what it means, also where nothing could be looked at."""

    patterns: Patterns
    each: tuple[Seen, ...]
    sentences: tuple[str, ...]


def noticed(facts: Iterable[Fact], library: Library, *, outcome: str) -> Noticed:
    """Look at everything that the diary knows about its nights.

    Parameters
    ----------
    facts : iterable of Fact
        Those of `KINDS` that hold now.
    library : Library
        Knows the names.
    outcome : str
        What the rating is called in sentences.
    """
    known = tuple(facts)
    nights = nights_kept(one for one in known if not isinstance(one.payload, _BESIDE))
    looked_at = factors(known, nights, library) if nights else {}
    found = patterns(nights, looked_at) if nights else Patterns((), 0)
    each = tuple(_seen(one, library, outcome) for one in found.each)
    named = replace(found, each=tuple(one.pattern for one in each))
    return Noticed(named, each, pattern_sentences(named, outcome=outcome))


def _seen(one: Pattern, library: Library, outcome: str) -> Seen:
    """Tell a factor by its name; its habit becomes words, and the key of what would be tried stays beside them."""
    tried = one.habit if one.can_be_tested else None
    habit = called((tried,), library)[tried] if tried else None
    named = replace(one, name=name_of(one.name), habit=habit)
    sentence = pattern_sentence(named, outcome=outcome)
    test = _by_movement(habit) if tried in library.exercises and one.kind is Kind.CHOSEN else trial_sentence(named)
    return Seen(one.name, named, tried, _tag(named), _number(named), sentence[:1].upper() + sentence[1:], test)


def _by_movement(habit: str | None) -> str:
    return _("Test it: each evening a lot decides, {movement} or slow breathing.", movement=habit)


def _number(one: Pattern) -> str:
    if one.difference is None or not one.goes_along:
        return ""
    told = one.difference
    mean, low, high = (number(value, 1, sign=True) for value in (told.mean, told.low, told.high))
    return _("{mean} points, between {low} and {high}", mean=mean, low=low, high=high)


def _tag(one: Pattern) -> str:
    if one.refused:
        early = one.refused in (Refused.TOO_FEW, Refused.TOO_RARE)
        return _("too early") if early else _("no verdict")
    if not one.goes_along or one.difference is None:
        return _("no sign")
    return _("more restless") if one.difference.mean > 0 else _("calmer")
