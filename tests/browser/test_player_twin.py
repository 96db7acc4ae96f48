"""The player in the page and the player in Python are one: same histories, same states, same work."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page

from quietlegs.cues.cue import Cue, CueKind, Side, Span
from quietlegs.cues.player import Player, step
from quietlegs.cues.wire import event_from_wire, player_to_wire, to_wire
from quietlegs.cues.work import practices
from quietlegs.records.done import Practice, StopReason
from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.wire import to_wire as fact_to_wire

pytestmark = pytest.mark.browser

HISTORIES = 400
NOON_MS = 1_795_000_000_000
WORKS = [CueKind.HOLD, CueKind.BREATHE_IN, CueKind.BREATHE_OUT]
GAPS = [CueKind.PREPARE, CueKind.STEP, CueKind.SWITCH_SIDE, CueKind.REST]

PLAY = """async (cases) => {
  const { ready, step } = await import("/guide/player.js");
  const { practices } = await import("/guide/work.js");
  return cases.map(({ cues, history, routine, pain }) => {
    let player = ready();
    const states = [];
    for (const { at_ms, ...event } of history) {
      player = step(cues, player, event, at_ms);
      states.push(player);
    }
    return { states, practices: practices(cues, player, { routine, pain }).map(({ practice }) => practice) };
  });
}"""


def test_it_steps_and_counts_as_python_does(alone: Page) -> None:
    rng = Random(20261122)
    cases = [a_case(rng) for _ in range(HISTORIES)]

    found = alone.evaluate(PLAY, [case for case, _ in cases])

    for (case, cues), twin in zip(cases, found, strict=True):
        states, practised = in_python(case, cues)
        assert twin["states"] == states, json.dumps(case)
        assert twin["practices"] == practised, json.dumps(case)


def test_its_histories_reach_every_phase_and_every_reason() -> None:
    rng = Random(20261122)
    ends = [in_python(*a_case(rng))[0][-1] for _ in range(HISTORIES)]

    assert {end["phase"] for end in ends} == {"ready", "playing", "paused", "waiting", "stopped", "done"}
    assert {end["reason"] for end in ends} == {None, *StopReason}
    assert sum(len(end["played"]) > 1 for end in ends) > HISTORIES / 10


def a_case(rng: Random) -> tuple[dict[str, Any], tuple[Cue, ...]]:
    cues = tuple(some_cues(rng))
    case = {
        "cues": to_wire(cues),
        "history": list(a_history(rng, cues[-1].end_ms)),
        "routine": rng.choice([None, "evening"]),
        "pain": rng.choice([None, 0, 10]),
    }
    return case, cues


def some_cues(rng: Random) -> Iterator[Cue]:
    """Stages of one to four cues each, on one to three movements, and the end."""
    at_ms, slot = 0, 1
    for _ in range(rng.randint(1, 12)):
        slot += slot < 3 and rng.random() < 0.2
        works = rng.random() < 0.5
        lengths = [rng.randint(1, 20_000) for _ in range(rng.randint(1, 4))]
        span = Span(slot, at_ms / 1000, sum(lengths) / 1000, works, rng.choice([0, 1, 15]) if works else 0)
        side = rng.choice(list(Side))
        for start, length in zip(accumulate([at_ms, *lengths]), lengths, strict=False):
            kind = rng.choice(WORKS if works else GAPS)
            yield Cue(start / 1000, length / 1000, kind, side, "Stay", "", f"move_{slot}", 1 + slot, None, span)
        at_ms += sum(lengths)
    yield Cue(
        at_ms / 1000, 0, CueKind.DONE, Side.BOTH, "Done", "", f"move_{slot}", 2, None, Span(slot, at_ms / 1000, 0)
    )


def a_history(rng: Random, length_ms: int) -> Iterator[dict[str, Any]]:
    """Mostly a start first, then anything at all, on a clock that sometimes goes back or sleeps."""
    at_ms = NOON_MS
    names = ["start", "pause", "resume", "resume", "skip", "back", "tick", "tick", "tick"]
    for place in range(rng.randint(1, 25)):
        at_ms += rng.choice([0, 200, rng.randint(0, 5_000), rng.randint(0, 30_000), -rng.randint(0, 9_000)])
        at_ms += rng.choice([length_ms, 2_000_000]) if rng.random() < 0.03 else 0
        if rng.random() < 0.03:
            yield {"event": "stop", "reason": rng.choice(list(StopReason)).value, "at_ms": at_ms}
        else:
            first = place == 0 and rng.random() < 0.9
            name = "start" if first else rng.choice(names)
            yield {"event": name, "at_ms": at_ms, **({"heard": rng.random() < 0.5} if name == "tick" else {})}


def in_python(case: dict[str, Any], cues: tuple[Cue, ...]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    player = Player(cues)
    states = []
    for row in case["history"]:
        player = step(player, *event_from_wire(row))
        states.append(player_to_wire(player))
    practised = practices(player, routine=case["routine"], pain=case["pain"])
    return states, [as_noted(practice) for practice in practised]


def as_noted(practice: Practice) -> dict[str, Any]:
    """The payload in the wire form, by the records' own writer."""
    fact = note(practice, moment(datetime(2026, 11, 22, tzinfo=UTC), "UTC"), bytes(10))
    payload: dict[str, Any] = fact_to_wire(fact)["payload"]
    return payload
