"""`quietlegs demo`: a simulated person in a database of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated

import numpy as np
import typer

from quietlegs import day
from quietlegs.cli.clock import now
from quietlegs.cli.options import within
from quietlegs.cli.store import open_diary
from quietlegs.library.load import load_library
from quietlegs.plan.calming import USUAL, chosen, lot_now
from quietlegs.plan.kept import started
from quietlegs.records.done import NightState, Practice, State, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import BodyPart, NightRating, Relief
from quietlegs.records.moment import Moment, instant_in, moment, night_of
from quietlegs.records.person import SafetyAnswers, Wishes
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.trials.design import ERROR, Design, Stage
from quietlegs.trials.schedule import Schedule, draw
from quietlegs.words.catalogue import _, later

_READY = later("A simulated person with {nights} nights ({count} facts) is ready; the real diary was not touched.")

_ARMS = ("calf_wall_straight", day.COMPARATOR)
_MEAN, _SPREAD, _STAYS, _EFFECT = 5.0, 1.6, 0.4, -1.0
_SHORT_RUN_IN, _LONG_RUN_IN, _PLANNED = 7, 14, 84
_MISSING, _SICK, _RELIEF = 0.12, 0.03, 0.5
_COFFEE, _COFFEE_BEFORE_BAD, _WINE = 0.2, 0.8, 0.25
_CUP, _GLASS = Intake(Substance.CAFFEINE, 80, Unit.MG), Intake(Substance.ALCOHOL, 12, Unit.G)
_GAINS = {"ankle_pumps": 1.0, "calf_massage": 1.5}


@dataclass(frozen=True, slots=True)
class SimulatedNight:
    """One night of a person whose truth is known: severity follows its own yesterday, and the arm moves it.

    `arm` is None in the run-in.
    """

    on: date
    arm: str | None
    severity: int
    onset: time


def demo(
    nights: Annotated[int, typer.Option(callback=within(14, 730), help="How many nights, 14 to 730.")] = 60,
    seed: Annotated[int, typer.Option(callback=within(0, 2**32), help="The same seed gives the same person.")] = 7,
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Print a trial's verdict night by night; store nothing.")
    ] = False,
) -> None:
    """Fill the separate, clearly marked demo database with a simulated person."""
    if watch:
        # Numbers take a second to load; filling the database shall not wait for them.
        from quietlegs.cli.watch import watch as looked_at  # noqa: PLC0415  # as the comment above says

        looked_at(nights, seed)
        return
    diary = open_diary(demo=True)
    rng = np.random.default_rng(seed)
    if any(True for _ in diary.all_facts()):
        typer.echo(_("The simulated person is there already."))
    else:
        when = now()
        lived = simulate(rng, night_of(when) - timedelta(days=1), nights)
        count = day.log(diary, *facts_of(*lived, rng, when.zone))
        typer.echo(_(_READY, nights=nights, count=count))
    typer.echo(_("Look at it: quietlegs serve --demo"))


def simulate(rng: np.random.Generator, last: date, nights: int) -> tuple[Schedule, list[SimulatedNight]]:
    """Draw a trial and the nights up to `last`: severity is an AR(1) around the arm's mean, in whole points 0-10."""
    run_in = _LONG_RUN_IN if nights >= 2 * _LONG_RUN_IN else _SHORT_RUN_IN
    rounds = max(_PLANNED, nights - run_in + 1) // len(_ARMS)
    design = Design(_ARMS, day.COMPARATOR, 1, (Stage(rounds, ERROR),), int(rng.integers(2**60)), run_in)
    schedule = draw(design, design.fresh_lot(), starts_on=last - timedelta(days=nights - 1))
    deviation = rng.normal(0, _SPREAD)
    found = []
    for place in range(nights):
        arm = None if place < run_in else _ARMS[schedule.codes[place - run_in]]
        deviation = _STAYS * deviation + rng.normal(0, _SPREAD * np.sqrt(1 - _STAYS**2))
        mean = _MEAN + (_EFFECT if arm == _ARMS[0] else 0.0)
        severity = int(np.clip(np.rint(mean + deviation), 0, 10))
        minutes = int(21 * 60 + 30 + 30 * np.rint(rng.normal(0, 1.3)))
        onset = time(minutes // 60 % 24, minutes % 60)
        found.append(SimulatedNight(schedule.starts_on + timedelta(days=place), arm, severity, onset))
    return schedule, found


def facts_of(schedule: Schedule, nights: list[SimulatedNight], rng: np.random.Generator, zone: str) -> Iterator[Fact]:
    """Yield what the simulated person noted: answers and wishes, the trial, and each night with what surrounds it."""
    library = load_library()
    # A stream of its own, so that what surrounds a night leaves the nights as they were.
    beside = rng.spawn(1)[0]
    signs = tuple(sign.key for sign in library.safety.signs if sign.question)
    start = _at(nights[0].on, time(18), zone)
    first: list[Payload] = [SafetyAnswers(signs), Wishes(time(21, 30)), started(schedule, worthwhile=1.0)]
    first.append(chosen(library, (), USUAL))
    known = [note(payload, start, rng.bytes(10)) for payload in first]
    yield from known
    for night in nights:
        out_at = _light_out(night, beside, zone)
        for wall, payload in _of_night(night, rng, zone):
            told = replace(payload, lights_out_at=out_at) if isinstance(payload, Sleep) else payload
            yield note(told, _at(night.on, wall, zone), rng.bytes(10), night=night.on)
        for wall, intake in _drunk(night, beside, zone):
            yield note(intake, _at(night.on, wall, zone), beside.bytes(10), night=night.on)
        lot = lot_now(library, known, tonight=night.on) if night.severity and rng.random() < _RELIEF else None
        if lot:
            calmed = _calmed(lot.draw(rng, min(10, night.severity + 1)), rng)
            known.append(note(calmed, _at(night.on, time(1, 30), zone), rng.bytes(10), night=night.on))
            yield known[-1]


def _calmed(drawn: Relief, rng: np.random.Generator) -> Relief:
    """Let it ease by itself, and by what the movement that was drawn does beyond that."""
    fall = rng.normal(1.5, 1.0) + _GAINS.get(drawn.movement, 0.0)
    return replace(drawn, after=int(np.clip(np.rint((drawn.before or 0) - fall), 0, 10)))


def _of_night(night: SimulatedNight, rng: np.random.Generator, zone: str) -> Iterator[tuple[time, Payload]]:
    if rng.random() < _SICK:
        yield time(20), NightState(State.SICK)
    work = Work(left_s=30, right_s=30)
    yield time(20, 40), Practice(night.arm or "ankle_pumps", 2, work, work, routine="evening")
    if rng.random() >= _MISSING:
        began = instant_in(night.on, night.onset, zone) if night.severity else None
        where = (BodyPart.LEGS,) if night.severity else ()
        yield time(8), NightRating(night.severity, began, where)
        yield time(8), Sleep(quality=int(np.clip(8 - night.severity // 2 + rng.integers(-1, 2), 0, 10)))


def _drunk(night: SimulatedNight, rng: np.random.Generator, zone: str) -> Iterator[tuple[time, Payload]]:
    """Yield what was drunk: there was coffee before bad nights more often than before others, wine before any."""
    for wall, chance, intake in (
        (time(15, 30), _COFFEE_BEFORE_BAD if night.severity >= _MEAN else _COFFEE, _CUP),
        (time(19), _WINE, _GLASS),
    ):
        if rng.random() < chance:
            yield wall, replace(intake, taken_at=instant_in(night.on, wall, zone))


def _light_out(night: SimulatedNight, rng: np.random.Generator, zone: str) -> datetime:
    minutes = 22 * 60 + 30 + 15 * int(np.rint(rng.normal(0, 3)))
    return instant_in(night.on, time(minutes // 60 % 24, minutes % 60), zone)


def _at(night: date, wall: time, zone: str) -> Moment:
    return moment(instant_in(night, wall, zone), zone)
