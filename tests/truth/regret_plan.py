"""A person who accepts what quietlegs proposes: each proposal comes from the functions that the product calls."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from tests.truth.regret_people import BREATH, CALF, LIBRARY, NIGHTS, WEEK, Life, Living

from quietlegs.library.called import AS_USUAL
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.judged import judged
from quietlegs.plan.kept import Kept, kept_trials, started
from quietlegs.plan.stage import standing
from quietlegs.plan.stage_decide import Lot, accepted, carried_out
from quietlegs.plan.stage_due import stage_ends
from quietlegs.plan.stage_next import candidates
from quietlegs.plan.stage_review import review
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, moment
from quietlegs.records.tried import Finding
from quietlegs.trials.verdict import Answer

FIRST = date(2026, 1, 5)
# The first trial is the article's stretch and what the library would put next; all else is proposed by the plan.
TRIED_AT_ONCE = 2
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
    stood: list["Stood"]


class Stood(NamedTuple):
    """How far the plan was on one night: what stays for good, what was left out, and what is on trial."""

    kept: frozenset[str]
    dropped: frozenset[str]
    trying: frozenset[str]


@dataclass(eq=False)
class _Follower:
    """Accepts whatever the plan proposes; the diary is the facts that the product would write."""

    living: Living
    facts: list[Fact] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    turns: list[str | None] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    trials: tuple[Kept, ...] = ()
    kept: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    stood: list[Stood] = field(default_factory=list)

    def note(self, payload: Payload, night: date, hour: int = 18) -> None:
        """Write a fact down in the evening that comes next."""
        self.facts.append(note(payload, at(self.living.night, hour), len(self.facts).to_bytes(10), night=night))

    def begin(self) -> None:
        """Start the first trial, on a diary that is empty."""
        tried = (CALF, *candidates(LIBRARY, (), CALF)[: TRIED_AT_ONCE - 1])
        wanted = Wanted(tried)
        drawn = begin(wanted, BREATH, (), tonight=on(0), seed=self.living.life.seed)
        self.note(started(drawn, worthwhile=wanted.worthwhile), on(0))
        self.read()

    def read(self) -> None:
        """Read in the diary what was decided and what runs."""
        self.trials = kept_trials(self.facts)
        held = standing(self.facts)
        self.kept = frozenset(arm for arm, one in held.items() if one.stays)
        self.dropped = frozenset(held) - self.kept

    def evening(self) -> None:
        """Live one night: hear what the plan proposes, do the turn beside what was kept, rate the night."""
        tonight = on(self.living.night)
        if self.is_looked_at(tonight):
            self.look(tonight)
        turn = self.turn(tonight)
        self.turns.append(turn)
        running = self.trials[-1]
        trying = frozenset(running.schedule.design.arms) - {running.schedule.design.comparator}
        self.stood.append(Stood(self.kept, self.dropped, trying if turn else frozenset()))
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
        """Whether it is a stage's end, or a week since the last look: harm is looked for weekly."""
        newest = self.trials[-1]
        gone = (tonight - newest.first_on).days
        if gone <= 0 or newest.ended_on is not None:
            return False
        ends = stage_ends(newest.schedule.design)
        return gone in ends or (gone % WEEK == 0 and gone < ends[-1])

    def look(self, tonight: date) -> None:
        """Judge the trial, and accept what the plan proposes of it."""
        newest = self.trials[-1]
        _, answer = judged(newest, self.facts, tonight, names={})
        proposed = review(newest, answer, self.facts, LIBRARY, tonight=tonight)
        if proposed is None:
            return
        self.count(answer)
        decisions = accepted(proposed)
        for one in decisions:
            self.add(f"proposed: {one.choice.value}")
        lot = Lot(at(self.living.night, 18), self.living.life.seed + self.living.night, tuple(self.facts))
        for step in carried_out(decisions, newest, self.facts, LIBRARY, lot=lot):
            self.note(step.payload, step.night)
        self.read()

    def count(self, answer: Answer) -> None:
        """Count claims, and those that are wrong."""
        for arm in answer.arms:
            if arm.claimed_on is not None:
                helps = arm.verdict.value == Finding.HELPS.value
                act = self.living.life.acts.get(arm.nights.name, 0.0)
                self.add("claimed rightly" if (act < 0 if helps else act > 0) else "claimed wrongly")

    def add(self, name: str) -> None:
        """Count one more."""
        self.counts[name] = self.counts.get(name, 0) + 1


def follow(life: Life) -> Followed:
    """Live 26 weeks by the plan."""
    one = _Follower(Living.of(life))
    one.begin()
    while one.living.night < NIGHTS:
        one.evening()
    return Followed(one.living, one.stretches, one.turns, tuple(one.kept), tuple(one.dropped), one.counts, one.stood)


def on(night: int) -> date:
    """Return the date of a night, counted from 0."""
    return FIRST + night * _NIGHT


def at(night: int, hour: int) -> Moment:
    """Return an hour of the evening of that night."""
    day = on(night)
    return moment(datetime(day.year, day.month, day.day, hour - 1, tzinfo=UTC), "Europe/Berlin")
