"""A person who follows quietlegs' plan: trials and verdicts come from the functions that the product calls."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tests.truth.regret_people import BREATH, HABITS, LIBRARY, NIGHTS, WEEK, Life, Living
from tests.truth.regret_policies import LIST

from quietlegs.library.called import AS_USUAL
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.judged import judged
from quietlegs.plan.kept import Kept, kept_trials, started
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, moment
from quietlegs.records.tried import TrialEnd
from quietlegs.trials.verdict import Answer, ArmVerdict, Verdict

FIRST = date(2026, 1, 5)
# Chosen on other people than those reported, see the page.
TRIED_AT_ONCE, STAGE, KEPT_FROM = 3, 28, 0.8
BLOCK, HABIT_BLOCK = 1, 2
# Before that nothing can be claimed.
LOOK_FROM = 14
_NIGHT = timedelta(days=1)


class Stretch(StrEnum):
    """What a night is for."""

    BEFORE = "before the first turn"
    COMPARED = "the comparator's turn"
    TRIED = "tried"
    SETTLED = "nothing on trial, something kept"
    EMPTY = "nothing on trial, nothing kept"


@dataclass(frozen=True, eq=False)
class Followed:
    """How somebody lived by the plan; `turns` are what was drawn, None outside of trials."""

    living: Living
    stretches: list[Stretch]
    turns: list[str | None]
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    counts: dict[str, int]


@dataclass(eq=False)
class _Follower:
    """Tries what is next on the list, keeps what leans towards helping, and writes the product's facts."""

    living: Living
    facts: list[Fact] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    turns: list[str | None] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    trials: tuple[Kept, ...] = ()
    kept: frozenset[str] = frozenset()
    dropped: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=lambda: list(LIST))
    decided: set[UUID] = field(default_factory=set)

    def note(self, payload: Payload, night: date, hour: int = 18) -> None:
        """Write a fact down in the evening that comes next."""
        self.facts.append(note(payload, at(self.living.night, hour), len(self.facts).to_bytes(10), night=night))

    def begin(self) -> None:
        """Start the next trial, with the next things of the list, while there are any and time for it."""
        habits = bool(self.open) and self.open[0] in HABITS
        tried = tuple(thing for thing in self.open if (thing in HABITS) == habits)[:TRIED_AT_ONCE]
        if not tried or self.living.night > NIGHTS - STAGE:
            return
        self.open = [thing for thing in self.open if thing not in tried]
        wanted = Wanted(tried, nights=STAGE, block_nights=HABIT_BLOCK if habits else BLOCK)
        seed = self.living.life.seed + self.living.night
        tonight = on(self.living.night)
        drawn = begin(wanted, AS_USUAL if habits else BREATH, self.facts, tonight=tonight, seed=seed)
        self.note(started(drawn, worthwhile=wanted.worthwhile), tonight)
        self.trials = kept_trials(self.facts)

    def evening(self) -> None:
        """Live one night: look at the trial, do the turn beside what was kept, rate the night."""
        tonight = on(self.living.night)
        if self.is_looked_at(tonight):
            self.look(tonight)
        turn = self.turn(tonight)
        self.turns.append(turn)
        self.stretches.append(self.stretch(turn))
        if turn in LIBRARY.exercises and self.living.life.done[self.living.night]:
            self.note(Practice(turn, 1, Work(), Work(), routine="evening"), tonight, hour=20)
        before = self.living.night
        answer = self.living.live({*self.kept, *([turn] if turn else [])})
        if answer is not None:
            self.facts.append(
                note(NightRating(int(answer)), at(before, 22), len(self.facts).to_bytes(10), night=tonight)
            )

    def turn(self, tonight: date) -> str | None:
        """Return what was drawn for tonight."""
        return next((turn for one in reversed(self.trials) if (turn := one.turn_on(tonight))), None)

    def stretch(self, turn: str | None) -> Stretch:
        """Return what a night with this turn is for."""
        if turn:
            return Stretch.COMPARED if turn in (BREATH, AS_USUAL) else Stretch.TRIED
        if self.kept:
            return Stretch.SETTLED
        return Stretch.EMPTY if any(self.turns) else Stretch.BEFORE

    def is_looked_at(self, tonight: date) -> bool:
        """Whether the trial is over, or a week has gone by since the last look: harm is looked for weekly."""
        newest = self.trials[-1]
        gone = (tonight - newest.first_on).days
        return newest.id not in self.decided and (newest.is_over(tonight) or (gone >= LOOK_FROM and gone % WEEK == 0))

    def look(self, tonight: date) -> None:
        """Judge the trial: what was claimed to harm goes at once, at the end all that does not lean towards helping."""
        newest = self.trials[-1]
        _, answer = judged(newest, self.facts, tonight, names={})
        harmful = [one.nights.name for one in answer.arms if one.verdict is Verdict.WORSE]
        if newest.is_over(tonight):
            self.kept |= {one.nights.name for one in answer.arms if keeps(one)}
            self.dropped += [one.nights.name for one in answer.arms if not keeps(one)]
        elif harmful:
            self.note(TrialEnd(newest.id), tonight)
            self.dropped += harmful
            self.open[:0] = [one.nights.name for one in answer.arms if one.nights.name not in harmful]
        else:
            return
        self.count(answer)
        self.decided.add(newest.id)
        self.begin()

    def count(self, answer: Answer) -> None:
        """Count claims, and those that are wrong."""
        for arm in answer.arms:
            if arm.claimed_on is not None:
                helps = arm.verdict is Verdict.HELPS
                act = self.living.life.acts.get(arm.nights.name, 0.0)
                name = "claimed rightly" if (act < 0 if helps else act > 0) else "claimed wrongly"
                self.counts[name] = self.counts.get(name, 0) + 1


def keeps(arm: ArmVerdict) -> bool:
    """Whether an arm stays in the routine: claimed to help, or likely to."""
    likely = arm.estimate is not None and arm.estimate.better >= KEPT_FROM
    return arm.verdict is Verdict.HELPS or (likely and arm.verdict is not Verdict.WORSE)


def follow(life: Life) -> Followed:
    """Live 26 weeks by the plan."""
    one = _Follower(Living.of(life))
    one.begin()
    while one.living.night < NIGHTS:
        one.evening()
    return Followed(one.living, one.stretches, one.turns, tuple(one.kept), tuple(one.dropped), one.counts)


def on(night: int) -> date:
    """Return the date of a night, counted from 0."""
    return FIRST + night * _NIGHT


def at(night: int, hour: int) -> Moment:
    """Return an hour of the evening of that night."""
    day = on(night)
    return moment(datetime(day.year, day.month, day.day, hour - 1, tzinfo=UTC), "Europe/Berlin")
