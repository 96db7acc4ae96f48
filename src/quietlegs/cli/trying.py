"""What `quietlegs trial start`, `show` and `stop` do: a trial in the diary, from its first plan to its end."""

import secrets
from datetime import date, timedelta

import numpy as np
import typer

from quietlegs import day
from quietlegs.cli.clock import noted, now
from quietlegs.cli.tonight import TURN_WAITS
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.begin import SEED_BITS, Wanted, begin, comparator_for, foresee
from quietlegs.plan.believed import believed
from quietlegs.plan.evening import SAID
from quietlegs.plan.first_turn import first_turn_on
from quietlegs.plan.kept import Kept, is_shown, kept_trials, running_all, started
from quietlegs.plan.rest import resting
from quietlegs.plan.same_lot import same_lot
from quietlegs.plan.side_by_side import next_beside, no_room, tried_in
from quietlegs.plan.stage import remarks
from quietlegs.plan.stage_review import review
from quietlegs.records.bounds import RangeError
from quietlegs.records.diary import Diary
from quietlegs.records.done import Practice
from quietlegs.records.fact import Withdrawal
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.tried import Decision, TrialEnd, TrialStart
from quietlegs.trials.plan_wording import plan_sentences
from quietlegs.trials.schedule import Schedule
from quietlegs.trials.verdict import Answer
from quietlegs.trials.verdict_wording import headlines
from quietlegs.words.catalogue import _, later
from quietlegs.words.dates import day as told_day

__all__ = ["Wanted", "show", "start", "stop", "undo_stop"]

_WHY_COMPARED = later(
    "Some evenings get {comparator}, for comparison: hoping helps too, and legs get better and worse by themselves. "
    "A lot drawn now decides which evening gets what; you see each turn on its evening."
)


def start(diary: Diary, wanted: Wanted, *, sure: bool) -> None:
    """Say how long it takes, ask, draw the lot and keep it."""
    library, when = load_library(), now()
    facts = diary.facts(NightRating, Practice, TrialStart, TrialEnd)
    comparator = comparator_for(library, wanted.tried, day.safety(library, diary))
    first = first_turn_on(wanted.tried, facts, library, now=when)
    if why := no_room(wanted.tried, facts, library, first):
        raise RangeError("trial", ", ".join(wanted.tried), why)
    schedule = begin(wanted, comparator, facts, tonight=first, seed=secrets.randbits(SEED_BITS))
    schedule = same_lot(schedule, diary.all_facts(TrialStart), facts)
    foreseen = foresee(wanted, facts, first, np.random.default_rng(secrets.randbits(SEED_BITS)))
    names = called(schedule.design.arms, library)
    typer.echo(_("You want to know whether it helps: {names}.", names=", ".join(names[key] for key in wanted.tried)))
    before = remarks(diary.facts(TrialStart, Decision))
    for key in filter(before.get, wanted.tried):
        typer.echo(f"{names[key]}: {before[key]}")
    typer.echo(_(_WHY_COMPARED, comparator=names[comparator]))
    for sentence in plan_sentences(foreseen.plan, own=foreseen.from_diary):
        typer.echo(sentence)
    typer.echo(_when(schedule, foreseen.run_in_left))
    if not sure and not typer.confirm(_("Start it?"), default=True):
        typer.echo(_("Nothing was started."))
        return
    with diary.alone():
        # A phone may have begun one while this asked.
        if why := no_room(wanted.tried, diary.facts(TrialStart, TrialEnd), library, first):
            raise RangeError("trial", ", ".join(wanted.tried), why)
        day.log(diary, noted(started(schedule, worthwhile=wanted.worthwhile), night=first))
    typer.echo(_("It is drawn and kept. Each evening: quietlegs tonight. To see how it stands: quietlegs trial show"))


def show(diary: Diary) -> None:
    """Say where the trial stands, and what tonight's turn is."""
    when = now()
    if not diary.facts(TrialStart):
        typer.echo(_("No trial yet. Start one with: quietlegs trial start calf_wall_straight"))
        return
    library, facts = load_library(), diary.facts(*SAID)
    beliefs, asks = believed(day.read(diary, when), library, night_of(when)), False
    for kept, _nights, answer in day.trials(library, diary, when):
        _show(kept, answer, library, when, at_rest=resting(facts, night_of(when)) is not None)
        asks = asks or review(kept, answer, facts, beliefs, tonight=night_of(when)) is not None
    if asks:
        typer.echo(_("Your trial asks you how to go on: quietlegs trial decide"))
    elif beside := next_beside(library, facts, night_of(when), beliefs):
        name = called((beside,), library)[beside]
        typer.echo(_("You could try this as well: {thing}. quietlegs trial start {key}", thing=name, key=beside))
    typer.echo(_("All that can be said: quietlegs learn"))


def _show(kept: Kept, answer: Answer, library: Library, when: Moment, *, at_rest: bool) -> None:
    names = called(kept.schedule.design.arms, library)
    typer.echo(_standing(kept, night_of(when)))
    turn = kept.turn_on(night_of(when))
    if turn is not None and at_rest:
        typer.echo(_("You are taking a break. Your trial goes on when you are back."))
    elif turn is not None:
        shown = is_shown(turn, when, library)
        typer.echo(_("Tonight: {movement}.", movement=names[turn]) if shown else _(TURN_WAITS))
    for line in headlines(answer).values():
        typer.echo(line)


def stop(diary: Diary, thing: str | None = None) -> None:
    """End the trial that is running, of several that of one thing; what was learned until now stays."""
    trials = running_all(diary.facts(TrialStart, TrialEnd), night_of(now()))
    if not trials:
        raise RangeError("trial", _("none is running"), _("a trial that is running"))
    found = [one for one in trials if thing in (None, *tried_in([one]))]
    if len(found) != 1:
        raise RangeError("trial stop", thing or _("nothing"), ", ".join(tried_in(trials)))
    day.log(diary, noted(TrialEnd(found[0].id)))
    typer.echo(_("The trial is stopped. Its nights stay, and so does what they tell: quietlegs learn"))
    typer.echo(_("It was a mistake? quietlegs trial stop --undo"))


def undo_stop(diary: Diary) -> None:
    """Let the trial that was stopped last go on, where no other was begun since."""
    ends = diary.facts(TrialEnd)
    kept = kept_trials(diary.facts(TrialStart, TrialEnd))
    last = next((end for end in reversed(ends) if any(end.payload == TrialEnd(one.id) for one in kept)), None)
    if last is None or any(start.noted.at > last.noted.at for start in diary.facts(TrialStart)):
        raise RangeError("trial", _("none was stopped"), _("a trial that was stopped, and none begun since"))
    day.log(diary, noted(Withdrawal(), night=last.night, supersedes=last.id))
    typer.echo(_("The trial goes on as it was drawn."))


def _when(schedule: Schedule, run_in_left: int) -> str:
    first = schedule.starts_on + timedelta(days=schedule.design.run_in_nights)
    last = schedule.starts_on + timedelta(days=len(schedule) - 1)
    days = {"first": _day(first), "last": _day(last), "nights": schedule.design.nights}
    if run_in_left:
        return _(
            "First {run_in} nights without any change; write them down. "
            "The first turn is on {first}, the last on {last}: {nights} nights.",
            run_in=run_in_left,
            **days,
        )
    return _(
        "Your last nights serve as the start. The first turn is on {first}, the last on {last}: {nights} nights.",
        **days,
    )


def _standing(kept: Kept, tonight: date) -> str:
    first, nights = kept.first_on, kept.schedule.design.nights
    if kept.ended_on is not None and kept.is_over(tonight):
        return _("The trial was stopped on {day}.", day=_day(kept.ended_on))
    if tonight < first:
        return _(
            "The trial has begun: nights without a change until {day}, then {nights} nights by lot.",
            day=_day(first),
            nights=nights,
        )
    if tonight > kept.last_on:
        return _("The trial is over since {day}.", day=_day(kept.last_on))
    return _("Night {night} of {nights}.", night=(tonight - first).days + 1, nights=nights)


def _day(on: date) -> str:
    return told_day(on, weekday=True)
