import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quietlegs.cues.cue import Cue
from quietlegs.cues.player import Phase
from quietlegs.cues.wire import event_from_wire, player_to_wire, replay, to_wire
from quietlegs.records.bounds import RangeError

History = tuple[tuple[Cue, ...], list[dict[str, Any]]]


@settings(max_examples=40)
@given(data=st.data())
def test_cues_survive_json_to_the_millisecond(timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject) -> None:
    cues = data.draw(timelines)
    rows = json.loads(json.dumps(to_wire(cues), allow_nan=False))
    assert rows == to_wire(cues)
    for row, cue in zip(rows, cues, strict=True):
        assert round(row["start_s"] * 1000) == cue.start_ms
        assert round(row["span_start_s"] * 1000) == cue.span_start_ms
        assert round((row["span_start_s"] + row["span_length_s"]) * 1000) == cue.span_end_ms
        assert (row["kind"], row["side"], row["works"], row["slot"]) == (
            cue.kind.value,
            cue.side.value,
            cue.works,
            cue.part.slot,
        )


@settings(max_examples=40)
@given(data=st.data())
def test_a_player_survives_json(histories: SearchStrategy[History], data: st.DataObject) -> None:
    cues, history = data.draw(histories)
    player = replay(cues, history)
    row = json.loads(json.dumps(player_to_wire(player)))
    assert row == {
        "phase": player.phase.value,
        "position_ms": player.position_ms,
        "at_ms": player.at_ms,
        "played": [[start, end] for start, end in player.played],
        "reason": player.reason.value if player.phase is Phase.STOPPED and player.reason else None,
    }


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("start", "event is 'start'; allowed: a JSON object"),
        ({"event": "start"}, "event.at_ms is None"),
        ({"event": "start", "at_ms": True}, "event.at_ms is True"),
        ({"event": "start", "at_ms": 1.5}, "event.at_ms is 1.5; allowed: whole milliseconds"),
        ({"event": "jump", "at_ms": 1}, "event.event is 'jump'; allowed: start, pause"),
        ({"event": ["start"], "at_ms": 1}, "event.event is "),
        ({"event": "tick", "at_ms": 1, "heard": 1}, "event.heard is 1; allowed: true or false"),
        ({"event": "stop", "at_ms": 1}, "event.reason is None; allowed: hurt, enough"),
        ({"event": "stop", "at_ms": 1, "reason": "bored"}, "event.reason is 'bored'"),
    ],
)
def test_it_refuses_an_event_it_does_not_know(row: object, place: str) -> None:
    with pytest.raises(RangeError) as caught:
        event_from_wire(row)
    assert place in str(caught.value)
