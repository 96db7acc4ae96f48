"""What another program kept of a moment, in that program's own words."""

from dataclasses import dataclass
from typing import Annotated

from quietlegs.records.bounds import Between, Length, RangeError, check_bounds, check_value
from quietlegs.words.catalogue import _

MOST_TAGS = 100
_TAG = Length(1, 120)
# The name under which every program's mood is kept.
MOOD = "mood"


@dataclass(frozen=True, slots=True)
class Remark:
    """A mood, a habit or a symptom as another program kept it; shown and exported, and counted by nothing.

    `value` lies on a scale whose best or most is `of`, or is an amount in `unit`; None where the program tells none.
    `word` is what it calls that value, `note` what the person wrote to it.
    """

    about: Annotated[str, Length(1, 120)]
    value: Annotated[float | None, Between(-1_000_000_000, 1_000_000_000)] = None
    of: Annotated[float | None, Between(0, 1_000_000)] = None
    unit: Annotated[str | None, Length(1, 40)] = None
    word: Annotated[str | None, Length(1, 120)] = None
    note: Annotated[str | None, Length(1, 10_000)] = None
    tags: tuple[Annotated[str, Length(1, 120)], ...] = ()
    source: Annotated[str | None, Length(1, 80)] = None

    def __post_init__(self) -> None:
        """Refuse a value outside its scale, and tags without a name or without end."""
        check_bounds(self)
        if self.of is not None and (self.value is None or not 0 <= self.value <= self.of):
            raise RangeError("Remark.value", self.value, f"{Between(0, self.of)}")
        if len(self.tags) > MOST_TAGS:
            raise RangeError("Remark.tags", len(self.tags), _("up to {most}", most=MOST_TAGS))
        for tag in self.tags:
            check_value("Remark.tags", tag, _TAG)
