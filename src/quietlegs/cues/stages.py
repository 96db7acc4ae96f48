"""One movement as stages in order: get ready, learn the steps, work, rest, change legs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from quietlegs.cues import wording
from quietlegs.cues.cue import CueKind, Side
from quietlegs.cues.stretch import Tile, lead_breath, paced, parts, to_ms
from quietlegs.library.exercise import Dose, DoseKind, Exercise
from quietlegs.words.catalogue import _

_SWITCH_MS = 10_000
# What must be left of a rest, so that its own word is heard before the breath in.
_WORD_MS = 1_000
_STEP_LEAST_S = 4.0
_STEP_START_S = 1.0


@dataclass(frozen=True, slots=True)
class Stage:
    """Cues that are counted down together, not yet placed in time."""

    tiles: tuple[Tile, ...]
    side: Side
    pose: str | None
    works: bool = False
    repetitions: int = 0


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement with one of its doses; `order` is the sides one after the other, BOTH alone when they work as one."""

    exercise: Exercise
    kind: DoseKind
    dose: Dose
    order: tuple[Side, ...]

    @property
    def _rounds(self) -> int:
        return {DoseKind.HOLD: self.dose.repetitions, DoseKind.REPEAT: self.dose.sets, DoseKind.MINUTES: 1}[self.kind]

    @property
    def _turns(self) -> list[tuple[Side, int]]:
        """Each side and round: holds finish one side first, sets change sides before the rest."""
        rounds = range(self._rounds)
        if self.kind is DoseKind.REPEAT:
            return [(side, n) for n in rounds for side in self.order]
        return [(side, n) for side in self.order for n in rounds]

    @property
    def _changes(self) -> int:
        """How often the sides change within the setup's time: once for holds, once a set for sets."""
        return (len(self.order) - 1) * (self._rounds if self.kind is DoseKind.REPEAT else 1)

    @property
    def _switch_ms(self) -> int:
        """How long one change of sides takes: 10 s of the setup in all, half of a setup shorter than 20 s."""
        return min(_SWITCH_MS, to_ms(self.exercise.setup_s) // 2) // self._changes if self._changes else 0

    @property
    def _prepare_ms(self) -> int:
        return to_ms(self.exercise.setup_s) - self._switch_ms * self._changes

    def stages(self, *, teach: bool) -> Iterator[Stage]:
        """Yield everything from getting ready to the last second of work."""
        before: tuple[Side, int] | None = None
        for turn in self._turns:
            gap = self._gap(before, turn, halved=teach)
            yield from self._lead_in(gap, turn[0], teach=teach and before is None)
            yield from self._work(turn[0], "" if gap.length_ms else gap.say)
            before = turn

    def _gap(self, before: tuple[Side, int] | None, turn: tuple[Side, int], *, halved: bool) -> Tile:
        side, n = turn
        if before is None:
            own_ms = self._prepare_ms - sum(tile.length_ms for tile in self._lead(self._prepare_ms))
            within_s = own_ms / (2000 if halved else 1000)
            say = wording.say_prepare(self.exercise, self.dose, side, within_s=within_s)
            return Tile(CueKind.PREPARE, self._prepare_ms, wording.show_prepare(self.exercise), say)
        if n == before[1] + 1:
            show, say = wording.show_rest(n, self._rounds), wording.say_rest(side, side_changes=side is not before[0])
            return Tile(CueKind.REST, to_ms(self.dose.rest_s), show, say)
        return Tile(CueKind.SWITCH_SIDE, self._switch_ms, _(wording.SWITCH), wording.say_switch(side))

    def _lead_in(self, gap: Tile, side: Side, *, teach: bool) -> Iterator[Stage]:
        """Yield the time before work, its end given to the breath in where there is room for both."""
        lead = self._lead(gap.length_ms)
        own_ms = gap.length_ms - sum(tile.length_ms for tile in lead)
        if teach:
            first_ms = own_ms // 2
            yield Stage(_lasting(gap, first_ms), side, self._first_pose)
            yield from self._steps(side)
            own_ms -= first_ms
            gap = Tile(gap.kind, own_ms, _(wording.READY), wording.say_ready(side))
        pose = self._rest_pose if gap.kind is CueKind.REST else self._first_pose
        yield Stage((*_lasting(gap, own_ms), *lead), side, pose)

    def _lead(self, gap_ms: int) -> tuple[Tile, ...]:
        breathing = self.exercise.breathing
        if self.kind is not DoseKind.HOLD or breathing is None or not paced(self.kind, self.dose, breathing):
            return ()
        lead = lead_breath(breathing)
        return (lead,) if gap_ms - lead.length_ms >= _WORD_MS else ()

    def _steps(self, side: Side) -> Iterator[Stage]:
        pose = self._first_pose
        for step in self.exercise.steps:
            pose = step.pose or pose
            yield Stage((Tile(CueKind.STEP, to_ms(step_seconds(step.show)), step.show, step.show),), side, pose)

    def _work(self, side: Side, before: str) -> Iterator[Stage]:
        """Yield the work of one side; `before` is said first where no time was left to say it earlier."""
        if self.kind is DoseKind.REPEAT:
            length = to_ms(self.dose.hold_s) * self.dose.repetitions
            say = wording.together(before, wording.say_set(self.dose))
            one = Tile(CueKind.HOLD, length, wording.show_set(self.dose), say)
            yield Stage((one,), side, self._work_pose, works=True, repetitions=self.dose.repetitions)
            return
        cut = parts(self.kind, self.dose, self.exercise.breathing)
        for k, tiles in enumerate(cut):
            first = tiles[0]
            say = first.say if k else wording.together(before, first.say)
            said = (Tile(first.kind, first.length_ms, first.show, say), *tiles[1:])
            counts = int(self.kind is DoseKind.HOLD and k == len(cut) - 1)
            yield Stage(said, side, self._work_pose, works=True, repetitions=counts)

    @property
    def _step_poses(self) -> list[str]:
        return [step.pose for step in self.exercise.steps if step.pose] or list(self.exercise.poses or ())

    @property
    def _first_pose(self) -> str | None:
        return next(iter(self._step_poses), None)

    @property
    def _work_pose(self) -> str | None:
        """The level's own, or the last in which a muscle works, for what follows leads to rest; else the usual."""
        if self.dose.pose:
            return self.dose.pose
        poses = self.exercise.poses or {}
        at_work = [name for name in self._step_poses if name in poses and poses[name].accent is not None]
        usual = [name for name, _ in Counter(self._step_poses).most_common(1)]
        return next(chain(reversed(at_work), usual), None)

    @property
    def _rest_pose(self) -> str | None:
        last = next(reversed(self._step_poses), None)
        return self._first_pose if last == self._work_pose else last


def _lasting(tile: Tile, length_ms: int) -> tuple[Tile, ...]:
    return (replace(tile, length_ms=length_ms),) if length_ms else ()


def step_seconds(text: str) -> float:
    """Return how long a step stays: time to hear it and to do it."""
    return max(_STEP_LEAST_S, _STEP_START_S + wording.speaking_seconds(text))
