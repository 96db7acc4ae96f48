"""Reads walks and nights of a Garmin watch: FIT files, by themselves or in a zip."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from quietlegs.formats.archive import members, opened
from quietlegs.formats.ended_stages import Night, Step
from quietlegs.formats.garmin_fit.messages import END, Message, messages
from quietlegs.formats.garmin_fit.sleep import nights, sleep_of, step_of
from quietlegs.formats.garmin_fit.walk import SPORT, session, walk
from quietlegs.formats.nights import slept, zone_of
from quietlegs.formats.reading import Entry, Format, LeftOut, NotReadableError, Read
from quietlegs.formats.watching import open_bytes
from quietlegs.words.catalogue import _
from quietlegs.words.dates import day

_NAME = "Garmin FIT"
_MAGIC, _MAGIC_AT = b".FIT", 8
_MOST_KEPT = 20_000
_QUARTER = timedelta(minutes=15)
_MOST_OFFSET = timedelta(hours=14)


def _sniff(file: Path) -> bool:
    try:
        with file.open("rb") as handle:
            start = handle.read(_MAGIC_AT + len(_MAGIC))
    except OSError:
        return False
    return start[_MAGIC_AT:] == _MAGIC or bool(_inside(file))


def _inside(file: Path) -> list[str]:
    return [name for name in members(file) if name.lower().endswith(".fit")]


def _read(file: Path, zone: str) -> Read:
    inside = _inside(file)
    for name in inside:
        last = PurePosixPath(name).name
        try:
            with opened(file, name) as stream:
                for found in _parts(messages(stream), zone):
                    yield replace(found, place=_("{name}, {place}", name=last, place=found.place))
        except NotReadableError as error:
            yield LeftOut(last, f"{error}", bad=True)
    if not inside:
        with open_bytes(file) as stream:
            yield from _parts(messages(stream), zone)


@dataclass(slots=True)
class _Part:
    """What one FIT file, of perhaps several in one, has told so far."""

    kind: str = "?"
    sport: str = ""
    # By how much the clock on the wall was ahead of UTC.
    offset: timedelta | None = None
    walks: list[Message] = field(default_factory=list)
    asleep: list[Step] = field(default_factory=list)
    awakenings: float | None = None
    first: Message | None = None
    last: Message | None = None
    too_many: bool = False

    def hear(self, message: Message) -> None:
        """Keep what is wanted of a message."""
        self.too_many |= len(self.walks) + len(self.asleep) >= _MOST_KEPT
        if self.too_many:
            return
        if message.name == "session":
            self.walks.append(message)
        elif step := step_of(message):
            self.asleep.append(step)
        elif message.name == "record" and message.instant("timestamp"):
            self.first, self.last = self.first or message, message
        elif message.name == "file_id":
            self.kind = f"{message.values.get('type') or '?'}"[:40]
        elif message.name == "sport":
            self.sport = f"{message.values.get('sport')}"
        elif message.name == "sleep_assessment":
            self.awakenings = message.number_of("awakenings_count")
        elif message.name == "activity":
            self.offset = _offset(message.instant("local_timestamp"), message.instant("timestamp"))

    def told(self, zone: str) -> Iterator[Entry | LeftOut]:
        """Yield what it holds for the diary."""
        if self.too_many:
            yield LeftOut(_("the file"), _("it holds more than {most} stages of sleep", most=_MOST_KEPT), bad=True)
            return
        for message in self.walks:
            yield session(message, self._zone(message.instant("start_time"), zone))
        slept_in = list(nights(self.asleep))
        for night in slept_in:
            yield _night(night, self.awakenings if len(slept_in) == 1 else None, self._zone(night.began, zone))
        if self.walks or slept_in:
            return
        began, ended = (one.instant("timestamp") if one else None for one in (self.first, self.last))
        if self.first and began and ended and self.sport == SPORT:
            # The summary stands at the end; a file that was cut has none.
            yield walk(self.first.place, began, ended, ended - began, self._zone(began, zone))
        else:
            words = _("nothing in it has a place in the diary: it is a file of the kind {kind}", kind=self.kind)
            yield LeftOut(_("the file"), words)

    def _zone(self, at: datetime | None, zone: str) -> str:
        return zone if at is None or self.offset is None else zone_of(at, self.offset, zone)


def _offset(local: datetime | None, at: datetime | None) -> timedelta | None:
    if local is None or at is None:
        return None
    offset = round((local - at) / _QUARTER) * _QUARTER
    return offset if abs(offset) <= _MOST_OFFSET else None


def _parts(told: Iterable[Message | LeftOut], zone: str) -> Read:
    part, heard = _Part(), False
    for message in told:
        if isinstance(message, LeftOut):
            yield message
        elif message.name != END:
            part.hear(message)
            heard = True
        else:
            yield from part.told(zone) if message.whole else [_spoiled()]
            part, heard = _Part(), False
    if heard:
        yield from part.told(zone)


def _spoiled() -> LeftOut:
    return LeftOut(_("the file"), _("its checksum does not fit, so any number in it may be wrong"), bad=True)


def _night(night: Night, awakenings: float | None, zone: str) -> Entry | LeftOut:
    place = night.place
    try:
        found = slept(place, f"sleep {night.began.isoformat()}", sleep_of(night, awakenings), zone)
    except ValueError as error:
        return LeftOut(place, f"{error}", bad=True)
    if isinstance(found, LeftOut):
        return found
    on = day(found.night, year=True)
    return replace(found, said=_("{night}: sleep; no real file with sleep was tried yet", night=on))


FORMAT = Format("garmin_fit", _NAME, proven=True, sniff=_sniff, read=_read)
