"""Nights of a watch that tells each stage of sleep by the moment at which it ended."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

from quietlegs.formats.course import Course
from quietlegs.formats.nights import LONGEST, from_device
from quietlegs.records.slept import Sleep

_APART = timedelta(hours=3)


class What(Enum):
    """What a step tells: a night began, a stage ended, a night ended."""

    BEGAN = auto()
    ASLEEP = auto()
    AWAKE = auto()
    UNKNOWN = auto()
    ENDED = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing told of a night, and where it stands."""

    at: datetime
    what: What
    place: str


@dataclass(slots=True)
class Night:
    """One night: where it was first told of, its ends and its course.

    `announced` where its beginning was told by itself, so that its end is waited for.
    """

    place: str
    began: datetime
    ended: datetime
    announced: bool
    course: Course = field(default_factory=Course)

    def sleep(self, source: str) -> Sleep:
        """Return it as a sleep; ValueError says why there can be none."""
        return self.course.of(from_device(source, self.began, self.ended))


class Nights:
    """The nights of one watch, from steps in order of time."""

    def __init__(self) -> None:
        self._night: Night | None = None

    def hear(self, step: Step) -> Iterator[Night]:
        """Hear of one step; yield a night where it ended one."""
        night = self._night
        if night is not None and (step.what is What.BEGAN or _apart(night, step)):
            yield night
            night = None
        if night is None:
            night = Night(step.place, step.at, step.at, announced=step.what is What.BEGAN)
        if step.what in {What.ASLEEP, What.AWAKE}:
            # It began where the one before it ended.
            night.course.add(night.ended, asleep=step.what is What.ASLEEP)
            night.course.counts = True
        night.ended = max(night.ended, step.at)
        if step.what is What.ENDED:
            yield night
            night = None
        self._night = night

    def rest(self) -> Iterator[Night]:
        """Yield the night whose end was not told."""
        if self._night is not None:
            yield self._night
            self._night = None


def _apart(night: Night, step: Step) -> bool:
    return step.at - night.ended >= (LONGEST if night.announced else _APART)
