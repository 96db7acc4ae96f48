"""What the first page says of a trial: what is on trial, and whether a decision waits; nothing here takes long."""

from dataclasses import dataclass

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.evening import SAID
from quietlegs.plan.kept import kept_trials
from quietlegs.plan.stage_due import is_due
from quietlegs.records.moment import Moment, night_of
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.lists import together


@dataclass(frozen=True, slots=True)
class OnTrial:
    """The trial that was begun last: `stage_over` waits for a decision, `may_harm` has to be asked for.

    `tried` is empty once it is over.
    """

    tried: str
    comparator: str
    stage_over: bool
    may_harm: bool


def on_trial(library: Library, diary: StoredDiary, now: Moment) -> OnTrial | None:
    """Return what is on trial; None where nothing ever was."""
    facts, tonight = diary.facts(*SAID), night_of(now)
    trials = kept_trials(facts)
    if not trials:
        return None
    last, rated = trials[-1], day.rating_of(diary, tonight)
    design, goes_on = last.schedule.design, not last.is_over(tonight)
    names = called(design.arms, library)
    over = is_due(last, (*facts, rated) if rated else facts, tonight)
    return OnTrial(
        tried=together([names[arm] for arm in design.arms if arm != design.comparator]) if goes_on else "",
        comparator=names[design.comparator],
        stage_over=over,
        # The verdict takes a moment, so the page stands before it is asked for.
        may_harm=goes_on and not over and last.first_on < tonight,
    )
