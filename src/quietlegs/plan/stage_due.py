"""When a stage of a trial is over and undecided: told without a verdict, so that no evening waits for one."""

from collections.abc import Iterable
from datetime import date, timedelta

from quietlegs.plan.kept import Kept, kept_trials, last_lived
from quietlegs.plan.rest import resting, uncounted
from quietlegs.records.fact import Fact
from quietlegs.records.tried import Decision
from quietlegs.trials.design import Design

# Three to four weeks are what the plan asks for; whole rounds make it a little more or less.
STAGE_NIGHTS = 28
_NIGHT = timedelta(days=1)


def stage_ends(design: Design) -> tuple[int, ...]:
    """Return after how many nights of a trial there is something to decide: every four weeks or so, in whole rounds.

    Where the planned nights end, and where an extension does, there is always one; none lies within two weeks before.

    Examples
    --------
    >>> from quietlegs.trials.design import Stage
    >>> stage_ends(Design(("calf", "quad", "breathing"), "breathing", 1, (Stage(20, 0.04), Stage(9, 0.01)), seed=1))
    (27, 60, 87)
    """
    step = max(1, round(STAGE_NIGHTS / design.round_nights)) * design.round_nights
    ends: list[int] = []
    for end in design.stage_ends:
        first = ends[-1] if ends else 0
        ends += [night for night in range(first + step, end, step) if end - night >= STAGE_NIGHTS / 2]
        ends.append(end)
    return tuple(ends)


def undecided(kept: Kept, facts: Iterable[Fact], gone: int) -> tuple[str, ...]:
    """Return the arms that a stage's end waits for, after so many nights; none where a trial was ended.

    Parameters
    ----------
    kept : Kept
        The trial that runs or ran last.
    facts : iterable of Fact
        Decisions that hold now.
    gone : int
        Nights with a turn that have gone by, as `nights_gone` counts them.
    """
    design = kept.schedule.design
    end = max((end for end in stage_ends(design) if end <= gone), default=0)
    if kept.ended_on is not None or not end:
        return ()
    told = [one.payload for one in facts if isinstance(one.payload, Decision) and one.payload.of == kept.id]
    tried = (arm for arm in design.arms if arm != design.comparator)
    return tuple(arm for arm in tried if not any(one.arm == arm and one.after_nights >= end for one in told))


def nights_gone(kept: Kept, facts: Iterable[Fact], last: date) -> int:
    """Return how many nights with a turn have gone by, those of rest left out; all of them once the planned are over.

    A stage shall have its nights, and a trial cannot say more on nights of rest. But what was drawn was drawn for its
    dates: after the last of them nothing comes.

    Parameters
    ----------
    kept : Kept
        The trial that runs or ran last.
    facts : iterable of Fact
        Rests that hold now.
    last : date
        The last night that has gone by, as `last_lived` gives it.
    """
    gone = [kept.first_on + place * _NIGHT for place in range((last - kept.first_on).days + 1)]
    if len(gone) >= kept.schedule.design.nights:
        return kept.schedule.design.nights
    return len(gone) - len(uncounted(facts, gone))


def asked_about(facts: Iterable[Fact], tonight: date) -> tuple[Kept, ...]:
    """Return the trials that something may have to be decided about: those that run, else the one that ran last.

    One that came to its planned end while others ran is among them for four weeks, or until it is decided about.

    Parameters
    ----------
    facts : iterable of Fact
        Ratings, rests, trials and decisions that hold now.
    tonight : date
        The night that is going on, or the last one.
    """
    known = tuple(facts)
    trials = kept_trials(known)

    def waits(one: Kept) -> bool:
        lately = tonight - one.last_on <= STAGE_NIGHTS * _NIGHT
        return lately and bool(undecided(one, known, one.schedule.design.nights))

    return tuple(one for one in trials if not one.is_over(tonight) or waits(one)) or trials[-1:]


def is_due(kept: Kept, facts: Iterable[Fact], tonight: date) -> bool:
    """Whether a stage's end waits to be decided about; harm, which does not wait for one, is not looked for.

    A night of rest asks nothing: what waits, waits until the person is back.

    Parameters
    ----------
    kept : Kept
        The trial that runs or ran last.
    facts : iterable of Fact
        Ratings, rests and decisions that hold now.
    tonight : date
        The night that is going on, or the last one.
    """
    known = tuple(facts)
    if resting(known, tonight):
        return False
    return bool(undecided(kept, known, nights_gone(kept, known, last_lived(kept, known, tonight))))
