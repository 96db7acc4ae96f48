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
from quietlegs.plan.begin import SEED_BITS, Wanted, begin, comparator_for, foresee
from quietlegs.plan.kept import Kept, is_shown, kept_trials, running, started
from quietlegs.records.bounds import RangeError
from quietlegs.records.diary import Diary
from quietlegs.records.fact import Withdrawal
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import night_of
from quietlegs.records.tried import TrialEnd, TrialStart
from quietlegs.trials.plan_wording import plan_sentences
from quietlegs.trials.schedule import Schedule
from quietlegs.trials.verdict_wording import headlines

__all__ = ["Wanted", "show", "start", "stop", "undo_stop"]

_WHY_COMPARED = (
    "Some evenings get {comparator}, for comparison: hoping helps too, and legs get better and worse by themselves. "
    "A lot drawn now decides which evening gets what; you see each turn on its evening."
)


def start(diary: Diary, wanted: Wanted, *, sure: bool) -> None:
    """Say how long it takes, ask, draw the lot and keep it."""
    library, when = load_library(), now()
    facts = diary.facts(NightRating, TrialStart, TrialEnd)
    comparator = comparator_for(library, wanted.tried, day.safety(library, diary))
    first = _first_free(diary, night_of(when))
    schedule = begin(wanted, comparator, facts, tonight=first, seed=secrets.randbits(SEED_BITS))
    foreseen = foresee(wanted, facts, first, np.random.default_rng(secrets.randbits(SEED_BITS)))
    names = called(schedule.design.arms, library)
    typer.echo(f"You want to know whether it helps: {', '.join(names[key] for key in wanted.tried)}.")
    typer.echo(_WHY_COMPARED.format(comparator=names[comparator]))
    for sentence in plan_sentences(foreseen.plan, own=foreseen.from_diary):
        typer.echo(sentence)
    typer.echo(_when(schedule, foreseen.run_in_left))
    if not sure and not typer.confirm("Start it?", default=True):
        typer.echo("Nothing was started.")
        return
    day.log(diary, noted(started(schedule, worthwhile=wanted.worthwhile), night=first))
    typer.echo("It is drawn and kept. Each evening: quietlegs tonight. To see how it stands: quietlegs trial show")


def show(diary: Diary) -> None:
    """Say where the trial stands, and what tonight's turn is."""
    when = now()
    kept = kept_trials(diary.facts(TrialStart, TrialEnd))
    if not kept:
        typer.echo("No trial yet. Start one with: quietlegs trial start calf_wall_straight")
        return
    library = load_library()
    names = called(kept[-1].schedule.design.arms, library)
    typer.echo(_standing(kept[-1], night_of(when)))
    turn = kept[-1].turn_on(night_of(when))
    if turn is not None:
        typer.echo(f"Tonight: {names[turn]}." if is_shown(turn, when, library) else TURN_WAITS)
    found = day.trial(library, diary, when)
    for line in headlines(found[2]).values() if found else ():
        typer.echo(line)
    typer.echo("All that can be said: quietlegs learn")


def stop(diary: Diary) -> None:
    """End the trial that is running; what was learned until now stays."""
    kept = running(diary.facts(TrialStart, TrialEnd), night_of(now()))
    if kept is None:
        raise RangeError("trial", "none is running", "a trial that is running")
    day.log(diary, noted(TrialEnd(kept.id)))
    typer.echo("The trial is stopped. Its nights stay, and so does what they tell: quietlegs learn")
    typer.echo("It was a mistake? quietlegs trial stop --undo")


def undo_stop(diary: Diary) -> None:
    """Let the trial that was stopped last go on, where no other was begun since."""
    ends = diary.facts(TrialEnd)
    kept = kept_trials(diary.facts(TrialStart, TrialEnd))
    last = next((end for end in reversed(ends) if kept and end.payload == TrialEnd(kept[-1].id)), None)
    if last is None:
        raise RangeError("trial", "none was stopped", "a trial that was stopped, and none begun since")
    day.log(diary, noted(Withdrawal(), night=last.night, supersedes=last.id))
    typer.echo("The trial goes on as it was drawn.")


def _first_free(diary: Diary, tonight: date) -> date:
    """Return tonight, or tomorrow where tonight is rated already: a turn must come before the answer."""
    rated = day.rating_of(diary, tonight)
    return tonight + timedelta(days=1) if rated else tonight


def _when(schedule: Schedule, run_in_left: int) -> str:
    first = schedule.starts_on + timedelta(days=schedule.design.run_in_nights)
    last = schedule.starts_on + timedelta(days=len(schedule) - 1)
    if run_in_left:
        lead = f"First {run_in_left} nights without any change; write them down. The first turn is on"
    else:
        lead = "Your last nights serve as the start. The first turn is on"
    return f"{lead} {_day(first)}, the last on {_day(last)}: {schedule.design.nights} nights."


def _standing(kept: Kept, tonight: date) -> str:
    first, nights = kept.first_on, kept.schedule.design.nights
    if kept.ended_on is not None and kept.is_over(tonight):
        return f"The trial was stopped on {_day(kept.ended_on)}."
    if tonight < first:
        return f"The trial has begun: nights without a change until {_day(first)}, then {nights} nights by lot."
    if tonight > kept.last_on:
        return f"The trial is over since {_day(kept.last_on)}."
    return f"Night {(tonight - first).days + 1} of {nights}."


def _day(on: date) -> str:
    return f"{on:%A}, {on.day} {on:%B}"
