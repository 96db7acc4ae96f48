"""What the first page says of a trial: what is on trial, and whether a decision waits; nothing here takes long."""

from dataclasses import dataclass

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.evening import SAID
from quietlegs.plan.kept import Kept, running_all
from quietlegs.plan.side_by_side import tried_in
from quietlegs.plan.stage_due import asked_about, is_due
from quietlegs.records.moment import Moment, night_of
from quietlegs.web.pages.learn.names import things
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.lists import together


@dataclass(frozen=True, slots=True)
class OnTrial:
    """The trials that run, else the last one: `stage_over` waits for a decision, `may_harm` has to be asked for.

    `tried` says of each comparator what is compared with it; it is empty once all are over. `asking` is what the trial
    that waits tries, where there are several.
    """

    tried: tuple[tuple[str, str], ...]
    stage_over: bool
    may_harm: bool
    asking: str = ""


def on_trial(library: Library, diary: StoredDiary, now: Moment) -> OnTrial | None:
    """Return what is on trial; None where nothing ever was."""
    facts, tonight = diary.facts(*SAID), night_of(now)
    running = running_all(facts, tonight)
    trials, rated = asked_about(facts, tonight), day.rating_of(diary, tonight)
    if not trials:
        return None
    told = (*facts, rated) if rated else facts
    due = next((one for one in trials if is_due(one, told, tonight)), None)
    return OnTrial(
        tried=_compared(running, library),
        stage_over=due is not None,
        # The verdict takes a moment, so the page stands before it is asked for.
        may_harm=due is None and any(one.first_on < tonight for one in running),
        asking=things(due, library) if due and len(trials) > 1 else "",
    )


def _compared(running: tuple[Kept, ...], library: Library) -> tuple[tuple[str, str], ...]:
    """Return what is tried, and what it is compared with: slow breathing, or a usual evening."""
    against = dict.fromkeys(one.schedule.design.comparator for one in running)
    found = []
    for comparator in against:
        arms = tried_in(one for one in running if one.schedule.design.comparator == comparator)
        names = called((*arms, comparator), library)
        found.append((together([names[arm] for arm in arms]), names[comparator]))
    return tuple(found)
