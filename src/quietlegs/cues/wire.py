"""Cues and events as JSON's own types: what a page and a phone are given and give back."""

from collections.abc import Iterable, Sequence
from typing import Any

from quietlegs.cues.cue import Cue
from quietlegs.cues.player import Back, Event, Pause, Player, Resume, Skip, Start, Stop, Tick, step
from quietlegs.cues.signal import signals
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import StopReason

_EVENTS: dict[str, Event] = {
    "start": Start(),
    "pause": Pause(),
    "resume": Resume(),
    "skip": Skip(),
    "back": Back(),
}
_STOP, _TICK = "stop", "tick"


def to_wire(cues: Sequence[Cue]) -> list[dict[str, Any]]:
    """Return each cue as an object; seconds are whole milliseconds divided by 1000, `pose` may be null.

    Examples
    --------
    >>> from quietlegs.cues.cue import CueKind, Side, Span
    >>> cue = Cue(0, 10, CueKind.HOLD, Side.LEFT, "Stay", "", "calf", 2, None, Span(1, 0, 10, works=True))
    >>> to_wire([cue])[0]["kind"], to_wire([cue])[0]["span_length_s"]
    ('hold', 10)
    """
    return [
        {
            "start_s": cue.start_s,
            "length_s": cue.length_s,
            "kind": cue.kind.value,
            "side": cue.side.value,
            "show": cue.show,
            "say": cue.say,
            "exercise": cue.exercise,
            "level": cue.level,
            "pose": cue.pose,
            "works": cue.works,
            "slot": cue.part.slot,
            "span_start_s": cue.part.start_s,
            "span_length_s": cue.part.length_s,
            "repetitions": cue.part.repetitions,
            "signal": signal.value,
        }
        for cue, signal in zip(cues, signals(cues), strict=True)
    ]


def event_from_wire(row: object) -> tuple[Event, int]:
    """Read one event and its instant: ``{"event": "stop", "at_ms": 1700000000000, "reason": "hurt"}``.

    Raises
    ------
    RangeError
        Not an object, an unknown event or reason, an instant that is not whole milliseconds.
    """
    if not isinstance(row, dict):
        raise RangeError("event", row, "a JSON object")
    name, at_ms = row.get("event"), row.get("at_ms")
    if not isinstance(at_ms, int) or isinstance(at_ms, bool):
        raise RangeError("event.at_ms", at_ms, "whole milliseconds")
    if name == _STOP:
        return Stop(_reason(row.get("reason"))), at_ms
    if name == _TICK:
        return Tick(heard=_heard(row.get("heard", False))), at_ms
    if not isinstance(name, str) or name not in _EVENTS:
        raise RangeError("event.event", name, ", ".join([*_EVENTS, _TICK, _STOP]))
    return _EVENTS[name], at_ms


def _heard(value: object) -> bool:
    if not isinstance(value, bool):
        raise RangeError("event.heard", value, "true or false")
    return value


def _reason(value: object) -> StopReason:
    if value not in tuple(StopReason):
        raise RangeError("event.reason", value, ", ".join(StopReason))
    return StopReason(str(value))


def replay(cues: Sequence[Cue], history: Iterable[object]) -> Player:
    """Play a history of events again, as a phone sends it, and return where it ends.

    Raises
    ------
    RangeError
        No cues, or an event that cannot be read.
    """
    player = Player(tuple(cues))
    for row in history:
        event, at_ms = event_from_wire(row)
        player = step(player, event, at_ms)
    return player


def player_to_wire(player: Player) -> dict[str, Any]:
    """Return the player's state without its cues, in JSON's own types."""
    return {
        "phase": player.phase.value,
        "position_ms": player.position_ms,
        "at_ms": player.at_ms,
        "played": [list(interval) for interval in player.played],
        "reason": player.reason.value if player.reason else None,
    }
