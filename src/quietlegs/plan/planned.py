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
    """What an evening follows from besides its date; a number that is quickly worked out stands for it."""

    library: Library
    facts: tuple[Fact, ...]

    def __hash__(self) -> int:
        return hash((id(self.library), len(self.facts), self.facts[-1].id if self.facts else None))


def planned(library: Library, facts: tuple[Fact, ...], tonight: date, turns: Sequence[Turn], zone: str) -> Evening:
    """Return what `evening` returns; what was asked before is remembered, by all that it depends on.

    Parameters
    ----------
    library, facts, tonight, turns, zone
        As `evening` takes them.
    """
    return _worked_out(_Known(library, facts), tonight, tuple(turns), zone, language())


def forget() -> None:
    """Work each evening out anew; what is read in another language's place is not known here."""
    _worked_out.cache_clear()


@lru_cache(maxsize=_LAST_EVENINGS)
def _worked_out(known: _Known, tonight: date, turns: tuple[Turn, ...], zone: str, _spoken: str) -> Evening:
    return evening(known.library, known.facts, tonight, turns, zone=zone)
