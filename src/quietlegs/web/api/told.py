"""What trials tell so far, and the numbers of the doctor's page, as another program may read them."""

from datetime import date

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.plan.kept import Kept
from quietlegs.records.moment import Moment, night_of
from quietlegs.report.report import needed, reported
from quietlegs.sheet.numbers import lines
from quietlegs.trials.verdict import Answer, ArmVerdict
from quietlegs.trials.verdict_wording import headline
from quietlegs.web.api.shapes import Arm, Number, Report, Trial, Trials
from quietlegs.web.pages.report.asked import period_of
from quietlegs.web.store.diary import StoredDiary, read_once


@read_once()
def trials(now: Moment) -> Trials:
    """Return each trial that runs or waits for a decision, else the last; by the nights that are over."""
    found = day.trials(load_library(), StoredDiary(), now)
    return Trials(trials=[_trial(kept, answer, night_of(now)) for kept, _nights, answer in found])


@read_once()
def report(now: Moment, since: date | None, until: date | None) -> Report:
    """Return the report's numbers; RangeError where such nights cannot be told."""
    period = period_of(since, until, now)
    made = reported(needed(StoredDiary(), period), load_library(), period, now.wall.date())
    told = [
        Number(
            section=section, item=item, measure=measure, value=value, unit=unit, nights=nights, first=first, last=last
        )
        for section, item, measure, value, unit, nights, first, last in lines(made)
    ]
    return Report(first=period.first, last=period.last, numbers=told)


def _trial(kept: Kept, answer: Answer, tonight: date) -> Trial:
    design = kept.schedule.design
    names = called(design.arms, load_library())
    keys = {name: key for key, name in names.items()}
    beside = answer.setting.comparator
    return Trial(
        id=kept.id,
        first_on=kept.first_on,
        last_on=kept.last_on,
        over=kept.is_over(tonight),
        comparator=design.comparator,
        comparator_name=names[design.comparator],
        comparator_answered=beside.used,
        comparator_missing=beside.missing,
        arms=[_arm(one, keys) for one in answer.arms],
    )


def _arm(one: ArmVerdict, keys: dict[str, str]) -> Arm:
    estimate = one.estimate
    return Arm(
        key=keys[one.nights.name],
        name=one.nights.name,
        verdict=one.verdict,
        headline=headline(one),
        answered=one.nights.used,
        missing=one.nights.missing,
        done=one.done,
        mean=estimate.effect.mean if estimate else None,
        low=estimate.effect.low if estimate else None,
        high=estimate.effect.high if estimate else None,
        better=estimate.better if estimate else None,
        claimed_on=date.fromisoformat(one.claimed_on) if one.claimed_on else None,
        more_nights=one.more.nights if one.more else None,
    )
