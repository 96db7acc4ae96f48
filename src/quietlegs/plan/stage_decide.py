"""What a person decides at a stage's end, carried out: decisions, the old trial's end, the next trial with its lot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import allowed
from quietlegs.plan.begin import RUN_IN, Wanted, comparator_for, draw_for
from quietlegs.plan.first_turn import first_turn_on
from quietlegs.plan.kept import Kept, started
from quietlegs.plan.same_lot import same_lot
from quietlegs.plan.stage_review import FOLLOWED, Review
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact, Payload
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.tried import Choice, Decision, TrialEnd, TrialStart
from quietlegs.words.catalogue import _

_NIGHT = timedelta(days=1)
_WEEK = 7
# As the pages start trials: movements change every night, habits last a day or two.
BLOCK, HABIT_BLOCK = 1, 2


@dataclass(frozen=True, slots=True)
class Step:
    """One fact to be noted, and the night that it belongs to."""

    payload: Payload
    night: date


@dataclass(frozen=True, slots=True)
class Lot:
    """When it is decided, and a seed that is fresh and unknown to everybody, for the next trial.

    `ever` are all trials that were ever begun, those taken back among them: a night that had a lot keeps it.
    """

    now: Moment
    seed: int
    ever: tuple[Fact, ...]


def accepted(review: Review) -> tuple[Decision, ...]:
    """Return the decisions of a person who accepts all that is proposed."""
    return tuple(
        Decision(
            review.of,
            one.arm,
            one.choice,
            one.instead if one.choice in FOLLOWED else None,
            after_nights=review.nights,
            found=one.found,
            helps=one.helps,
        )
        for one in review.proposals
    )


def as_it_is(review: Review) -> tuple[Decision, ...]:
    """Return the decisions of a person who changes nothing; the next stage's end asks again."""
    return tuple(
        Decision(
            review.of,
            one.arm,
            Choice.GO_ON,
            after_nights=review.nights,
            found=one.found,
            helps=one.helps,
        )
        for one in review.proposals
    )


def carried_out(
    decisions: Sequence[Decision], kept: Kept, facts: Iterable[Fact], library: Library, *, lot: Lot
) -> tuple[Step, ...]:
    """Return all that is noted of what was decided, in one go.

    Where anything but going on was decided, the running trial ends and another one begins with the arms that go on and
    what is tried instead. That is a new trial with its own 5 %, drawn before its first night; the last nights of the
    old one are its run-in, since nights before the first draw belong to no arm.

    Parameters
    ----------
    decisions : sequence of Decision
        One for each arm that was decided about; the other arms go on.
    kept : Kept
        The trial that they are about.
    facts : iterable of Fact
        Ratings, practice, safety answers and wishes that hold now.
    library : Library
        Knows movements and habits.
    lot : Lot
        When it is decided, and what the next trial is drawn from.

    Raises
    ------
    RangeError
        An arm that is not on trial, or something instead that may not be tried by this person, or two of the same.
    """
    known, tonight = tuple(facts), night_of(lot.now)
    _check(decisions, kept)
    noted = [Step(one, tonight) for one in decisions]
    over = kept.is_over(tonight)
    next_arms = _next_arms(decisions, kept, over=over)
    if (over and not next_arms) or all(one.choice is Choice.GO_ON for one in decisions):
        return tuple(noted)
    first = first_turn_on(next_arms or kept.schedule.design.arms, known, library, now=lot.now)
    if not over:
        noted.append(Step(TrialEnd(kept.id, "decided at a stage's end"), first - _NIGHT))
    if next_arms:
        comparator = comparator_for(library, next_arms, allowed(library, known))
        run_in = min(RUN_IN[1], max(RUN_IN[0], (first - kept.schedule.starts_on).days))
        schedule = draw_for(
            _like(kept, next_arms, library),
            comparator,
            run_in_nights=run_in,
            starts_on=first - run_in * _NIGHT,
            seed=lot.seed,
        )
        schedule = same_lot(schedule, lot.ever, known)
        noted.append(Step(started(schedule, worthwhile=kept.worthwhile), first))
    return tuple(noted)


def undone(fact_id: UUID, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return all facts that were noted in one go with a decision, so that they can be taken back together.

    Parameters
    ----------
    fact_id : UUID
        Of any decision of that go.
    facts : iterable of Fact
        Decisions, trials and ratings that hold now.

    Raises
    ------
    RangeError
        There is no such decision, or a night was rated since under what it changed.
    """
    known = tuple(facts)
    together = noted_together(fact_id, known)
    if not together:
        raise RangeError(_("what is undone"), str(fact_id), _("a decision that holds"))
    # A trial's end is noted for the last night that it has, its start for the first.
    changed = [one.night for one in together if isinstance(one.payload, TrialStart)]
    changed += [one.night + _NIGHT for one in together if isinstance(one.payload, TrialEnd)]
    rated = [one.night for one in known if isinstance(one.payload, NightRating) and one.payload.severity is not None]
    if changed and any(night >= min(changed) for night in rated):
        raise RangeError(_("what is undone"), _("a night was noted since"), _("a decision of today"))
    return together


def noted_together(fact_id: UUID, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return all that was noted in one go with a decision; nothing where the id names none that holds.

    Parameters
    ----------
    fact_id : UUID
        Of any decision of that go.
    facts : iterable of Fact
        Decisions and trials that hold now.
    """
    known = tuple(facts)
    found = next((one for one in known if one.id == fact_id and isinstance(one.payload, Decision)), None)
    if found is None:
        return ()
    kinds = Decision | TrialEnd | TrialStart
    return tuple(one for one in known if one.noted.at == found.noted.at and isinstance(one.payload, kinds))


def _check(decisions: Sequence[Decision], kept: Kept) -> None:
    design = kept.schedule.design
    tried = [arm for arm in design.arms if arm != design.comparator]
    for one in decisions:
        if one.of != kept.id or one.arm not in tried:
            raise RangeError(_("what is decided about"), one.arm, ", ".join(tried))


def _next_arms(decisions: Sequence[Decision], kept: Kept, *, over: bool) -> tuple[str, ...]:
    """Return what is tried next: what goes on, in its place, and what comes instead; nothing goes on past the end."""
    design = kept.schedule.design
    by_arm = {one.arm: one for one in decisions}
    arms: list[str] = []
    for arm in design.arms:
        told = by_arm.get(arm)
        if told is not None and told.instead is not None:
            arms.append(told.instead)
        elif arm != design.comparator and not over and (told is None or told.choice is Choice.GO_ON):
            arms.append(arm)
    return tuple(arms)


def _like(before: Kept, arms: tuple[str, ...], library: Library) -> Wanted:
    """Return the question of the trial before, asked about other arms, for as many whole weeks."""
    design = before.schedule.design
    habits, were = set(arms) <= set(library.habits), set(design.arms) & set(library.habits)
    block = design.block_nights if habits == bool(were) else (HABIT_BLOCK if habits else BLOCK)
    more = design.nights - design.horizon_nights
    return Wanted(
        arms,
        nights=max(2, -(-design.horizon_nights // _WEEK)) * _WEEK,
        block_nights=block,
        worthwhile=before.worthwhile,
        extension_nights=-(-more // _WEEK) * _WEEK,
        longest_run_nights=design.longest_run_nights if habits == bool(were) else None,
    )
