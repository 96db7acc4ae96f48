"""What is not offered to restless legs for a while: it hurt, made them worse, or a trial showed it to be harmful."""

from collections.abc import Iterable
from datetime import date

from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.ladder_nights import made_worse
from quietlegs.plan.stage import harmful
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact

# How far back it is looked at: evenings that were worse count together for as long as what they left out is left out.
SINCE = 2 * rules.OUT_AFTER_WORSE


def set_aside(facts: Iterable[Fact], tonight: date) -> frozenset[str]:
    """Return the movements that nothing offers on this night unless the person asks for them.

    All that the ladder leaves out of the routine is among them, and a movement that hurt once within two weeks too:
    the ladder does it at an easier level, but legs that are restless now have a gentle one of their own.

    Parameters
    ----------
    facts : iterable of Fact
        Practice and relief that hold now, of `SINCE` before tonight at least; trials and what was decided after them.
    tonight : date
        The night that is going on.
    """
    known = tuple(facts)
    lately = [one for one in known if one.night <= tonight]
    return harmful(known) | _hurt(lately, tonight) | _worse(lately, tonight)


def _hurt(facts: Iterable[Fact], tonight: date) -> frozenset[str]:
    practised = [(one.night, one.payload) for one in facts if isinstance(one.payload, Practice)]
    return frozenset(done.exercise for on, done in practised if rules.hurt(done) and rules.lately_hurt(on, tonight))


def _worse(facts: Iterable[Fact], tonight: date) -> frozenset[str]:
    evenings: dict[str, set[date]] = {}
    for one in facts:
        if (key := made_worse(one)) is not None:
            evenings.setdefault(key, set()).add(one.night)
    return frozenset(key for key, on in evenings.items() if _out(sorted(on), tonight))


def _out(on: list[date], tonight: date) -> bool:
    """Whether the ladder leaves it out: so many evenings within the time, and the last no longer ago."""
    runs = zip(on, on[rules.WORSE_EVENINGS - 1 :], strict=False)
    return any(last - first < rules.OUT_AFTER_WORSE and tonight - last <= rules.OUT_AFTER_WORSE for first, last in runs)
