"""What the tests of this room share: any valid movement, any routine, any history of a player."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quietlegs.cues.cue import Cue, Side
from quietlegs.cues.timeline import timeline
from quietlegs.library.evidence import Evidence, Grade
from quietlegs.library.exercise import (
    Breathing,
    Dose,
    DoseKind,
    Effort,
    Exercise,
    Position,
    Routine,
    Slot,
    Step,
)
from quietlegs.library.pose import Accent, LegAngles, Pose
from quietlegs.records.done import StopReason

Plan = tuple[Routine, dict[str, Exercise]]

STANDING = LegAngles(0, 0, 0, 0)

CALF = Exercise(
    key="calf",
    number=1,
    name="Wall calf stretch",
    works="The calf",
    position=Position.STANDING,
    needs=("a clear wall", "flat shoes"),
    effort=Effort.GENTLE,
    latest_min=0,
    sides=2,
    steps=(
        Step("Face the wall at arm's length.", "ready"),
        Step("Slide one foot back and press that heel down."),
        Step("Lean in and breathe out.", "hold"),
        Step("Come back slowly.", "rest"),
    ),
    form=("Back long.",),
    faults=("Bouncing.",),
    stop=("dizziness",),
    ask_first=(),
    evidence=(Evidence("r1", "Stretches were one part."),),
    grade=Grade.NONE,
    in_short="A slow pull in the calf.",
    dose_kind=DoseKind.HOLD,
    doses=(
        Dose(10, 2, rest_s=10),
        Dose(10, 3, rest_s=10),
        Dose(20, 3, rest_s=10),
        Dose(30, 3, rest_s=15),
        Dose(45, 3, rest_s=15),
    ),
    breathing=Breathing(4, 6),
    poses={
        "ready": Pose(0, STANDING),
        "hold": Pose(0, STANDING, accent=Accent.CALF),
        "rest": Pose(0, STANDING),
    },
)


def _seconds(low_ms: int, high_ms: int) -> SearchStrategy[float]:
    return st.integers(low_ms, high_ms).map(lambda ms: ms / 1000)


def _doses() -> SearchStrategy[Dose]:
    hold_s = st.one_of(_seconds(1_000, 90_000), st.sampled_from([10.0, 30.0, 60.0, 180.0, 420.0]))
    return st.builds(
        Dose,
        hold_s=hold_s,
        repetitions=st.integers(1, 4),
        sets=st.integers(1, 4),
        rest_s=st.one_of(st.just(0.0), _seconds(1, 60_000)),
        note=st.sampled_from([None, "hands on the seat"]),
    )


def _exercise(key: str) -> SearchStrategy[Exercise]:
    breathing = st.builds(Breathing, in_s=_seconds(2_000, 8_000), out_s=_seconds(2_000, 10_000))
    return st.builds(
        partial(replace, CALF),
        key=st.just(key),
        dose_kind=st.sampled_from(DoseKind),
        doses=_doses().map(lambda dose: (dose,) * 5),
        sides=st.integers(1, 2),
        setup_s=st.one_of(st.sampled_from([0.0, 20.0]), _seconds(0, 60_000)),
        breathing=st.one_of(st.none(), breathing),
        poses=st.sampled_from([None, CALF.poses]),
        needs=st.sampled_from([(), CALF.needs]),
    )


def _slot(key: str) -> SearchStrategy[Slot]:
    return st.builds(Slot, exercise=st.just(key), level=st.integers(1, 5), why=st.just("For the test."))


def _plan(keys: list[str]) -> SearchStrategy[Plan]:
    slots = st.tuples(*map(_slot, keys))
    exercises = st.tuples(*map(_exercise, dict.fromkeys(keys)))
    return st.builds(
        lambda chosen, made: (Routine("any", "Any routine", "For the test.", chosen), {one.key: one for one in made}),
        slots,
        exercises,
    )


@pytest.fixture(scope="session")
def calf() -> Exercise:
    """A stretch as it is in the library: two sides, a breath of 4 s in and 6 s out, 20 s of setup."""
    return CALF


@pytest.fixture(scope="session")
def alone() -> Callable[..., tuple[Cue, ...]]:
    """Lay one movement out in time."""

    def lay(exercise: Exercise, level: int = 2, *, teach: bool = False, first: Side = Side.LEFT) -> tuple[Cue, ...]:
        routine = Routine("alone", "Alone", "For the test.", (Slot(exercise.key, level, "For the test."),))
        taught = frozenset({exercise.key}) if teach else frozenset[str]()
        return timeline(routine, {}, exercises={exercise.key: exercise}, teach=taught, first_side=first)

    return lay


@pytest.fixture(scope="session")
def plans() -> SearchStrategy[Plan]:
    """Any routine of one to three movements, some of them twice."""
    return st.lists(st.sampled_from(["one", "two", "three"]), min_size=1, max_size=3).flatmap(_plan)


@pytest.fixture(scope="session")
def timelines(plans: SearchStrategy[Plan]) -> SearchStrategy[tuple[Cue, ...]]:
    """Any timeline, taught or not."""
    return st.builds(
        lambda plan, teach, first: timeline(plan[0], {}, exercises=plan[1], teach=teach, first_side=first),
        plans,
        st.frozensets(st.sampled_from(["one", "two"])),
        st.sampled_from([Side.LEFT, Side.RIGHT]),
    )


def random_history(cues: Sequence[Cue], rng: random.Random, length: int = 40) -> list[dict[str, Any]]:
    """Make up what may happen to a player, in JSON's own types: long sleeps, clocks that go back, buttons hit twice."""
    at_ms = 1_700_000_000_000
    rows: list[dict[str, Any]] = [{"event": "start", "at_ms": at_ms}] if rng.random() < 0.95 else []
    span_ms = cues[-1].end_ms // 10 + 1000
    for _ in range(length):
        at_ms += rng.choice([0, 1, 250, rng.randrange(5_000), rng.randrange(span_ms), -rng.randrange(20_000)])
        event = rng.choice(["tick"] * 8 + ["pause", "resume"] * 3 + ["skip", "back"] * 2 + ["start"])
        rows.append({"event": event, "at_ms": at_ms} | ({"heard": rng.random() < 0.5} if event == "tick" else {}))
    if rng.random() < 0.3:
        rows.append({"event": "stop", "at_ms": at_ms + 10, "reason": rng.choice(list(StopReason)).value})
        rows.append({"event": "tick", "at_ms": at_ms + 500})
    return rows


@pytest.fixture(scope="session")
def histories(
    timelines: SearchStrategy[tuple[Cue, ...]],
) -> SearchStrategy[tuple[tuple[Cue, ...], list[dict[str, Any]]]]:
    """Any timeline with any history."""
    return st.tuples(timelines, st.integers(0, 2**32)).map(
        lambda drawn: (drawn[0], random_history(drawn[0], random.Random(drawn[1])))
    )
