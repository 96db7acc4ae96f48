"""A movement: its steps, form and doses; and a routine made of movements."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from quietlegs.library.evidence import Evidence, Grade, Key, Line, Text
from quietlegs.library.pose import Pose
from quietlegs.library.spoken import Spoken
from quietlegs.records.bounds import Between, Length, RangeError, check_bounds

LEVELS = 5


class Position(StrEnum):
    """How the body is held during a movement."""

    STANDING = "standing"
    SEATED = "seated"
    LYING = "lying"


class Effort(StrEnum):
    """How hard a movement is; decides how late in the evening it may end."""

    GENTLE = "gentle"
    MODERATE = "moderate"


class DoseKind(StrEnum):
    """How a dose is counted."""

    HOLD = "hold"
    REPEAT = "repeat"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction, short enough to speak; `pose` names a drawing of the exercise, None when there is none."""

    show: Annotated[str, Length(3, 110), Spoken()]
    pose: Key | None = None

    def __post_init__(self) -> None:
        """Refuse a step too long to speak in one breath."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Dose:
    """One level of a movement, for each side where `sides` is 2.

    HOLD: `hold_s` seconds, `repetitions` times, `rest_s` between. REPEAT: `repetitions` of `hold_s` seconds each,
    in `sets`, `rest_s` between sets. MINUTES: `hold_s` seconds in one go.
    `pose` names the drawing of the work at this level where that is not the usual one.
    """

    hold_s: Annotated[float, Between(1, 1800, "s")]
    repetitions: Annotated[int, Between(1, 80)] = 1
    sets: Annotated[int, Between(1, 5)] = 1
    rest_s: Annotated[float, Between(0, 120, "s")] = 0.0
    note: Annotated[str | None, Length(2, 80), Spoken()] = None
    pose: Key | None = None

    def __post_init__(self) -> None:
        """Refuse a dose outside its range."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Breathing:
    """Seconds in by the nose and out by the mouth; None for "breathe freely"."""

    in_s: Annotated[float, Between(2, 8, "s")]
    out_s: Annotated[float, Between(2, 10, "s")]
    words: Line = "In through the nose, out through the mouth."

    def __post_init__(self) -> None:
        """Refuse a pace that would be forced."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement or measure; `doses` has five levels, none for a measure.

    `setup_s` is the time to get ready, side change included; `latest_min` how many minutes before bed it must have
    ended (0: until bed); `seated` the key of the seated substitute (its own key when it is seated already, None when
    there is none); `ask_first` and `stop` are keys of the safety table; `other_ways` are forms for another position
    or for later, shown beside the steps and never spoken in turn.
    """

    key: Key
    number: Annotated[int, Between(1, 21)]
    name: Line
    works: Line
    position: Position
    needs: tuple[Line, ...]
    effort: Effort
    latest_min: Annotated[int, Between(0, 240, "min")]
    sides: Annotated[int, Between(1, 2)]
    steps: tuple[Step, ...]
    form: tuple[Line, ...]
    faults: tuple[Line, ...]
    stop: tuple[Key, ...]
    ask_first: tuple[Key, ...]
    evidence: tuple[Evidence, ...]
    grade: Grade
    in_short: Text
    dose_kind: DoseKind | None = None
    doses: tuple[Dose, ...] = ()
    breathing: Breathing | None = None
    seated: Key | None = None
    poses: dict[str, Pose] | None = None
    other_ways: tuple[Step, ...] = ()
    setup_s: Annotated[float, Between(0, 60, "s")] = 20.0
    comparator: bool = False
    is_test: bool = False

    def key_poses(self, name: str) -> tuple[Pose, ...]:
        """Return the poses between which a drawing moves, the one it is named after last; that one alone when still."""
        poses = self.poses or {}
        return (*(poses[key] for key in poses[name].after), poses[name])

    def __post_init__(self) -> None:
        """Refuse a movement without five levels, steps, form points and a stop rule."""
        check_bounds(self)
        if len(self.doses) != (0 if self.is_test else LEVELS):
            raise RangeError("Exercise.doses", len(self.doses), "five levels, none for a measure")
        if (self.dose_kind is None) != self.is_test:
            raise RangeError("Exercise.dose_kind", self.dose_kind, f"{', '.join(DoseKind)}; none for a measure")
        for name in ("steps", "form", "stop"):
            if not getattr(self, name):
                raise RangeError(f"Exercise.{name}", "nothing", "at least one")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a routine: the movement, its level, and what it is there for."""

    exercise: Key
    level: Annotated[int, Between(1, LEVELS)]
    why: Line

    def __post_init__(self) -> None:
        """Refuse a level outside 1-5."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Routine:
    """Movements in order; `settings` are pleasant things around it, offered and never needed.

    `from_min` and `to_min` are the minutes that its name and text promise; None for a routine made on the way.
    """

    key: Key
    name: Line
    in_short: Text
    slots: tuple[Slot, ...]
    settings: tuple[Line, ...] = ()
    from_min: Annotated[float | None, Between(1, 60, "min")] = None
    to_min: Annotated[float | None, Between(1, 60, "min")] = None

    def __post_init__(self) -> None:
        """Refuse a routine without movements."""
        check_bounds(self)
        if not self.slots:
            raise RangeError("Routine.slots", "nothing", "at least one movement")
        if self.from_min is not None and self.to_min is not None and self.from_min > self.to_min:
            raise RangeError("Routine.to_min", self.to_min, f"{self.from_min:g} min or more")
