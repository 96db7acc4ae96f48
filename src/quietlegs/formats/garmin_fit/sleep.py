"""Sleep in a FIT file: when it began and ended, and its stages, each told by the moment at which it ended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from quietlegs.formats.course import Course
from quietlegs.formats.garmin_fit.messages import Message
from quietlegs.formats.nights import LONGEST, from_device
from quietlegs.records.slept import Sleep

SOURCE = "Garmin"
# The profile that everybody may read does not name it.
_SLEEP_EVENT = 74
_ASLEEP = {"light", "deep", "rem"}
_APART = timedelta(hours=3)
_BEGAN, _STAGE, _ENDED = range(3)
_MOST_AWAKENINGS = 100


@dataclass(slots=True)
class Night:
    """One night: the message that it was first told by, its ends and its course.

    `announced` where its beginning was told by an event of its own, so that an event of its end is waited for.
    """

    told_by: Message
    began: datetime
    ended: datetime
    announced: bool
    course: Course = field(default_factory=Course)

    def sleep(self, awakenings: float | None) -> Sleep:
        """Return it as a sleep; a count by the watch itself goes before ours. ValueError says why there can be none."""
        found = self.course.of(from_device(SOURCE, self.began, self.ended))
        if awakenings is None or not 0 <= awakenings <= _MOST_AWAKENINGS:
            return found
        return replace(found, awakenings=int(awakenings))


def tells_of_sleep(message: Message) -> bool:
    """Tell whether a message is one end of a night, or a stage of it."""
    if message.instant("timestamp") is None:
        return False
    return message.name == "sleep_level" or (message.name == "event" and message.values.get("event") == _SLEEP_EVENT)


def nights(told: Iterable[Message]) -> Iterator[Night]:
    """Yield the nights that these messages tell of, in whatever order they come."""
    night: Night | None = None
    for at, what, message in sorted(map(_step, told), key=lambda step: step[:2]):
        if night is not None and (what == _BEGAN or at - night.ended >= (LONGEST if night.announced else _APART)):
            yield night
            night = None
        if night is None:
            night = Night(message, at, at, announced=what == _BEGAN)
        if what == _STAGE and message.values.get("sleep_level") in {"awake", *_ASLEEP}:
            # A stage is told by its end: it began where the one before it ended.
            night.course.add(night.ended, asleep=message.values["sleep_level"] in _ASLEEP)
            night.course.counts = True
        night.ended = at
        if what == _ENDED:
            yield night
            night = None
    if night is not None:
        yield night


def _step(message: Message) -> tuple[datetime, int, Message]:
    at = message.values["timestamp"]
    if message.name == "sleep_level":
        return at, _STAGE, message
    return at, _BEGAN if message.values.get("event_type") == "start" else _ENDED, message
