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

# Chosen here: below one chance in five, nights are better spent on the next thing.
WORTH_GOING_ON = 0.2
_NIGHT = timedelta(days=1)
_SETTLED = {Finding.HELPS: Choice.KEEP, Finding.WORSE: Choice.DROP, Finding.NOT_WORTH_IT: None}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one arm: `instead` is what would be tried next, None where nothing is left.

    Only a switch is a step to `instead`; beside other choices it is there for a person who would rather have it.
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
    spare = {arm: _spare(known, library, design, arm) for arm in shown}
    proposals = _proposals({arm: verdicts[arm] for arm in shown}, spare, left)
    return Review(kept.id, gone, not waiting, left, proposals)


def _last(kept: Kept, answer: Answer, tonight: date) -> date:
    """Return the last night that has gone by; an answer ends before nights of rest, which it does not count."""
    judged = kept.first_on + (answer.setting.night - 1) * _NIGHT
    return max(judged, min(kept.last_on, tonight - _NIGHT))


def _spare(facts: tuple[Fact, ...], library: Library, design: Design, arm: str) -> tuple[str, ...]:
    """Return what may come in place of an arm; beside other arms only what has the same comparator."""
    alone = len(design.arms) == 2  # noqa: PLR2004  # it and the comparator
    found = (key for key in candidates(library, facts, arm) if key not in design.arms)
    return tuple(key for key in found if alone or (key in library.habits) == (arm in library.habits))


def _proposals(verdicts: dict[str, ArmVerdict], spare: dict[str, tuple[str, ...]], left: int) -> tuple[Proposal, ...]:
    found: list[Proposal] = []
    for arm, one in verdicts.items():
        taken = {each.instead for each in found}
        instead = next((key for key in spare[arm] if key not in taken), None)
        found.append(Proposal(arm, proposed(one, left, can_switch=instead is not None), finding(one), instead, one))
    return tuple(found)


def proposed(one: ArmVerdict, left: int, *, can_switch: bool) -> Choice:
    """Return what one arm's verdict proposes at a stage's end.

    Helps: keep. Makes it worse: drop. Not worth it: switch. Else go on, where nights are left and a verdict within them
    is likely enough; where not, what leans towards helping is kept, unproven, and the rest makes room.

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
    helping = found is Finding.LEANING and one.estimate is not None and one.estimate.better > one.estimate.worse
    if found is Finding.LEANING and not helping:
        return away
    if left and (helping or one.more is None or one.more.chance >= WORTH_GOING_ON):
        return Choice.GO_ON
    if helping:
        return Choice.KEEP
    return Choice.SWITCH if can_switch else Choice.GO_ON


def finding(one: ArmVerdict) -> Finding:
    """Return what a verdict says; nothing can be told of what was not once noted as done, unless it is claimed."""
    if one.done == 0 and one.claimed_on is None:
        return Finding.CANNOT_TELL
    return Finding(one.verdict.value)
