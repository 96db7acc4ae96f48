"""The nights that a report is about, and its weeks."""

from dataclasses import dataclass
from datetime import date, timedelta

from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import FIRST_NIGHT
from quietlegs.words.catalogue import _

MOST_NIGHTS = 732
USUAL_NIGHTS = 91
_NIGHT = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Period:
    """Nights from `first` to `last`, both of them in it; at most two years."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse an end before the beginning, more than two years, and nights that no diary has."""
        if self.first < FIRST_NIGHT:
            raise RangeError(
                _("first night"), self.first.isoformat(), _("{first} or later", first=FIRST_NIGHT.isoformat())
            )
        if self.last < self.first:
            raise RangeError(
                _("last night"), self.last.isoformat(), _("{first} or later", first=self.first.isoformat())
            )
        if len(self) > MOST_NIGHTS:
            earliest = (self.last - (MOST_NIGHTS - 1) * _NIGHT).isoformat()
            raise RangeError(
                _("first night"), self.first.isoformat(), _("{first} or later: two years at most", first=earliest)
            )

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, night: date) -> bool:
        return self.first <= night <= self.last

    @property
    def nights(self) -> tuple[date, ...]:
        """Every night of it, oldest first."""
        return tuple(self.first + place * _NIGHT for place in range(len(self)))

    @property
    def weeks(self) -> tuple["Period", ...]:
        """Seven nights each, counted back from the last night, oldest first; the first of them may be shorter."""
        ends = [self.last - back * _NIGHT for back in range(0, len(self), _WEEK)]
        return tuple(Period(max(self.first, end - (_WEEK - 1) * _NIGHT), end) for end in reversed(ends))

    @property
    def halves(self) -> tuple["Period", "Period"] | None:
        """The first half and the second, the longer one second; None for a single night."""
        if len(self) == 1:
            return None
        middle = self.first + (len(self) // 2) * _NIGHT
        return Period(self.first, middle - _NIGHT), Period(middle, self.last)


def up_to(last: date, nights: int = USUAL_NIGHTS) -> Period:
    """Return the period of so many nights that ends on `last`; no diary has a night before 1970."""
    known = (last - FIRST_NIGHT).days
    return Period(last - min(nights - 1, max(known, 0)) * _NIGHT, last)
