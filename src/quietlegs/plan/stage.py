"""What was decided about movements and habits that were tried: kept in the routine, or left out of it, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quietlegs.records.fact import Fact
from quietlegs.records.tried import Choice, Decision, Finding, TrialStart
from quietlegs.words.catalogue import _, later
from quietlegs.words.dates import day

_LEFT_OUT = {
    Finding.WORSE: later("your trial showed that it makes your legs worse, so you left it out on {day}."),
    Finding.NOT_WORTH_IT: later("your trial found it not worth it, so you left it out on {day}."),
}
_KEPT = {
    Finding.HELPS: later("your trial showed that it helps you, so you kept it on {day}."),
}
_REMARKS = {
    Finding.WORSE: later("You tried this: it made your legs worse."),
    Finding.NOT_WORTH_IT: later("You tried this: not worth it for you so far."),
}
_LEFT = later("You tried this and left it out.")


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds of one movement or habit: it `stays` in the routine, or is left out of it.

    `helps` is the chance that it helps, as it was then. `because` goes on after a colon, as in "Without heel raises:
    ...".
    """

    arm: str
    stays: bool
    on: date
    found: Finding
    because: str
    helps: float | None = None


def standing(facts: Iterable[Fact]) -> dict[str, Decided]:
    """Return what was decided last of each movement or habit, by its key.

    A trial that was started later with the same movement asks anew, so the decision before it holds no longer; nothing
    is said of what goes on.

    Parameters
    ----------
    facts : iterable of Fact
        Decisions and trials that hold now; facts of other kinds are passed over.
    """
    found: dict[str, Decided] = {}
    for fact in sorted(facts, key=lambda one: (one.noted.at, isinstance(one.payload, Decision), one.id)):
        told = fact.payload
        if isinstance(told, TrialStart):
            for arm in told.arms:
                found.pop(arm, None)
        elif isinstance(told, Decision) and told.choice is not Choice.GO_ON:
            found[told.arm] = _decided(told, fact.night)
    return found


def remarks(facts: Iterable[Fact]) -> dict[str, str]:
    """Return a short kind word on each movement or habit that was left out after a trial, by its key.

    Parameters
    ----------
    facts : iterable of Fact
        As for `standing`.
    """
    return {key: _(_REMARKS.get(one.found, _LEFT)) for key, one in standing(facts).items() if not one.stays}


def harmful(facts: Iterable[Fact]) -> frozenset[str]:
    """Return what a trial showed to make the legs worse, and was left out therefore.

    Parameters
    ----------
    facts : iterable of Fact
        As for `standing`.
    """
    held = standing(facts).values()
    return frozenset(one.arm for one in held if not one.stays and one.found is Finding.WORSE)


def _decided(told: Decision, on: date) -> Decided:
    stays = told.choice is Choice.KEEP
    words = (_KEPT if stays else _LEFT_OUT).get(told.found)
    usual = _("you kept it on {day}.", day=day(on)) if stays else _("you left it out on {day}.", day=day(on))
    return Decided(told.arm, stays, on, told.found, _(words, day=day(on)) if words else usual, told.helps)
