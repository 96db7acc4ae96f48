"""An evening worked out once: a phone asks for the pages of each of the next nights, at several hours of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quietlegs.library.shelf import Library
from quietlegs.plan.evening import Evening, evening
from quietlegs.plan.turns import Turn
from quietlegs.records.fact import Fact
from quietlegs.words.language import language

_LAST_EVENINGS = 32


@dataclass(frozen=True, slots=True)
class _Known:
    """Facts that are the same only where each of them is; a number that is quickly worked out stands for them."""

    facts: tuple[Fact, ...]

    def __hash__(self) -> int:
        return hash((len(self.facts), self.facts[-1].id if self.facts else None))


def planned(library: Library, facts: tuple[Fact, ...], tonight: date, turns: Sequence[Turn], zone: str) -> Evening:
    """Return what `evening` returns; what was asked before is remembered, by all that it depends on.

    Parameters
    ----------
    library, facts, tonight, turns, zone
        As `evening` takes them.
    """
    return _worked_out(library, _Known(facts), tonight, tuple(turns), zone, language())


@lru_cache(maxsize=_LAST_EVENINGS)
def _worked_out(
    library: Library, known: _Known, tonight: date, turns: tuple[Turn, ...], zone: str, _spoken: str
) -> Evening:
    return evening(library, known.facts, tonight, turns, zone=zone)
