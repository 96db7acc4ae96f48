"""A stage's end: what the verdict proposes for each thing that is tried. The person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from quietlegs.library.shelf import Library
from quietlegs.plan.kept import Kept
from quietlegs.plan.rest import resting
from quietlegs.plan.stage_due import nights_gone, undecided
from quietlegs.plan.stage_next import candidates
from quietlegs.records.fact import Fact
from quietlegs.records.tried import Choice, Decision, Finding
from quietlegs.trials.design import Design
from quietlegs.trials.verdict import Answer, ArmVerdict, Verdict

# Chosen on simulated people, see docs/methods/plan.md. What is done next may rest on a chance; what is said to help or
# to harm rests on the lot alone.
KEEP_FROM, LEAVE_FROM = 0.8, 0.8
# After these the next thing comes.
FOLLOWED = (Choice.SWITCH, Choice.KEEP)
_NIGHT = timedelta(days=1)
_SETTLED = {Finding.HELPS: Choice.KEEP, Finding.WORSE: Choice.DROP, Finding.NOT_WORTH_IT: None}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one arm: `instead` is what would be tried next, None where nothing is left.

    What is kept makes room in the trial too. Beside other choices `instead` is there for a person who would rather have
    it.
    """

    arm: str
    choice: Choice
    found: Finding
    instead: str | None
    verdict: ArmVerdict


@dataclass(frozen=True, slots=True)
class Review:
    """What waits to be decided about a trial: after `nights` of it a stage is over, or something made it worse.

    `at_once` is the second: it does not wait for the stage's end. Nights of rest are none of `nights`. `left` nights
    were drawn and have not gone by.
    """

    of: UUID
    nights: int
    at_once: bool
    left: int
    proposals: tuple[Proposal, ...]


def review(kept: Kept, answer: Answer, facts: Iterable[Fact], library: Library, *, tonight: date) -> Review | None:
    """Return what is proposed now; None where nothing is due, all of it was decided, or the person takes a break.

    What is claimed to make it worse is proposed to be dropped as soon as the claim stands, at a stage's end or not.

    Parameters
    ----------
    kept : Kept
        The trial that runs or ran last.
    answer : Answer
        What can be said of it, as `quietlegs.plan.judged.judged` gives it.
    facts : iterable of Fact
        Decisions, trials, rests, safety answers and wishes that hold now.
    library : Library
        Holds what could be tried next.
    tonight : date
        The night that is going on, or the last one.
    """
    known, design = tuple(facts), kept.schedule.design
    if kept.ended_on is not None or resting(known, tonight):
        return None
    last = _last(kept, answer, tonight)
    gone = nights_gone(kept, known, last)
    tried = [arm for arm in design.arms if arm != design.comparator]
    verdicts = dict(zip(tried, answer.arms, strict=True))
    told = [one.payload for one in known if isinstance(one.payload, Decision) and one.payload.of == kept.id]
    waiting = undecided(kept, known, gone)
    harmed = [
        arm
        for arm, one in verdicts.items()
        if one.verdict is Verdict.WORSE and not any(each.arm == arm and each.found is Finding.WORSE for each in told)
    ]
    shown, left = waiting or harmed, (kept.last_on - last).days
    if not shown:
        return None
    staying = [arm for arm in tried if arm not in shown] if left else []
    found = _proposals({arm: verdicts[arm] for arm in shown}, staying, left, _Spare.of(library, known, design))
    return Review(kept.id, gone, not waiting, left, found)


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
    def of(cls, library: Library, facts: tuple[Fact, ...], design: Design) -> "_Spare":
        found = {arm: candidates(library, facts, arm) for arm in design.arms if arm != design.comparator}
        return cls(library, {arm: tuple(key for key in keys if key not in design.arms) for arm, keys in found.items()})

    def next(self, arm: str, beside: list[str]) -> str | None:
        """Return what comes in place of an arm; beside others only what has the same comparator as they."""
        free = (key for key in self.by_arm[arm] if key not in beside)
        return next((key for key in free if not beside or self.is_habit(key) == self.is_habit(beside[0])), None)

    def is_habit(self, key: str) -> bool:
        return key in self.library.habits


def _proposals(verdicts: dict[str, ArmVerdict], staying: list[str], left: int, spare: _Spare) -> tuple[Proposal, ...]:
    """Return one proposal for each arm: those that go on first of all, since what comes new has to fit beside them."""
    going = [arm for arm, one in verdicts.items() if left and proposed(one, left, can_switch=True) is Choice.GO_ON]
    beside, found = [*staying, *going], dict[str, Proposal]()
    for arm in sorted(verdicts, key=lambda key: key not in going):
        one, instead = verdicts[arm], spare.next(arm, beside)
        choice = proposed(one, left, can_switch=instead is not None)
        if choice in FOLLOWED and instead is not None:
            beside.append(instead)
        elif choice is Choice.GO_ON and any(spare.is_habit(key) != spare.is_habit(arm) for key in beside):
            choice = Choice.DROP  # it cannot be compared beside what comes next
        found[arm] = Proposal(arm, choice, finding(one), instead, one)
    return tuple(found[arm] for arm in verdicts)


def proposed(one: ArmVerdict, left: int, *, can_switch: bool) -> Choice:
    """Return what one arm's verdict proposes at a stage's end.

    Helps: keep. Makes it worse: drop. Else what helps with a chance of `KEEP_FROM` is kept, unproven, and all the rest
    makes room for the next thing. It goes on only where nothing else is left to try, or where it was never done yet.

    Parameters
    ----------
    one : ArmVerdict
        What can be said of the arm.
    left : int
        Nights that were drawn and have not gone by.
    can_switch : bool
        Whether there is anything to try next.
    """
    away, found = Choice.SWITCH if can_switch else Choice.DROP, finding(one)
    if found in _SETTLED:
        return _SETTLED[found] or away
    if helps(one) >= KEEP_FROM:
        return Choice.KEEP
    if harms(one) >= LEAVE_FROM:
        return away
    untold = not can_switch or (left and one.done == 0)
    return Choice.GO_ON if untold else Choice.SWITCH


def helps(one: ArmVerdict) -> float:
    """Return the chance that an arm helps at all; 0 where nothing can be told."""
    return 0.0 if one.estimate is None or one.done == 0 else one.estimate.better


def harms(one: ArmVerdict) -> float:
    """Return the chance that an arm makes it worse at all; 0 where nothing can be told."""
    return 0.0 if one.estimate is None or one.done == 0 else one.estimate.worse


def finding(one: ArmVerdict) -> Finding:
    """Return what a verdict says; nothing can be told of what was not once noted as done, unless it is claimed."""
    if one.done == 0 and one.claimed_on is None:
        return Finding.CANNOT_TELL
    return Finding(one.verdict.value)
