"""Identifiers that a device makes alone, in order of time."""

from datetime import datetime, timedelta
from uuid import UUID

from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import require_utc

_EPOCH_BITS = 48
_RANDOM_BYTES = 10


def uuid7(at: datetime, random: bytes) -> UUID:
    """Build a UUID of version 7 (RFC 9562, section 5.7) from an instant and ten random bytes.

    Parameters
    ----------
    at : datetime
        Aware UTC instant, kept to the millisecond.
    random : bytes
        Ten bytes, for example from ``secrets.token_bytes(10)``.

    Raises
    ------
    RangeError
        The instant is not UTC or lies before 1970, or there are not ten bytes.

    Examples
    --------
    >>> from datetime import UTC
    >>> str(uuid7(datetime(2026, 1, 10, tzinfo=UTC), bytes(10)))
    '019ba533-e400-7000-8000-000000000000'
    """
    require_utc("at", at)
    if len(random) != _RANDOM_BYTES:
        raise RangeError("random", f"{len(random)} bytes", "10 bytes")
    millis = (at - datetime.fromtimestamp(0, at.tzinfo)) // timedelta(milliseconds=1)
    if not 0 <= millis < 1 << _EPOCH_BITS:
        raise RangeError("at", at, "1970 to 10889")
    bits = (millis << 80) | int.from_bytes(random)
    bits = bits & ~(0xF << 76) | 7 << 76
    bits = bits & ~(0x3 << 62) | 2 << 62
    return UUID(int=bits)
