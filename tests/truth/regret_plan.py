"""A person who accepts what quietlegs proposes: each proposal comes from the functions that the product calls."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from tests.truth.regret_people import BREATH, CALF, LIBRARY, NIGHTS, Life, Living

from quietlegs.library.called import AS_USUAL
from quietlegs.plan.alike import is_exercise
from quietlegs.plan.allowed import allowed
from quietlegs.plan.begin import Wanted, begin, comparator_for
from quietlegs.plan.believed import Believed, believed
from quietlegs.plan.first_turn import first_turn_on
from quietlegs.plan.judged import judged
from quietlegs.plan.kept import Kept, kept_trials, started
from quietlegs.plan.same_lot import same_lot
from quietlegs.plan.side_by_side import next_beside, tried_in
from quietlegs.plan.stage import standing
from quietlegs.plan.stage_bars import bars_alone
from quietlegs.plan.stage_decide import Lot, accepted, carried_out
from quietlegs.plan.stage_due import is_due
from quietlegs.plan.stage_next import candidates
from quietlegs.plan.stage_review import Review, review
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, moment
from quietlegs.records.tried import Finding
from quietlegs.trials.verdict import Answer

FIRST = date(2026, 1, 5)
_HABIT_BLOCK = 2
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
    """How somebody lived by the plan; `turns` are what was drawn each night, the comparators among them."""

    living: Living
    stretches: list[Stretch]
    turns: list[frozenset[str]]
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
    turns: list[frozenset[str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    trials: tuple[Kept, ...] = ()
    kept: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    stood: list[Stood] = field(default_factory=list)
    reckoned: tuple[tuple[int, date], Believed] | None = None

    def note(self, payload: Payload, night: date, hour: int = 18) -> None:
        """Write a fact down in the evening that comes next."""
        self.facts.append(note(payload, at(self.living.night, hour), len(self.facts).to_bytes(10), night=night))

    def begin(self, key: str, first: int) -> None:
        """Start a trial of one thing; that of the article's stretch begins on a diary that is empty."""
        wanted = Wanted((key,), block_nights=_HABIT_BLOCK if key in LIBRARY.habits else 1)
        comparator, seed = comparator_for(LIBRARY, wanted.tried, allowed(LIBRARY, ())), self.living.life.seed + first
        drawn = begin(wanted, comparator, self.facts, tonight=on(first), seed=seed)
        drawn = same_lot(drawn, self.facts, self.facts)
        self.note(started(drawn, worthwhile=wanted.worthwhile), on(first))
        self.read()

    def read(self) -> None:
        """Read in the diary what was decided and what runs."""
        self.trials = kept_trials(self.facts)
        held = standing(self.facts)
        self.kept = frozenset(arm for arm, one in held.items() if one.stays)
        self.dropped = frozenset(held) - self.kept

    def evening(self) -> None:
        """Live one night: hear what the plan proposes, do the turns beside what was kept, rate the night."""
        night, tonight = self.living.night, on(self.living.night)
        beliefs = self.beliefs(tonight)
        for one in self.running(tonight):
            if is_looked_at(one, self.facts, beliefs):
                self.look(one, tonight)
        self.fill(tonight)
        running = [one for one in self.running(tonight) if one.turn_on(tonight)]
        turns = frozenset(turn for one in running if (turn := one.turn_on(tonight)))
        self.turns.append(turns)
        self.stood.append(Stood(self.kept, self.dropped, frozenset(tried_in(running))))
        self.stretches.append(self.stretch(turns))
        if self.living.life.done[night]:
            for turn in turns & set(LIBRARY.exercises):
                self.note(Practice(turn, 1, Work(), Work(), routine="evening"), tonight, hour=20)
        answer = self.living.live(self.kept | turns)
        if answer is not None:
            made = note(NightRating(int(answer)), at(night, 22), len(self.facts).to_bytes(10), night=tonight)
            self.facts.append(made)

    def beliefs(self, tonight: date) -> Believed:
        """Return what all nights make likely, reckoned anew where anything was written since."""
        written = len(self.facts), tonight
        if self.reckoned is None or self.reckoned[0] != written:
            self.reckoned = written, believed(self.facts, LIBRARY, tonight)
        return self.reckoned[1]

    def running(self, tonight: date) -> list[Kept]:
        """Return the trials that are not over."""
        return [one for one in self.trials if not one.is_over(tonight)]

    def fill(self, tonight: date) -> None:
        """Begin what the plan offers beside what runs, and what it would put first where nothing runs any more."""
        beliefs = self.beliefs(tonight)
        if self.running(tonight):
            key = next_beside(LIBRARY, self.facts, tonight, beliefs)
        else:
            key = next(iter(candidates(LIBRARY, self.facts, CALF, beliefs)), None)
        if key is not None:
            self.add("begun beside")
            first = first_turn_on((key,), self.facts, LIBRARY, now=at(self.living.night, 18))
            self.begin(key, (first - FIRST).days)

    def stretch(self, turns: Iterable[str]) -> Stretch:
        """Return what a night with these turns is for."""
        if set(turns) - {BREATH, AS_USUAL}:
            return Stretch.TRIED
        if turns:
            return Stretch.COMPARED
        if self.kept:
            return Stretch.SETTLED
        return Stretch.EMPTY if any(self.turns) else Stretch.BEFORE

    def look(self, one: Kept, tonight: date) -> None:
        """Judge a trial, and accept what the plan proposes of it; claims are looked for where anything is."""
        beliefs = self.beliefs(tonight)
        answer = judged(one, self.facts, tonight, names={})[1]
        proposed = review(one, answer, self.facts, beliefs, tonight=tonight)
        if proposed is None:
            return
        self.count(answer)
        self.accept(proposed, one)

    def accept(self, proposed: Review, one: Kept) -> None:
        """Note all that follows where somebody says yes."""
        decisions = accepted(proposed)
        for each in decisions:
            self.add(f"proposed: {each.choice.value}")
        lot = Lot(at(self.living.night, 18), self.living.life.seed + len(self.facts) * NIGHTS, tuple(self.facts))
        for step in carried_out(decisions, one, self.facts, LIBRARY, lot=lot):
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
    one.begin(CALF, 0)
    while one.living.night < NIGHTS:
        one.evening()
    return Followed(one.living, one.stretches, one.turns, tuple(one.kept), tuple(one.dropped), one.counts, one.stood)


def is_looked_at(one: Kept, facts: list[Fact], beliefs: Believed) -> bool:
    """Whether anything can be due: a stage is over, or its chance is beyond a bar; the app looks every night."""
    key = tried_in([one])[0]
    bars = bars_alone((beliefs.on - one.first_on).days, exercise=is_exercise(key, LIBRARY))
    is_early = key in beliefs.tried and not bars.leave <= beliefs.of(key) < bars.keep
    return is_early or is_due(one, facts, beliefs.on)


def on(night: int) -> date:
    """Return the date of a night, counted from 0."""
    return FIRST + night * _NIGHT


def at(night: int, hour: int) -> Moment:
    """Return an hour of the evening of that night."""
    day = on(night)
    return moment(datetime(day.year, day.month, day.day, hour - 1, tzinfo=UTC), "Europe/Berlin")
