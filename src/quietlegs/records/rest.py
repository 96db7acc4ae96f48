"""A rest from the routine, for any time and any reason."""

from dataclasses import dataclass
from datetime import date

from quietlegs.records.bounds import RangeError
from quietlegs.records.done import State

_REASONS = (State.SICK, State.TRAVEL, State.COULD_NOT)


@dataclass(frozen=True, slots=True)
class Rest:
    """From the night of this fact on nothing is due; `until` is the last night of the rest, None while it is open.

    `because` is sick, travelling or could not, None for just a break. Whoever is back earlier replaces it by one that
    ended the night before.
    """

    until: date | None = None
    because: State | None = None

    def __post_init__(self) -> None:
        """Refuse what is no reason for a rest."""
        if self.because is not None and self.because not in _REASONS:
            raise RangeError("Rest.because", self.because, ", ".join(_REASONS))
