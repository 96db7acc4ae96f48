"""The player: where a person is in a timeline, after each thing that happened."""

from dataclasses import dataclass, replace
from enum import StrEnum

from quietlegs.cues.cue import Cue
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import StopReason

_BACK_WITHIN_MS = 2_000
_LOOKS_APART_MS = 10_000
_LOST_MS = 1_800_000


class Phase(StrEnum):
    """What the player is doing."""

    READY = "ready"
    PLAYING = "playing"
    PAUSED = "paused"
    WAITING = "waiting"
    STOPPED = "stopped"
    DONE = "done"


_STANDING = {Phase.PAUSED, Phase.WAITING}
_UNDER_WAY = {Phase.PLAYING, *_STANDING}


@dataclass(frozen=True, slots=True)
class Start:
    """The person starts."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The person pauses."""


@dataclass(frozen=True, slots=True)
class Resume:
    """The person goes on."""


@dataclass(frozen=True, slots=True)
class Skip:
    """The person leaves the rest of this stage out."""


@dataclass(frozen=True, slots=True)
class Back:
    """The person wants this stage again."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time went on; `heard` where the sound told every change since the latest look."""

    heard: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """The person ends it for good."""

    reason: StopReason


Event = Start | Pause | Resume | Skip | Back | Tick | Stop


@dataclass(frozen=True, slots=True)
class Player:
    """Where a person is.

    `position_ms` is the place in the timeline, `at_ms` the latest reading of the clock, `played` the stretches of the
    timeline that were really played, in order of playing, each (from, to) in milliseconds; `reason` is None unless
    stopped.
    """

    cues: tuple[Cue, ...]
    phase: Phase = Phase.READY
    position_ms: int = 0
    at_ms: int = 0
    played: tuple[tuple[int, int], ...] = ()
    reason: StopReason | None = None

    def __post_init__(self) -> None:
        """Refuse a timeline without cues."""
        if not self.cues:
            raise RangeError("Player.cues", "nothing", "at least one cue")

    @property
    def end_ms(self) -> int:
        """The timeline's length."""
        return self.cues[-1].end_ms

    @property
    def ended(self) -> bool:
        """Whether nothing can change any more."""
        return self.phase in {Phase.STOPPED, Phase.DONE}

    @property
    def cue(self) -> Cue:
        """The cue at this place."""
        return next((cue for cue in self.cues if self.position_ms < cue.end_ms), self.cues[-1])


def step(player: Player, event: Event, at_ms: int) -> Player:
    """Return the player after an event; `at_ms` is the caller's clock in whole milliseconds since 1970.

    1. Done or stopped: nothing changes any more.
    2. Start: only when ready; the clock is taken as it is, playing begins. Before it only Stop does anything.
    3. Every other event first moves time: while playing, by how far the clock is past its latest reading, at most
       to the end. A clock that went back moves nothing until it has caught up. At the end the player is done.
    4. More than 10 s between two looks were not seen, as while a phone is locked. Where they were not heard either,
       nobody could know more than the stage they were in, with all parts of a long hold: time moves to its end at
       most and waits there. After half an hour nobody knows what became of it: time moves nowhere, and waits.
    5. Stop: stopped, with its reason, also when time has just reached the end.
    6. Pause: playing becomes paused. Resume: paused or waiting becomes playing, and the clock is taken as it is then,
       even when it went back.
    7. Skip, unless ended: to the next start of a stage; at the end the player is done.
    8. Back, unless ended: to the start of the stage; less than 2 s after it, to the start of the one before.
    9. A move by skip or back is not played time.

    Examples
    --------
    >>> from quietlegs.cues.cue import CueKind, Side, Span
    >>> cue = Cue(0, 10, CueKind.HOLD, Side.LEFT, "Stay", "", "calf", 2, None, Span(1, 0, 10, works=True))
    >>> playing = step(Player((cue,)), Start(), 5_000)
    >>> step(playing, Tick(), 9_000).played
    ((0, 4000),)
    """
    if player.ended:
        return player
    now = _moved(player, at_ms, heard=isinstance(event, Tick) and event.heard)
    match event:
        case Start() if now.phase is Phase.READY:
            now = replace(now, phase=Phase.PLAYING, at_ms=at_ms)
        case Stop(reason):
            now = replace(now, phase=Phase.STOPPED, reason=reason)
        case Pause() if now.phase is Phase.PLAYING:
            now = replace(now, phase=Phase.PAUSED)
        case Resume() if now.phase in _STANDING:
            now = replace(now, phase=Phase.PLAYING, at_ms=at_ms)
        case Skip() if now.phase in _UNDER_WAY:
            now = _at(now, _after(now))
        case Back() if now.phase in _UNDER_WAY:
            now = _at(now, _before(now))
    return now


def _moved(player: Player, at_ms: int, *, heard: bool) -> Player:
    if player.phase is not Phase.PLAYING:
        return player
    start, gone = player.position_ms, max(0, at_ms - player.at_ms)
    bound = player.end_ms if heard or gone <= _LOOKS_APART_MS else _known_until(player, gone)
    end = min(bound, start + gone)
    phase = Phase.WAITING if end < start + gone else Phase.PLAYING
    now = replace(player, at_ms=max(player.at_ms, at_ms), played=_with(player.played, start, end), phase=phase)
    return _at(now, end)


def _known_until(player: Player, gone_ms: int) -> int:
    """Return how far a person can have gone on alone."""
    if gone_ms > _LOST_MS:
        return player.position_ms
    here = player.cue
    for cue in player.cues:
        if cue.span_start_ms == here.span_end_ms and _goes_on(here, cue):
            here = cue
    return here.span_end_ms


def _goes_on(one: Cue, other: Cue) -> bool:
    """Tell whether two stages are parts of one long piece of work, which ends with its one repetition."""
    same = (one.works, one.side, one.part.slot) == (other.works, other.side, other.part.slot)
    return same and one.works and one.part.repetitions == 0


def _at(player: Player, position_ms: int) -> Player:
    phase = Phase.DONE if position_ms >= player.end_ms else player.phase
    return replace(player, position_ms=position_ms, phase=phase)


def _with(played: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Add a stretch, joined to the last one where that ended here."""
    if end == start:
        return played
    if played and played[-1][1] == start:
        return (*played[:-1], (played[-1][0], end))
    return (*played, (start, end))


def _after(player: Player) -> int:
    """Return where Skip leads: the start of the next stage, or the end."""
    return min(start for start in (*_starts(player), player.end_ms) if start > player.position_ms)


def _before(player: Player) -> int:
    """Return where Back leads: the start of the stage, or of the one before when this one has hardly begun."""
    passed = [start for start in _starts(player) if start <= player.position_ms]
    near = player.position_ms - passed[-1] < _BACK_WITHIN_MS
    return passed[-2] if near and len(passed) > 1 else passed[-1]


def _starts(player: Player) -> list[int]:
    """Return where stages start, each once, in order."""
    return sorted({cue.span_start_ms for cue in player.cues})
