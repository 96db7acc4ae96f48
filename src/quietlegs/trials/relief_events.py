"""Moments of restless legs as arrays: which movement was drawn, with what chances, and how it felt before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from quietlegs.records.bounds import RangeError
from quietlegs.trials.nights import LengthsDifferError, NotFiniteError, OutOfOrderError
from quietlegs.trials.whitening import Floats

_CLOSE = 1e-6
# Squares of the ratings are added up; beyond this they would leave what a computer can hold.
_LARGEST = 1e100
_DAY = np.timedelta64(1, "D")
Chances = Sequence[Mapping[str, float]]


class ReliefsError(RangeError):
    """The moments do not allow what was asked; names the place, the value and what is allowed."""


class ChanceError(ReliefsError):
    """The chances are missing, are none, or do not add up to 1."""


class UnknownMovementError(ReliefsError):
    """A movement is not among those that may ever be drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Reliefs:
    """One row a moment, oldest first; the arrays cannot be written to.

    `at` are instants (datetime64[s], UTC), `movements` all that may ever be drawn, as fixed before the first moment,
    `made` positions in them. `chances` has a column for each movement: the chance with which it could have been
    drawn at that moment, 0 where it was not in the set. `before` and `after` are ratings (NaN: not answered).
    """

    at: NDArray[np.datetime64]
    movements: tuple[str, ...]
    made: NDArray[np.int64]
    chances: Floats
    before: Floats
    after: Floats

    def __post_init__(self) -> None:
        """Refuse moments out of order, ratings too large to reckon with, and chances that are none."""
        kinds: dict[str, Any] = {"at": "datetime64[s]", "made": np.int64, "chances": np.float64, "before": np.float64}
        for name, kind in (kinds | {"after": np.float64}).items():
            array: NDArray[Any] = np.array(getattr(self, name), dtype=kind)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        self._check_lengths()
        self._check_order()
        self._check_ratings()
        self._check_chances()

    def __len__(self) -> int:
        return len(self.at)

    @classmethod
    def none(cls, movements: Sequence[str]) -> Self:
        """Return the beginning, where nothing was drawn yet."""
        empty = np.empty(0)
        return cls(
            np.empty(0, "datetime64[s]"),
            tuple(movements),
            np.empty(0, np.int64),
            np.empty((0, len(movements))),
            empty,
            empty,
        )

    @property
    def own(self) -> Floats:
        """The chance of the movement that was drawn."""
        return np.asarray(self.chances[np.arange(len(self)), self.made], dtype=np.float64)

    @property
    def drawn(self) -> NDArray[np.bool_]:
        """Whether there was anything to draw: with a chance of 1, nothing can be learned about movements."""
        return np.asarray(self.own < 1)

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Whether both ratings are there."""
        return ~(np.isnan(self.before) | np.isnan(self.after))

    @property
    def drop(self) -> Floats:
        """How much lower the rating was after than before; NaN where one is missing."""
        return self.before - self.after

    @property
    def days(self) -> Floats:
        """Days since the first moment."""
        return np.asarray((self.at - self.at[:1]) / _DAY, dtype=np.float64)

    def where(self, keep: NDArray[np.bool_]) -> "Reliefs":
        """Return the moments marked in `keep`."""
        rows = (self.made[keep], self.chances[keep], self.before[keep], self.after[keep])
        return Reliefs(self.at[keep], self.movements, *rows)

    def counted(self) -> "Reliefs":
        """Return the moments that movements can be compared on: drawn, and rated before and after."""
        return self.where(self.drawn & self.answered)

    def position(self, movement: str) -> int:
        """Return a movement's column; UnknownMovementError when it is none of these."""
        if movement not in self.movements:
            raise UnknownMovementError("movement", movement, ", ".join(self.movements) or "none, there are none")
        return self.movements.index(movement)

    def _check_lengths(self) -> None:
        for name in ("made", "chances", "before", "after"):
            if (length := len(getattr(self, name))) != len(self):
                raise LengthsDifferError(name, f"{length} values", f"{len(self)}, one a moment")
        if self.chances.shape != (len(self), len(self.movements)):
            raise LengthsDifferError("chances", f"{self.chances.shape[-1]} columns", f"{len(self.movements)} movements")
        if len(set(self.movements)) != len(self.movements):
            raise ReliefsError("movements", self.movements, "each once")

    def _check_order(self) -> None:
        wrong = np.flatnonzero(np.isnat(self.at))
        if wrong.size:
            raise ReliefsError(f"at[{wrong[0]}]", "no instant", "an instant")
        wrong = 1 + np.flatnonzero(np.diff(self.at) < np.timedelta64(0, "s"))
        if wrong.size:
            place = int(wrong[0])
            raise OutOfOrderError(f"at[{place}]", str(self.at[place]), f"not before {self.at[place - 1]}")

    def _check_ratings(self) -> None:
        for name, values in (("before", self.before), ("after", self.after)):
            wrong = np.flatnonzero(np.abs(values) > _LARGEST)
            if wrong.size:
                allowed = f"a finite number, {-_LARGEST:g} to {_LARGEST:g}, or NaN for not answered"
                raise NotFiniteError(f"{name}[{wrong[0]}]", float(values[wrong[0]]), allowed)

    def _check_chances(self) -> None:
        wrong = np.flatnonzero((self.made < 0) | (self.made >= len(self.movements)))
        if wrong.size:
            allowed = f"0 to {len(self.movements) - 1}"
            raise UnknownMovementError(f"made[{wrong[0]}]", int(self.made[wrong[0]]), allowed)
        for place, (row, own) in enumerate(zip(self.chances, self.own.tolist(), strict=True)):
            if not 0 < own <= 1:
                raise ChanceError(f"chances[{place}] of {self.movements[self.made[place]]}", own, "above 0, up to 1")
            if not ((row >= 0).all() and abs(row.sum() - 1) <= _CLOSE):
                raise ChanceError(f"chances[{place}]", row.tolist(), "0 to 1 each, together 1")


def reliefs_from(
    at: Sequence[datetime],
    made: Sequence[str],
    chances: Chances,
    ratings: Sequence[tuple[float | None, float | None]],
    *,
    movements: Sequence[str],
) -> Reliefs:
    """Build the moments of one person from plain sequences, one element a moment.

    Parameters
    ----------
    at : sequence of datetime
        Aware instants, oldest first.
    chances : sequence of mapping from str to float
        What could have been drawn at each moment, with its chance; one movement with 1 where nothing was drawn.
    ratings : sequence of pairs
        Before and after; None was not answered.
    movements : sequence of str
        All that may ever be drawn, as fixed before the first moment.

    Raises
    ------
    ReliefsError, LengthsDifferError, NotFiniteError, OutOfOrderError
        ChanceError for chances that are missing, 0 or above 1, or do not add up to 1; UnknownMovementError.

    Examples
    --------
    >>> first = datetime(2026, 1, 5, 3, tzinfo=UTC)
    >>> one = reliefs_from([first], ["calf"], [{"calf": 0.5, "breath": 0.5}], [(7, 4)], movements=("breath", "calf"))
    >>> one.drop.tolist(), one.own.tolist()
    ([3.0], [0.5])
    """
    places = {name: place for place, name in enumerate(movements)}
    for length, name in ((len(made), "made"), (len(chances), "chances"), (len(ratings), "ratings")):
        if length != len(at):
            raise LengthsDifferError(name, f"{length} values", f"{len(at)}, one a moment")
    table = np.zeros((len(at), len(places)))
    for place, (name, row) in enumerate(zip(made, chances, strict=True)):
        for each in (name, *row):
            if each not in places:
                raise UnknownMovementError(f"movement at [{place}]", each, ", ".join(movements))
        table[place, [places[each] for each in row]] = list(row.values())
    told = np.array([[np.nan if value is None else value for value in pair] for pair in ratings], dtype=np.float64)
    before, after = told.reshape(len(at), 2).T
    instants = np.array([each.astimezone(UTC).replace(tzinfo=None) for each in at], dtype="datetime64[s]")
    return Reliefs(instants, tuple(movements), np.array([places[name] for name in made]), table, before, after)
