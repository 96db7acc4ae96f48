"""Why each movement is at its level tonight, in plain words: what moved it, and what it waits for."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from quietlegs.library.exercise import LEVELS
from quietlegs.library.shelf import Library
from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.ladder import Ladder
from quietlegs.plan.ladder_rungs import Moved, Rung, Why
from quietlegs.records.person import AgeBand
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.dates import day, weekdays
from quietlegs.words.lists import within_sentence

_EASIER = {
    Why.PAIN: later("Tonight is easier because {night} hurt: {movement}, level {level}."),
    Why.WORSE_NIGHTS: later("Tonight is easier: two nights were worse after {movement} went up. Level {level} again."),
    Why.RAISED: later("One step up tonight: {movement}, level {level}, after easy evenings without pain."),
    Why.CEILING: later("{movement}: level {level}, by what you told us about yourself."),
}
_WIDE = {
    Why.ILL: later("Tonight is one level easier because you were ill on {night}."),
    Why.WEEK_OFF: later("After a week off you begin one level easier. Nothing is lost."),
    Why.REST: later("After your break you begin easier. Nothing is lost."),
    Why.SORE: later("Tonight is easier because your legs were sore on {night}."),
}
_OUT = {
    Why.MADE_WORSE: later("Without {movement} until {until}: your legs were clearly worse after it on three evenings."),
    Why.PAIN: later("Without {movement} until {until}: it hurt again at the easiest level."),
}
_MOVED = {
    Why.RAISED: later("It went up on {night}."),
    Why.TRIAL: later("It was set for your trial."),
    Why.PAIN: later("It went down because {night} hurt."),
    Why.WORSE_NIGHTS: later("It went down after two worse nights."),
    Why.ILL: later("It went down because you were ill."),
    Why.WEEK_OFF: later("It went down after a week off."),
    Why.REST: later("It went down during your break."),
    Why.SORE: later("It went down because your legs were sore."),
    Why.CEILING: later("It went down by what you told us."),
}


def changes_told(ladder: Ladder, library: Library, keys: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence for each change of the last week, and for each movement that is left out for a while.

    Parameters
    ----------
    ladder : Ladder
        Of tonight.
    library : Library
        Knows the movements' names.
    keys : iterable of str
        The movements of tonight's routine.
    """
    told = [*_wide_told(ladder)]
    for key in keys:
        told += _change_told(ladder, library, key)
    out = [(key, rung.out) for key, rung in ladder.rungs.items() if rung.out and ladder.is_out(key)]
    for key, one in sorted(out, key=lambda pair: pair[0]):
        name = within_sentence(library.exercises[key].name)
        told.append(_(_OUT[one.why], movement=name, until=day(one.until)))
    return tuple(told)


def step_told(ladder: Ladder, key: str, highest: str) -> str:
    """Return why a movement is at its level tonight: what moved it last, and what the next step waits for.

    Parameters
    ----------
    ladder : Ladder
        Of tonight.
    key : str
        A movement of tonight's routine.
    highest : str
        Said where it is as high as it goes, see `ceiling_told`.
    """
    if rules.is_rest(key):
        return _("Rest has no steps: it is as long as fits the evening.")
    if key in ladder.terms.on_trial:
        return _("It keeps its level all through your trial, so that only the lot changes something.")
    rung = ladder.rung(key)
    moved = [_(_MOVED[rung.moved.why], night=_night(rung.moved.on, ladder.on))] if rung.moved else []
    return " ".join([*moved, _waits_for(ladder, rung, highest)])


def ceiling_told(may: Allowed, age: AgeBand | None, most: int) -> str:
    """Return why a movement goes no higher for this person.

    Parameters
    ----------
    may : Allowed
    age : AgeBand, optional
        None where it was not told.
    most : int
        The highest level, 1 to 5.
    """
    if most == LEVELS:
        return _("There is no higher level.")
    if rules.ceiling(may, AgeBand.UNDER_65) == most:
        return _("Level {level} is the highest until your doctor has said yes to more.", level=most)
    if age is None:
        return _("Level {level} is the highest as long as we do not know your age.", level=most)
    return _("Level {level} is the highest at your age.", level=most)


def _wide_told(ladder: Ladder) -> Iterator[str]:
    wide = ladder.wide
    if wide is not None and _is_news(wide, ladder.on):
        yield _(_WIDE[wide.why], night=_night(wide.on, ladder.on))


def _change_told(ladder: Ladder, library: Library, key: str) -> Iterator[str]:
    moved = ladder.rung(key).moved
    if moved is None or moved.why not in _EASIER or not _is_news(moved, ladder.on):
        return
    if moved.why is Why.RAISED and moved.on != ladder.on:
        return
    name = within_sentence(library.exercises[key].name)
    yield _(_EASIER[moved.why], movement=name, level=ladder.level(key), night=_night(moved.on, ladder.on))


def _is_news(moved: Moved, on: date) -> bool:
    return on - moved.on < rules.WEEK


def _waits_for(ladder: Ladder, rung: Rung, highest: str) -> str:
    """Say what the next step up waits for; one reason, the first that holds."""
    if ladder.evenings < rules.GENTLE_EVENINGS:
        return _("In the first week everything stays at the easiest level.")
    if rung.level >= ladder.terms.ceiling:
        return highest
    if rules.lately_ill(ladder.ill_on, ladder.on):
        return _("For a week after illness nothing goes up.")
    needed, since = _still_needed(rung, ladder.on)
    if needed > 0:
        return ngettext(
            "It goes up after {count} more easy evening.", "It goes up after {count} more easy evenings.", needed
        )
    if since is not None and ladder.on < since:
        return _("It goes up on {day} or later.", day=day(since))
    return _("It is ready to go up: one movement at a time, this one soon.")


def _still_needed(rung: Rung, on: date) -> tuple[int, date | None]:
    """Return how many easy evenings are missing, and the night before which it does not go up."""
    if rung.level == rules.FIRST_LEVEL and not rung.set_back:
        return rules.EASY_TO_BEGIN - len(rung.easy), None
    lately = [one for one in rung.easy if one >= on - rules.EASY_WITHIN]
    return rules.EASY_TO_RISE - len(lately), rung.since + rules.EASY_WITHIN if rung.since else None


def _night(on: date, tonight: date) -> str:
    """Return the weekday of a night within the last week, else its date."""
    return weekdays()[on.weekday()] if tonight - on < timedelta(days=7) else day(on)
