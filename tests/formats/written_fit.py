"""FIT files for tests, written by hand from the protocol: a header, definitions, messages, a checksum."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from fitdecode.utils import compute_crc

_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
# The number of a base type, and how it is packed.
ENUM, UINT8, UINT16, UINT32 = (0x00, "B"), (0x02, "B"), (0x84, "H"), (0x86, "I")
FILE_ID, SPORT, SESSION, RECORD, EVENT, ACTIVITY, SLEEP_LEVEL, SLEEP_ASSESSMENT = 0, 12, 18, 20, 21, 34, 275, 346
WALKING, RUNNING = 11, 1
STAGES = {"unmeasurable": 0, "awake": 1, "light": 2, "deep": 3, "rem": 4}

Value = tuple[int, tuple[int, str], int]


@dataclass
class Told:
    """One message: its global number and its fields (number, base type, raw value)."""

    number: int
    values: list[Value] = field(default_factory=list)


def seconds(at: datetime) -> int:
    return round((at - _EPOCH).total_seconds())


def fit(told: Iterable[Told]) -> bytes:
    body = b"".join(_definition(one) + _message(one) for one in told)
    head = struct.pack("<2BHI4s", 12, 0x20, 2100, len(body), b".FIT")
    return head + body + struct.pack("<H", compute_crc(head + body))


def _definition(one: Told) -> bytes:
    fields = b"".join(
        struct.pack("<3B", number, struct.calcsize(f"<{base[1]}"), base[0]) for number, base, _value in one.values
    )
    return struct.pack("<3BHB", 0x40, 0, 0, one.number, len(one.values)) + fields


def _message(one: Told) -> bytes:
    return b"\0" + b"".join(struct.pack(f"<{base[1]}", value) for _number, base, value in one.values)


def file_id(kind: int) -> Told:
    return Told(FILE_ID, [(0, ENUM, kind), (1, UINT16, 1)])


def session(began: datetime, timer_ms: int, *, elapsed_ms: int = 0, sport: int = WALKING) -> Told:
    return Told(
        SESSION,
        [
            (253, UINT32, seconds(began)),
            (2, UINT32, seconds(began)),
            (7, UINT32, max(elapsed_ms, timer_ms)),
            (8, UINT32, timer_ms),
            (5, ENUM, sport),
        ],
    )


def sport(number: int = WALKING) -> Told:
    return Told(SPORT, [(0, ENUM, number)])


def record(at: datetime, pulse: int = 70) -> Told:
    return Told(RECORD, [(253, UINT32, seconds(at)), (3, UINT8, pulse)])


def activity(at: datetime, ahead_s: int) -> Told:
    return Told(ACTIVITY, [(253, UINT32, seconds(at)), (5, UINT32, seconds(at) + ahead_s)])


def sleep_event(at: datetime, *, ends: bool) -> Told:
    return Told(EVENT, [(253, UINT32, seconds(at)), (0, ENUM, 74), (1, ENUM, int(ends))])


def stage(until: datetime, name: str) -> Told:
    return Told(SLEEP_LEVEL, [(253, UINT32, seconds(until)), (0, ENUM, STAGES[name])])


def awakenings(count: int) -> Told:
    return Told(SLEEP_ASSESSMENT, [(11, UINT8, count)])


TEN = datetime(2026, 1, 1, 22, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# 22:00 to bed, asleep 22:20, awake 2:00 to 2:10, up at 6:00.
NIGHT = [
    file_id(49),
    sleep_event(TEN, ends=False),
    stage(TEN + 20 * MINUTE, "awake"),
    stage(TEN + 100 * MINUTE, "light"),
    stage(TEN + 240 * MINUTE, "deep"),
    stage(TEN + 250 * MINUTE, "awake"),
    stage(TEN + 480 * MINUTE, "rem"),
    sleep_event(TEN + 480 * MINUTE, ends=True),
]
