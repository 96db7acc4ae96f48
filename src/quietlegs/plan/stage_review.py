"""A stage's end: what the verdict proposes for each thing that is tried. The person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from quietlegs.library.shelf import Library
from quietlegs.plan.alike import is_exercise
from quietlegs.plan.believed import Believed
from quietlegs.plan.kept import Kept, running_all
from quietlegs.plan.rest import resting
from quietlegs.plan.side_by_side import fits_beside, tried_in
from quietlegs.plan.stage_bars import LEAVE_FROM, TOGETHER, Bars, bars_alone
from quietlegs.plan.stage_due import nights_gone, undecided
from quietlegs.plan.stage_next import candidates
from quietlegs.records.fact import Fact
from quietlegs.records.tried import Choice, Decision, Finding
from quietlegs.trials.verdict import Answer, ArmVerdict, Verdict

# After these the next thing comes.
FOLLOWED = (Choice.SWITCH, Choice.KEEP)
_NIGHT = timedelta(days=1)
_WEEK = 7
_SETTLED = {Finding.HELPS: Choice.KEEP, Finding.WORSE: Choice.DROP, Finding.NOT_WORTH_IT: None}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one arm: `instead` is what would be tried next, None where nothing is left.

    What is kept makes room in the trial too. Beside other choices `instead` is there for a person who would rather have
    it. `least` is the chance to help that decides just now: from there it is kept, or below it makes room. `helps` is
    that chance, by all nights together; None where nothing can be told.
    """

    arm: str
    choice: Choice
    found: Finding
    instead: str | None
    verdict: ArmVerdict
    least: float = TOGETHER.keep
    helps: float | None = None

    @property
    def harms(self) -> float:
        """The chance that it makes it worse; 0 where nothing can be told."""
        return 0.0 if self.helps is None else 1 - self.helps


@dataclass(frozen=True, slots=True)
class Review:
    """What waits to be decided about a trial: after `nights` of it a stage is over, or something need not wait for it.

    `at_once` is the second: it made it worse, or is likely or unlikely enough to help. Nights of rest are none of
    `nights`. `left` nights were drawn and have not gone by.
    """

    of: UUID
    nights: int
    at_once: bool
    left: int
    proposals: tuple[Proposal, ...]


def review(kept: Kept, answer: Answer, facts: Iterable[Fact], beliefs: Believed, *, tonight: date) -> Review | None:
    """Return what is proposed now; None where nothing is due, all of it was decided, or the person takes a break.

    What is claimed to make it worse is proposed to be dropped as soon as the claim stands, at a stage's end or not. One
    thing that is alone in its trial need not wait for the end either, see `stage_bars.bars_alone`.

    Parameters
    ----------
    kept : Kept
        The trial that runs or ran last.
    answer : Answer
        What can be said of it, as `quietlegs.plan.judged.judged` gives it.
    facts : iterable of Fact
        Decisions, trials, rests, safety answers and wishes that hold now.
    beliefs : Believed
        What all nights together make likely, and the library that holds what could be tried next.
    tonight : date
        The night that is going on, or the last one.
    """
    known = tuple(facts)
    if kept.ended_on is not None or resting(known, tonight):
        return None
    last = _last(kept, answer, tonight)
    gone = nights_gone(kept, known, last)
    tried = list(tried_in([kept]))
    verdicts = dict(zip(tried, answer.arms, strict=True))
    told = [one.payload for one in known if isinstance(one.payload, Decision) and one.payload.of == kept.id]
    waiting = undecided(kept, known, gone)
    harmed = [
        arm
        for arm, one in verdicts.items()
        if one.verdict is Verdict.WORSE and not any(each.arm == arm and each.found is Finding.WORSE for each in told)
    ]
    chances = {arm: chance(one, arm, beliefs) for arm, one in verdicts.items()}
    bars = _bars(tried, gone, beliefs.library)
    shown = waiting or harmed or [arm for arm in tried[:1] if _is_early(chances, gone, told, bars)]
    if not shown:
        return None
    left = (kept.last_on - last).days
    staying = [arm for arm in tried if arm not in shown] if left else []
    stand = _Stand({arm: verdicts[arm] for arm in shown}, chances, bars, left)
    found = _proposals(stand, staying, _Spare.of(beliefs, known, kept, tonight))
    return Review(kept.id, gone, not waiting, left, found)


def _bars(tried: list[str], nights: int, library: Library) -> Bars:
    if len(tried) > 1:
        return TOGETHER
    return bars_alone(nights, exercise=is_exercise(tried[0], library))


def _is_early(chances: dict[str, float | None], nights: int, told: list[Decision], bars: Bars) -> bool:
    """Whether one thing alone need not wait; who left it as it was is asked again a week later at the soonest."""
    one, *more = chances.values()
    if more or one is None or any(nights - each.after_nights < _WEEK for each in told):
        return False
    return not bars.leave <= one < bars.keep


def _last(kept: Kept, answer: Answer, tonight: date) -> date:
    """Return the last night that has gone by; an answer ends before nights of rest, which it does not count."""
    judged = kept.first_on + (answer.setting.night - 1) * _NIGHT
    return max(judged, min(kept.last_on, tonight - _NIGHT))


@dataclass(frozen=True, slots=True)
class _Spare:
    """What could be tried next, best first, in place of each arm; `library` tells habits from movements."""

    library: Library
    by_arm: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, beliefs: Believed, facts: tuple[Fact, ...], kept: Kept, tonight: date) -> "_Spare":
        """Leave out what is on trial, here or beside it, and what has no place beside the others."""
        arms, library = kept.schedule.design.arms, beliefs.library
        beside = tried_in(one for one in running_all(facts, tonight) if one.id != kept.id)
        found = {arm: candidates(library, facts, arm, beliefs) for arm in tried_in([kept])}
        return cls(
            library,
            {
                arm: tuple(key for key in keys if key not in arms and fits_beside(key, beside, library))
                for arm, keys in found.items()
            },
        )

    def next(self, arm: str, beside: list[str]) -> str | None:
        """Return what comes in place of an arm; beside others only what has the same comparator as they."""
        free = (key for key in self.by_arm[arm] if key not in beside)
        return next((key for key in free if not beside or self.is_habit(key) == self.is_habit(beside[0])), None)

    def is_habit(self, key: str) -> bool:
        return key in self.library.habits


@dataclass(frozen=True, slots=True)
class _Stand:
    """How the arms that are asked about stand: by their own trial, by all nights, against which bars; nights `left`."""

    verdicts: dict[str, ArmVerdict]
    chances: dict[str, float | None]
    bars: Bars
    left: int


def _proposals(stand: _Stand, staying: list[str], spare: _Spare) -> tuple[Proposal, ...]:
    """Return one proposal for each arm: those that go on first of all, since what comes new has to fit beside them."""
    verdicts, chances, bars, left = stand.verdicts, stand.chances, stand.bars, stand.left
    first = {arm: proposed(one, chances[arm], left, bars, can_switch=True) for arm, one in verdicts.items()}
    going = [arm for arm, choice in first.items() if left and choice is Choice.GO_ON]
    beside, found = [*staying, *going], dict[str, Proposal]()
    for arm in sorted(verdicts, key=lambda key: key not in going):
        one, instead = verdicts[arm], spare.next(arm, beside)
        choice = proposed(one, chances[arm], left, bars, can_switch=instead is not None)
        if choice in FOLLOWED and instead is not None:
            beside.append(instead)
        elif choice is Choice.GO_ON and any(spare.is_habit(key) != spare.is_habit(arm) for key in beside):
            choice = Choice.DROP  # it cannot be compared beside what comes next
        least = bars.keep if choice is Choice.KEEP else bars.leave
        found[arm] = Proposal(arm, choice, finding(one), instead, one, least, chances[arm])
    return tuple(found[arm] for arm in verdicts)


def proposed(one: ArmVerdict, helps: float | None, left: int, bars: Bars = TOGETHER, *, can_switch: bool) -> Choice:
    """Return what one arm's verdict proposes at a stage's end.

    Helps: keep. Makes it worse: drop. Else what is likely enough to help is kept, unproven, and what is not makes room
    for the next thing. It goes on between the two bars, or where nothing can be told: nothing is bet then, and it makes
    room only once its planned nights are over. Where nothing is left to try, what would make room is dropped if it is
    likely to harm, not worth it, or alone in its trial and below its bar; all else goes on.

    Parameters
    ----------
    one : ArmVerdict
        What can be said of the arm by its own trial.
    helps : float or None
        The chance that it helps, by all nights together; None where nothing can be told.
    left : int
        Nights that were drawn and have not gone by.
    bars : Bars, optional
        From which chance to help it is kept, and below which it makes room.
    can_switch : bool
        Whether there is anything to try next.
    """
    away, found = Choice.SWITCH if can_switch else Choice.DROP, finding(one)
    if found in _SETTLED:
        return _SETTLED[found] or away
    if helps is None:
        return Choice.GO_ON if left or not can_switch else Choice.SWITCH
    if helps >= bars.keep:
        return Choice.KEEP
    if 1 - helps >= LEAVE_FROM or (bars is not TOGETHER and helps < bars.leave):
        return away
    untold = not can_switch or (left and bars.leave <= helps)
    return Choice.GO_ON if untold else Choice.SWITCH


def chance(one: ArmVerdict, arm: str, beliefs: Believed) -> float | None:
    """Return the chance that an arm helps, by all nights; None where too few tell of it, or it was never done."""
    return beliefs.of(arm) if one.done != 0 and arm in beliefs.tried else None


def finding(one: ArmVerdict) -> Finding:
    """Return what a verdict says; nothing can be told of what was not once noted as done, unless it is claimed."""
    if one.done == 0 and one.claimed_on is None:
        return Finding.CANNOT_TELL
    return Finding(one.verdict.value)
