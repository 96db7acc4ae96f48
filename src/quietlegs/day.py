"""The corridor: read, plan, cue, log, learn, in that order. Both doors walk through here."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from quietlegs.cues.cue import Cue
from quietlegs.cues.timeline import timeline
from quietlegs.library.called import called
from quietlegs.library.exercise import Exercise, Routine, Slot
from quietlegs.library.shelf import Library
from quietlegs.plan import calming, offering
from quietlegs.plan.allowed import Allowed, allowed
from quietlegs.plan.bedtime import LATELY
from quietlegs.plan.evening import SAID, Evening
from quietlegs.plan.habits import asked_tonight
from quietlegs.plan.kept import Kept, nights_kept
from quietlegs.plan.planned import planned
from quietlegs.plan.set_aside import SINCE
from quietlegs.plan.stage_due import asked_about
from quietlegs.plan.turns import told_of, turns_on
from quietlegs.records.diary import Diary
from quietlegs.records.done import Assignment, NightState, Practice
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Sleep
from quietlegs.records.tried import Decision, ReliefStart, TrialEnd, TrialStart
from quietlegs.trials.nights import Nights

if TYPE_CHECKING:
    # It is loaded with the numbers, see `trial`.
    from quietlegs.trials.verdict import Answer

CALM = offering.CALM
COMPARATOR = calming.COMPARATOR
CALM_LEVEL = 2
_MINUTE_S = 60
_TAUGHT_AFTER = 3
_LOOK_BACK = timedelta(days=366)
_MORNING_ENDS_AT = 12
_EVENING_BEGINS_AT = 20
_SMALL_HOURS_END_AT = 4


def read(diary: Diary, now: Moment) -> tuple[Fact, ...]:
    """Return what the plan needs to know: a year of nights, and what the person said about themselves at any time."""
    # A safety answer of years ago still holds: were it left out, every movement would be offered again.
    told = diary.facts(*SAID) + diary.facts(Sleep, since=night_of(now) - LATELY)
    return told + diary.facts(NightRating, NightState, Practice, Relief, since=night_of(now) - _LOOK_BACK)


def safety(library: Library, diary: Diary) -> Allowed:
    """Return what the safety answers allow."""
    return allowed(library, diary.facts(SafetyAnswers))


def calm(library: Library, diary: Diary, now: Moment, wanted: str | None = None) -> offering.Offer:
    """Choose the movement for restless legs now: the one asked for, else the wall stretch, else what may be done."""
    lately = diary.facts(Practice, since=night_of(now) - SINCE)
    return offering.offer(library, diary.facts(*SAID, Relief) + lately, wanted, tonight=night_of(now))


def lot(library: Library, diary: Diary, now: Moment) -> calming.Lot | None:
    """Return what may be drawn by lot for restless legs now; None when nothing is drawn and `calm` chooses."""
    lately = diary.facts(Practice, since=night_of(now) - SINCE)
    return calming.lot_now(library, diary.facts(*SAID, ReliefStart, Relief) + lately, tonight=night_of(now))


def tonight(library: Library, diary: Diary, now: Moment, *, ahead: bool = False) -> Evening:
    """Return tonight's routine, its start and the reasons; each running trial has its turn in it.

    What is planned `ahead` of its night must not tell by its hour what was drawn.
    """
    facts, night = read(diary, now), night_of(now)
    return planned(library, facts, night, turns_on(facts, night, ahead=ahead), now.zone)


def asks(library: Library, diary: Diary, plan: Evening, now: Moment) -> str:
    """Return what the habits ask for that tonight's lots drew; empty where there are none."""
    facts, night = read(diary, now), night_of(now)
    return " ".join(asked_tonight(turn, facts, night) for turn in told_of(plan.drawn, library)).strip()


def alone(exercise: Exercise, level: int) -> Routine:
    """Return a routine of one movement."""
    slot = Slot(exercise.key, level, exercise.in_short[:200])
    return Routine(exercise.key, exercise.name, exercise.in_short, (slot,))


def cues(library: Library, diary: Diary, routine: Routine) -> tuple[Cue, ...]:
    """Turn a routine into timed cues; a movement is taught step by step until it was practised a few times."""
    times = Counter(one.payload.exercise for one in diary.facts(Practice) if isinstance(one.payload, Practice))
    new = frozenset(slot.exercise for slot in routine.slots if times[slot.exercise] < _TAUGHT_AFTER)
    return timeline(routine, {}, exercises=library.exercises, teach=new)


def minutes(library: Library, diary: Diary, routine: Routine | None) -> int:
    """Return how long the guide will take, the steps of movements that are still new included; 0 without a routine."""
    return round(cues(library, diary, routine)[-1].start_s / _MINUTE_S) if routine else 0


def night_to_rate(now: Moment) -> tuple[date, bool]:
    """Return the night to ask about and whether it is still going on.

    From 20:00 to 04:00 it is tonight; otherwise it is the night that ended this morning.
    """
    tonight_on = night_of(now)
    if now.wall.hour >= _EVENING_BEGINS_AT or now.wall.hour < _SMALL_HOURS_END_AT:
        return tonight_on, True
    return (tonight_on if now.wall.hour < _MORNING_ENDS_AT else tonight_on - timedelta(days=1)), False


def rating_of(diary: Diary, night: date) -> Fact | None:
    """Return the night's rating that holds now, None when it was not answered."""
    return next(reversed(diary.facts(NightRating, since=night, until=night)), None)


def log(diary: Diary, *facts: Fact) -> int:
    """Write facts down; when this returns they are on disk."""
    return diary.add(facts)


def learn(diary: Diary) -> Nights | None:
    """Return the diary's nights: severity, and the arm that was drawn; None without ratings."""
    return nights_kept(diary.facts(NightRating, Assignment, TrialStart, TrialEnd))


def trials(library: Library, diary: Diary, now: Moment) -> "Iterator[tuple[Kept, Nights, Answer]]":
    """Yield each trial that runs or waits to be decided, else the last: its nights, and what can be said of them."""
    # Numbers take a second to load; an evening shall not wait for them.
    from quietlegs.plan.judged import judged  # noqa: PLC0415  # as the comment above says

    for kept in asked_about(diary.facts(TrialStart, TrialEnd, Decision), night_of(now)):
        facts = diary.facts(NightRating, NightState, Practice, since=kept.schedule.starts_on, until=kept.last_on)
        names = called(kept.schedule.design.arms, library)
        yield kept, *judged(kept, facts + diary.facts(Rest), night_of(now), names=names)


def reliefs(diary: Diary) -> tuple[Fact, ...]:
    """Return the movements made because the legs were restless, oldest first."""
    return diary.facts(Relief)


def experiment(diary: Diary) -> calming.Experiment | None:
    """Return the experiment on relief that was started last, running or ended."""
    return calming.newest(diary.facts(ReliefStart, TrialEnd, Relief))
