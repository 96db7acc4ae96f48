"""The hour of the day in tests: a zone of the world where it is that hour now, so that no clock has to be faked."""

from datetime import UTC, datetime


def zone_at(hour: int) -> str:
    """Return a zone where it is this hour now."""
    ahead = (hour - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
