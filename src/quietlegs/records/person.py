"""What a person told about themselves: safety answers and wishes."""

from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum
from typing import Annotated

from quietlegs.records.bounds import Between, Length, RangeError, check_bounds, check_value
from quietlegs.records.felt import Key
from quietlegs.words.catalogue import _

# About ten kilometres: near enough for a sunset, too far for an address.
_PLACE_DIGITS = 1
_KEY = Length(1, 80)


class Posture(StrEnum):
    """How a person prefers to move."""

    STANDING = "standing"
    SEATED = "seated"


class AgeBand(StrEnum):
    """How old a person is, as far as a ceiling for hard work asks."""

    UNDER_65 = "under_65"
    FROM_65 = "from_65"
    FROM_80 = "from_80"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sun sets: degrees north and east, rounded to a tenth wherever they come from; `name` is for people."""

    latitude: Annotated[float, Between(-90, 90, "degrees")]
    longitude: Annotated[float, Between(-180, 180, "degrees")]
    name: Annotated[str | None, Length(1, 80)] = None

    def __post_init__(self) -> None:
        """Refuse what is nowhere on earth, and forget where exactly it is."""
        check_bounds(self)
        object.__setattr__(self, "latitude", round(float(self.latitude), _PLACE_DIGITS))
        object.__setattr__(self, "longitude", round(float(self.longitude), _PLACE_DIGITS))


@dataclass(frozen=True, slots=True)
class SafetyAnswers:
    """Which safety questions were asked, and which of them were answered with yes (keys of the library)."""

    asked: tuple[Key, ...]
    yes: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a yes to a question that was not asked."""
        for key in self.yes:
            if key not in self.asked:
                raise RangeError("SafetyAnswers.yes", key, f"one of {', '.join(self.asked) or 'none'}")


@dataclass(frozen=True, slots=True)
class Wishes:
    """When the legs usually begin, how the person likes to move, and what their evening allows.

    All times are local wall times, None where nothing was said. The routine may go on between `earliest` and `latest`;
    `settings` are keys of pleasant things around it. Whoever changes one of these keeps the others: `replace`.
    """

    usual_onset: time | None = None
    posture: Posture = Posture.STANDING
    earliest: time | None = None
    latest: time | None = None
    bedtime: time | None = None
    age: AgeBand | None = None
    settings: tuple[Key, ...] = ()
    place: Place | None = None

    def __post_init__(self) -> None:
        """Refuse a time that carries a zone of its own, and a setting without a name or twice."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, time) and value.tzinfo is not None:
                raise RangeError(
                    f"Wishes.{field.name}", value.isoformat(), _("a wall time without zone, such as 21:30")
                )
        for key in self.settings:
            check_value("Wishes.settings", key, _KEY)
        if len(set(self.settings)) != len(self.settings):
            raise RangeError("Wishes.settings", ", ".join(self.settings), _("each once"))
