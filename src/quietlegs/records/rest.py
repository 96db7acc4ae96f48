"""A rest from the routine, for any time and any reason."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Rest:
    """From the night of this fact on nothing is due; `until` is the last night of the rest, None while it is open.

    Whoever is back earlier replaces it by one that ended the night before.
    """

    until: date | None = None
