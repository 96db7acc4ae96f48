"""What was tried fairly: each trial that has nights in the period, as it stood at the period's end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.kept import Kept, kept_trials
from quietlegs.records.fact import Fact
from quietlegs.records.felt import Relief
from quietlegs.records.tried import Choice, Decision
from quietlegs.report.period import Period
from quietlegs.trials.compare import ArmNights
from quietlegs.trials.estimated import Belief
from quietlegs.trials.verdict import ArmVerdict, Verdict
from quietlegs.trials.verdict_wording import headline

_NIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tried:
    """One movement or habit against its comparator, by all nights of its trial up to the period's end.

    `effect` is the arm less the comparator in points of 0-10 (below 0: calmer nights), None while it is too early.
    `done` counts the nights of the arm on which it was noted as done, None where nobody noted it. `headline` is the
    verdict in words; `decided` what the person decided, None where nothing was.
    """

    arm: ArmNights
    comparator: ArmNights
    first_on: date
    last_on: date
    running: bool
    effect: Belief | None
    verdict: Verdict
    claimed_on: str | None
    headline: str
    done: int | None
    decided: Choice | None


@dataclass(frozen=True, slots=True)
class Calmed:
    """Movements made because the legs were restless: how often, and the rating before and after where both are known.

    What comes by itself is in it: nothing here is compared with doing nothing.
    """

    times: int
    rated: int
    before: float | None
    after: float | None


def tried(facts: Iterable[Fact], library: Library, period: Period) -> tuple[Tried, ...]:
    """Return every arm of every trial with nights in the period, the newest trial first."""
    known = tuple(fact for fact in facts if fact.night <= period.last)
    trials = [one for one in kept_trials(known) if one.schedule.starts_on <= period.last]
    return tuple(
        arm
        for kept in reversed(trials)
        if kept.last_on >= period.first and kept.first_on <= period.last
        for arm in _arms(kept, known, library, period.last)
    )


def _arms(kept: Kept, facts: tuple[Fact, ...], library: Library, last: date) -> Iterator[Tried]:
    # Numbers take a second to load; whoever tried nothing shall not wait for them.
    from quietlegs.plan.judged import judged  # noqa: PLC0415  # as the comment above says

    design = kept.schedule.design
    names = called(design.arms, library)
    keys = {name: key for key, name in names.items()}
    # The morning after: no night of the period is still to come then.
    _, answer = judged(kept, facts, last + _NIGHT, names=names)
    decided = _decided(kept, facts)
    for one in answer.arms:
        yield Tried(
            arm=one.nights,
            comparator=answer.setting.comparator,
            first_on=kept.first_on,
            last_on=min(kept.last_on, last),
            running=not kept.is_over(last + _NIGHT),
            effect=one.estimate.effect if one.estimate else None,
            verdict=one.verdict,
            claimed_on=one.claimed_on,
            headline=_said(one),
            done=one.done,
            decided=decided.get(keys[one.nights.name]),
        )


def _said(one: ArmVerdict) -> str:
    return headline(one).rpartition(": ")[2]


def _decided(kept: Kept, facts: tuple[Fact, ...]) -> dict[str, Choice]:
    """Return the newest decision on each arm of a trial."""
    told = sorted((one for one in facts if isinstance(one.payload, Decision)), key=lambda one: (one.noted.at, one.id))
    return {
        one.payload.arm: one.payload.choice
        for one in told
        if isinstance(one.payload, Decision) and one.payload.of == kept.id
    }


def calmed(facts: Iterable[Fact], period: Period) -> Calmed:
    """Count the movements made in the period because the legs were restless."""
    made = [one.payload for one in facts if isinstance(one.payload, Relief) and one.night in period]
    both = [(one.before, one.after) for one in made if one.before is not None and one.after is not None]
    if not both:
        return Calmed(len(made), 0, None, None)
    before, after = zip(*both, strict=True)
    return Calmed(len(made), len(both), fmean(before), fmean(after))
