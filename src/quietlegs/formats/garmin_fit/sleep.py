"""Sleep in a FIT file: the ends of a night, and its stages, each told by the moment at which it ended."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from quietlegs.formats.ended_stages import Night, Nights, Step, What
from quietlegs.formats.garmin_fit.messages import Message
from quietlegs.records.slept import Sleep

SOURCE = "Garmin"
# The profile that everybody may read does not name it.
_SLEEP_EVENT = 74
_STAGES = {"awake": What.AWAKE, "light": What.ASLEEP, "deep": What.ASLEEP, "rem": What.ASLEEP}
_ORDER = list(What)
_MOST_AWAKENINGS = 100


def step_of(message: Message) -> Step | None:
    """Return what a message tells of a night; None where it tells of none."""
    at = message.instant("timestamp")
    if at is None:
        return None
    if message.name == "sleep_level":
        return Step(at, _STAGES.get(f"{message.values.get('sleep_level')}", What.UNKNOWN), message.place)
    if message.name == "event" and message.values.get("event") == _SLEEP_EVENT:
        began = message.values.get("event_type") == "start"
        return Step(at, What.BEGAN if began else What.ENDED, message.place)
    return None


def nights(told: Iterable[Step]) -> Iterator[Night]:
    """Yield the nights of one file, in whatever order it tells of them."""
    heard = Nights()
    for step in sorted(told, key=lambda one: (one.at, _ORDER.index(one.what))):
        yield from heard.hear(step)
    yield from heard.rest()


def sleep_of(night: Night, awakenings: float | None) -> Sleep:
    """Return a night as a sleep; a count by the watch itself goes before ours. ValueError where there can be none."""
    found = night.sleep(SOURCE)
    if awakenings is None or not 0 <= awakenings <= _MOST_AWAKENINGS:
        return found
    return replace(found, awakenings=int(awakenings))
