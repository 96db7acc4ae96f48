"""What was really done: seconds on each side, from the stretches that were played."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from quietlegs.cues.cue import Cue, CueKind, Side
from quietlegs.cues.player import Phase, Player
from quietlegs.records.done import Practice, StopReason, Work

Stretch = tuple[int, int]

# What a diary can hold; only somebody who goes back again and again comes near.
_MOST_MS = 7_200_000
_MOST_REPETITIONS = 1000


@dataclass(frozen=True, slots=True)
class Practised:
    """One movement of a routine: the work planned and the work done."""

    slot: int
    exercise: str
    level: int
    planned: Work
    done: Work


def practised(cues: Sequence[Cue], played: Iterable[Stretch]) -> tuple[Practised, ...]:
    """Count the work of each movement of a timeline.

    Parameters
    ----------
    cues : sequence of Cue
    played : iterable of (int, int)
        Stretches of the timeline that were played, in milliseconds; one played twice counts twice. Pauses and
        skipped time are in none of them. Repetitions are whole ones, of both sides together.

    Returns
    -------
    tuple of Practised
        One for each movement in order, also for those not reached.

    Examples
    --------
    >>> from quietlegs.cues.cue import Span
    >>> cue = Cue(0, 10, CueKind.HOLD, Side.LEFT, "Stay", "", "calf", 2, None, Span(1, 0, 10, True, 1))
    >>> practised([cue], [(0, 4000)])[0].done
    Work(left_s=4.0, right_s=0.0, both_s=0.0, repetitions=0)
    """
    stretches = tuple(played)
    movements = groupby((cue for cue in cues if cue.kind is not CueKind.DONE), key=lambda cue: cue.part.slot)
    return tuple(_practised(slot, tuple(own), stretches) for slot, own in movements)


def practices(player: Player, *, routine: str | None = None, pain: int | None = None) -> tuple[Practice, ...]:
    """Return what to note of a played timeline: each movement that was begun, or stopped in.

    Parameters
    ----------
    player : Player
        Its reason goes to the movement it was stopped in.
    routine : str or None
        The routine's key, None for a movement made on its own.
    pain : int or None
        Pain 0-10 where it hurt, None when not answered; goes to the movement it was stopped in.
    """
    found = []
    for one in practised(player.cues, player.played):
        stopped = _stopped(player, one.slot)
        if stopped is not None or _worked(one.done):
            felt = pain if stopped is not None else None
            found.append(Practice(one.exercise, one.level, one.planned, one.done, stopped, felt, routine))
    return tuple(found)


def _stopped(player: Player, slot: int) -> StopReason | None:
    return player.reason if player.phase is Phase.STOPPED and player.cue.part.slot == slot else None


def _worked(work: Work) -> bool:
    return work.left_s + work.right_s + work.both_s > 0


def _practised(slot: int, cues: tuple[Cue, ...], played: tuple[Stretch, ...]) -> Practised:
    whole = ((cues[0].start_ms, cues[-1].end_ms),)
    return Practised(slot, cues[0].exercise, cues[0].level, _work(cues, whole), _work(cues, played))


def _work(cues: tuple[Cue, ...], played: tuple[Stretch, ...]) -> Work:
    ms = dict.fromkeys(Side, 0)
    repetitions = 0
    for _, own in groupby((cue for cue in cues if cue.works), key=lambda cue: cue.part):
        cue = next(own)
        done = _overlap(cue.span_start_ms, cue.span_end_ms, played)
        ms[cue.side] += done
        repetitions += cue.part.repetitions * done // (cue.span_end_ms - cue.span_start_ms)
    seconds = {side: min(done, _MOST_MS) / 1000 for side, done in ms.items()}
    return Work(seconds[Side.LEFT], seconds[Side.RIGHT], seconds[Side.BOTH], min(repetitions, _MOST_REPETITIONS))


def _overlap(start: int, end: int, played: tuple[Stretch, ...]) -> int:
    return sum(max(0, min(end, late) - max(start, early)) for early, late in played)
