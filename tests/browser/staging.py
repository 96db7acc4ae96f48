"""A diary in which a stage of a trial is over: simulated, and taken in as a person would take in a file."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
from tests import quick
from tests.browser.conftest import environment
from tests.web.hours import zone_at

from quietlegs.library.called import AS_USUAL
from quietlegs.library.load import load_library
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.kept import started
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment, night_of
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.wire import to_wire

# Evening, so that tonight's turn may be seen.
ZONE = zone_at(20)
CALF, BREATH = "calf_wall_straight", "breath_circles"
NIGHT = timedelta(days=1)


def tonight() -> date:
    return night_of(moment(datetime.now(UTC), ZONE))


def seed(home: Path, *, gone: int, effect: float = 0.0, seed: int = 3) -> None:
    """Let a trial of 56 nights begin so many nights ago, and rate each night before tonight."""
    file = home.parent / "stage.jsonl"
    file.write_text(as_file(lived(gone=gone, effect=effect, seed=seed)), encoding="utf-8")
    quick.run("import", str(file), "--yes", env=environment(home)).check_returncode()


def as_file(facts: Iterable[Fact]) -> str:
    """Return a diary as quietlegs writes it."""
    return "".join(f"{json.dumps(to_wire(one))}\n" for one in facts)


def lived(*, gone: int, effect: float = 0.0, seed: int = 3, beside: str = "") -> list[Fact]:
    """Return the nights of a trial that began so many nights ago; a habit may be on trial `beside` it, since later."""
    rng, signs = np.random.default_rng(seed), load_library().safety.signs
    first = tonight() - gone * NIGHT
    before = [_rated(rng.normal(5, 1.2), first - back * NIGHT, rng) for back in range(14, 0, -1)]
    schedule = begin(Wanted((CALF,)), BREATH, before, tonight=first, seed=7)
    shift = {0: effect, 1: 0.0}
    felt = [
        _rated(rng.normal(5, 1.2) + shift[schedule.codes[place]], first + place * NIGHT, rng) for place in range(gone)
    ]
    asked = SafetyAnswers(tuple(sign.key for sign in signs if sign.question))
    facts: list[Fact] = [
        _fact(asked, first - 15 * NIGHT, rng),
        *before,
        _fact(started(schedule, worthwhile=1.0), first, rng),
        *felt,
    ]
    if beside:
        since = first + 5 * NIGHT
        also = begin(Wanted((beside,)), AS_USUAL, facts, tonight=since, seed=8)
        facts.append(_fact(started(also, worthwhile=1.0), since, rng))
    return facts


def _rated(severity: float, night: date, rng: np.random.Generator) -> Fact:
    return _fact(NightRating(int(np.clip(round(severity), 0, 10))), night, rng)


def _fact(payload: Payload, night: date, rng: np.random.Generator) -> Fact:
    return note(payload, moment(instant_in(night, time(13), ZONE), ZONE), rng.bytes(10), night=night)
