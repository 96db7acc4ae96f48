"""The ladder: which level each movement has tonight, from all nights before, one rule after the other.

A night has two halves. Before its evening levels are set: what must come down comes down, and at most one movement goes
up. After it what happened is taken in: what hurt, what was easy, how the night was. Nothing is kept between evenings
but the diary's facts, so the same facts give the same levels on every device.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.ladder_nights import Lived
from quietlegs.plan.ladder_rungs import Moved, Rung, Why
from quietlegs.records.done import State

_SEVERITIES_KEPT = 14


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds on one night: the highest level, what trials have in them, and tonight's turns that are movements.

    `at_rest` tells whether it is a night of rest, on which nothing is planned.
    """

    ceiling: int
    on_trial: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()
    at_rest: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """The last movement that went up; `before` are the ratings until then, `tried_on` its first evening since."""

    key: str
    on: date
    before: tuple[int, ...]
    tried_on: date | None = None
    worse: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels, and what the rules have to remember; `evenings` counts those with something of a routine done.

    `evenings_since` counts the evenings since the last raise was tried, `wide` holds what moved all movements last.
    """

    rungs: Mapping[str, Rung] = field(default_factory=dict)
    evenings: int = 0
    evenings_since: int = rules.EVENINGS_BETWEEN
    done_on: date | None = None
    last_done: Mapping[str, date] = field(default_factory=dict)
    strength_on: frozenset[date] = frozenset()
    raised: Raised | None = None
    severities: tuple[int, ...] = ()
    ill_on: date | None = None
    sore_on: date | None = None
    rested_on: date | None = None
    wide: Moved | None = None
    terms: Terms = field(default_factory=lambda: Terms(rules.FIRST_LEVEL))
    on: date = date.min

    def rung(self, key: str) -> Rung:
        """Return where a movement stands; one never done stands on the first."""
        return self.rungs.get(key, Rung())

    def level(self, key: str) -> int:
        """Return a movement's level tonight, 1 to 5."""
        return min(self.rung(key).level, self.terms.ceiling)

    def is_out(self, key: str) -> bool:
        """Return whether a movement is left out for a while, because it hurt or made the legs worse."""
        out = self.rung(key).out
        return out is not None and self.on <= out.until


def climb(nights: Iterable[Lived], terms: Mapping[date, Terms]) -> Ladder:
    """Return the levels of the last of these nights, as its evening should begin.

    Parameters
    ----------
    nights : iterable of Lived
        Every night in order, the last is tonight. What was done tonight already can bring a level down, not up.
    terms : mapping of date to Terms
        What held on each of them.
    """
    ladder = Ladder()
    begun = ladder
    for night in nights:
        begun = before_evening(ladder, night.on, terms[night.on])
        ladder = after_night(begun, night)
    tonight = {key: _no_higher(rung, begun.rungs.get(key)) for key, rung in ladder.rungs.items()}
    return replace(begun, rungs={**begun.rungs, **tonight}, wide=ladder.wide, ill_on=ladder.ill_on)


def before_evening(ladder: Ladder, on: date, terms: Terms) -> Ladder:
    """Set the levels of an evening: bring down what must come down, then let at most one movement go up."""
    ladder = replace(ladder, terms=terms, on=on)
    ladder = _under_the_ceiling(ladder, on)
    ladder = _after_a_week_off(ladder, on)
    if terms.at_rest:
        return replace(ladder, rested_on=on)
    ladder = _untried_goes_back(ladder, on)
    starting = _starting_on_trial(ladder)
    return _start_on_trial(ladder, on, starting) if starting else _raise_one(ladder, on)


def after_night(ladder: Ladder, night: Lived) -> Ladder:
    """Take in what a night brought: each movement done, how the legs were, illness and soreness."""
    if night.done:
        ladder = _count(ladder, night)
    ladder = _after_worse_nights(ladder, night)
    ladder = _after_illness(ladder, night)
    ladder = _after_soreness(ladder, night)
    for key in sorted(night.worse):
        ladder = _with(ladder, key, ladder.rung(key).made_worse(night.on))
    if night.severity is not None:
        ladder = replace(ladder, severities=(*ladder.severities, night.severity)[-_SEVERITIES_KEPT:])
    return ladder


def _no_higher(after: Rung, begun: Rung | None) -> Rung:
    """Keep what tonight has brought only where it makes the rest of the evening easier."""
    if begun is None or after.level < begun.level or after.out != begun.out:
        return after
    return begun


def _with(ladder: Ladder, key: str, rung: Rung) -> Ladder:
    return replace(ladder, rungs={**ladder.rungs, key: rung})


def _all_down(ladder: Ladder, moved: Moved, keys: Iterable[str]) -> Ladder:
    """Bring movements down by one; those on trial keep their level, which the whole trial rests on."""
    free = [key for key in keys if key not in ladder.terms.on_trial and not rules.is_rest(key)]
    lower = {key: ladder.rung(key).down(moved) for key in free}
    return replace(ladder, rungs={**ladder.rungs, **lower}, wide=moved)


def _under_the_ceiling(ladder: Ladder, on: date) -> Ladder:
    """Bring down at once what is above the ceiling: a new safety answer does not wait for an evening."""
    most = ladder.terms.ceiling
    moved = Moved(Why.CEILING, on)
    lower = {key: replace(rung, level=most, moved=moved) for key, rung in ladder.rungs.items() if rung.level > most}
    return replace(ladder, rungs={**ladder.rungs, **lower}) if lower else ladder


def _after_a_week_off(ladder: Ladder, on: date) -> Ladder:
    if ladder.done_on is None or not rules.week_off(ladder.done_on, on):
        return ladder
    first = on - ladder.done_on == rules.WEEK
    if first and ladder.ill_on is not None and ladder.ill_on >= ladder.done_on:
        # That week was spent ill, and the step for illness was taken already.
        return ladder
    rested = ladder.terms.at_rest or (ladder.rested_on is not None and ladder.rested_on > ladder.done_on)
    return _all_down(ladder, Moved(Why.REST if rested else Why.WEEK_OFF, on), ladder.rungs)


def _untried_goes_back(ladder: Ladder, on: date) -> Ladder:
    """Take back a raise that waited a week for its evening, so that it never comes together with another one."""
    raised = ladder.raised
    if raised is None or raised.tried_on is not None or on - raised.on < rules.WEEK:
        return ladder
    rung = ladder.rung(raised.key)
    lower = max(rules.FIRST_LEVEL, rung.level - 1) if rung.moved == Moved(Why.RAISED, raised.on) else rung.level
    return replace(_with(ladder, raised.key, replace(rung, level=lower, moved=None, easy=())), raised=None)


def _starting_on_trial(ladder: Ladder) -> list[str]:
    """Return those of tonight's turns whose first one it is, in order of their keys."""
    return sorted(key for key in ladder.terms.turns if not rules.is_rest(key) and not ladder.rung(key).fixed)


def _start_on_trial(ladder: Ladder, on: date, starting: list[str]) -> Ladder:
    """Fix the level of tonight's turns for their whole trials: where they stand, and one at least at the usual one."""
    key, *more = starting
    for other in more:
        # Only one thing goes up on an evening.
        ladder = _with(ladder, other, replace(ladder.rung(other), fixed=True))
    rung = ladder.rung(key)
    usual = min(rules.USUAL_LEVEL, ladder.terms.ceiling)
    if rung.level >= usual:
        return _with(ladder, key, replace(rung, fixed=True))
    if ladder.raised and ladder.raised.tried_on is None:
        other = ladder.raised.key
        ladder = _with(
            ladder, other, replace(ladder.rung(other), level=max(1, ladder.rung(other).level - 1), moved=None)
        )
    fixed = replace(rung, level=usual, moved=Moved(Why.TRIAL, on), fixed=True, easy=())
    return replace(_with(ladder, key, fixed), raised=Raised(key, on, ladder.severities), evenings_since=0)


def _raise_one(ladder: Ladder, on: date) -> Ladder:
    """Let the movement go up that may, and that waited longest."""
    ready = [key for key in ladder.rungs if may_rise(ladder, key, on)]
    if not ready:
        return ladder
    key = min(ready, key=lambda one: (ladder.rungs[one].level, ladder.rungs[one].since or date.min, one))
    rung = ladder.rungs[key]
    higher = replace(rung, level=rung.level + 1, moved=Moved(Why.RAISED, on), since=on, easy=())
    return replace(_with(ladder, key, higher), raised=Raised(key, on, ladder.severities), evenings_since=0)


def may_rise(ladder: Ladder, key: str, on: date) -> bool:
    """Return whether every rule lets a movement go up on this evening."""
    rung = ladder.rung(key)
    waits = ladder.raised is not None and ladder.raised.tried_on is None
    return (
        not waits
        and not rules.is_rest(key)
        and key not in ladder.terms.on_trial
        and rung.level < ladder.terms.ceiling
        and (rung.out is None or rung.out.until < on)
        and ladder.evenings >= rules.GENTLE_EVENINGS
        and not rules.lately_ill(ladder.ill_on, on)
        and rules.far_enough_apart(rung.level, ladder.evenings_since)
        and rules.easy_enough(rung.level, rung.easy, since=rung.since or on, tonight=on, set_back=rung.set_back)
    )


def _count(ladder: Ladder, night: Lived) -> Ladder:
    on, raised = night.on, ladder.raised
    rungs = {key: ladder.rung(key).done(done, on) for key, done in night.done.items()}
    free = {key: rung if key in ladder.terms.on_trial else replace(rung, fixed=False) for key, rung in rungs.items()}
    tried = raised is not None and raised.key in night.done
    if raised and tried and raised.tried_on is None:
        raised = replace(raised, tried_on=on)
    strong = any(rules.is_strength(key) for key in night.done)
    waits = raised is not None and raised.tried_on is None
    return replace(
        ladder,
        rungs={**ladder.rungs, **free},
        evenings=ladder.evenings + night.evening,
        evenings_since=ladder.evenings_since + (night.evening and not waits),
        done_on=on,
        last_done={**ladder.last_done, **dict.fromkeys(night.done, on)},
        strength_on=frozenset([*ladder.strength_on, on]) if strong else ladder.strength_on,
        raised=raised,
    )


def _after_worse_nights(ladder: Ladder, night: Lived) -> Ladder:
    """Take back the last raise when two rated nights running were worse after it; its night has to have had it."""
    raised = ladder.raised
    if raised is None or night.severity is None or raised.key not in night.done:
        return ladder
    worse = raised.worse + 1 if rules.worse_than_usual(night.severity, raised.before) else 0
    if worse < rules.WORSE_NIGHTS or raised.key in ladder.terms.on_trial:
        return replace(ladder, raised=replace(raised, worse=worse))
    moved = Moved(Why.WORSE_NIGHTS, night.on)
    return replace(_with(ladder, raised.key, ladder.rung(raised.key).down(moved)), raised=None)


def _after_illness(ladder: Ladder, night: Lived) -> Ladder:
    if State.SICK not in night.states:
        return ladder
    new = not rules.lately_ill(ladder.ill_on, night.on)
    ladder = replace(ladder, ill_on=night.on)
    return _all_down(ladder, Moved(Why.ILL, night.on), ladder.rungs) if new else ladder


def _after_soreness(ladder: Ladder, night: Lived) -> Ladder:
    if State.SORE not in night.states:
        return ladder
    new = not rules.lately_sore(ladder.sore_on, night.on)
    ladder = replace(ladder, sore_on=night.on)
    lately = [key for key, on in ladder.last_done.items() if rules.may_be_sore_from(on, night.on)]
    worked = [key for key in lately if key in rules.STRENGTH] or lately
    return _all_down(ladder, Moved(Why.SORE, night.on), worked) if new else ladder
