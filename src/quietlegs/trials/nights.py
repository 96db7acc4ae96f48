"""The nights of one person as arrays: when, which arm, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from quietlegs.records.bounds import RangeError

NO_ARM = -1
# Squares of the answers are added up; beyond this they would leave what a computer can hold.
_LARGEST = 1e100


class NightsError(RangeError):
    """The nights do not allow what was asked; names the place, the value and what is allowed."""


class LengthsDifferError(NightsError):
    """Dates, answers and arms are not equally many."""


class DuplicateNightError(NightsError):
    """One night stands there twice."""


class OutOfOrderError(NightsError):
    """A night stands after a later one."""


class NotFiniteError(NightsError):
    """An answer is infinite, or too large to be squared."""


class UnknownArmError(NightsError):
    """No night had this arm."""


class TooFewNightsError(NightsError):
    """Fewer answered nights than the analysis needs."""


class NoSpreadError(NightsError):
    """The answers leave no chance variation to measure a difference by."""


@dataclass(frozen=True, slots=True, eq=False)
class Nights:
    """One row a night, oldest first, each date once; the arrays cannot be written to.

    `on` are days (datetime64[D]), `arms` positions in `arm_names` (NO_ARM: a night outside the trial),
    `outcomes` the answers in the diary's own unit (NaN: not answered). Dates may be missing altogether.
    """

    on: NDArray[np.datetime64]
    arms: NDArray[np.int64]
    arm_names: tuple[str, ...]
    outcomes: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Refuse nights out of order or twice, answers too large to reckon with and arms without a name."""
        for name, kind in (("on", "datetime64[D]"), ("arms", np.int64), ("outcomes", np.float64)):
            array = np.array(getattr(self, name), dtype=kind)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        _check_lengths(len(self.on), arms=len(self.arms), outcomes=len(self.outcomes))
        _check_order(self.on)
        _check_finite(self.outcomes)
        _check_arms(self.arms, self.arm_names)

    def __len__(self) -> int:
        return len(self.on)

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Whether each night was answered."""
        return ~np.isnan(self.outcomes)

    @property
    def unlisted(self) -> int:
        """How many dates between the first and the last night are not in the list at all."""
        if not len(self):
            return 0
        return int((self.on[-1] - self.on[0]).astype(np.int64)) + 1 - len(self)

    def having(self, arm: str) -> NDArray[np.bool_]:
        """Whether each night had this arm; UnknownArmError when none had."""
        if arm not in self.arm_names:
            raise UnknownArmError("arm", arm, ", ".join(self.arm_names) or "none, no night has an arm")
        same: NDArray[np.bool_] = self.arms == self.arm_names.index(arm)
        return same

    def closed_up(self) -> "Nights":
        """Return the same nights as if no date were missing from the list: each follows the one before."""
        first = self.on[0] if len(self) else np.datetime64(0, "D")
        return Nights(first + np.arange(len(self)), self.arms, self.arm_names, self.outcomes)

    def only(self, names: Sequence[str]) -> "Nights":
        """Return all nights, those with other arms as nights outside the trial."""
        codes = np.array([names.index(name) if name in names else NO_ARM for name in self.arm_names] + [NO_ARM])
        return Nights(self.on, codes[self.arms], tuple(names), self.outcomes)

    def where(self, keep: NDArray[np.bool_]) -> "Nights":
        """Return the nights marked in `keep`, with the arms' names as they are."""
        return Nights(self.on[keep], self.arms[keep], self.arm_names, self.outcomes[keep])


def nights_from(on: Sequence[date], arms: Sequence[str | None], outcomes: Sequence[float | None]) -> Nights:
    """Build the nights of one person from plain sequences, one element a night.

    Parameters
    ----------
    on : sequence of date
        The nights, oldest first, each once.
    arms : sequence of str or None
        The arm assigned to each night, None for a night outside the trial (all None for a plain diary).
    outcomes : sequence of float or None
        The answers in the diary's own unit; None or NaN was not answered.

    Raises
    ------
    NightsError
        DuplicateNightError, OutOfOrderError, NotFiniteError or LengthsDifferError, naming the night.

    Examples
    --------
    >>> week = nights_from([date(2026, 1, 5), date(2026, 1, 7)], ["calf", "breathing"], [4, None])
    >>> week.arm_names, week.answered.tolist(), week.unlisted
    (('calf', 'breathing'), [True, False], 1)
    """
    names = tuple(dict.fromkeys(arm for arm in arms if arm is not None))
    codes = {name: code for code, name in enumerate(names)}
    return Nights(
        np.array(on, dtype="datetime64[D]"),
        np.array([NO_ARM if arm is None else codes[arm] for arm in arms], dtype=np.int64),
        names,
        np.array([np.nan if value is None else value for value in outcomes], dtype=np.float64),
    )


def _check_lengths(nights: int, **others: int) -> None:
    for name, length in others.items():
        if length != nights:
            raise LengthsDifferError(name, f"{length} values", f"{nights}, one a night")


def _check_order(on: NDArray[np.datetime64]) -> None:
    if np.isnat(on).any():
        place = int(np.flatnonzero(np.isnat(on))[0])
        raise NightsError(f"on[{place}]", "no date", "a date")
    wrong = np.flatnonzero(np.diff(on).astype(np.int64) <= 0)
    if not wrong.size:
        return
    place = int(wrong[0]) + 1
    before, night = on[place - 1], on[place]
    if before == night:
        raise DuplicateNightError(f"on[{place}]", str(night), "each night once")
    raise OutOfOrderError(f"on[{place}]", str(night), f"a night after {before}")


def _check_finite(outcomes: NDArray[np.float64]) -> None:
    wrong = np.flatnonzero(np.abs(outcomes) > _LARGEST)
    if wrong.size:
        place = int(wrong[0])
        allowed = f"a finite number, {-_LARGEST:g} to {_LARGEST:g}, or NaN for not answered"
        raise NotFiniteError(f"outcomes[{place}]", float(outcomes[place]), allowed)


def _check_arms(arms: NDArray[np.int64], names: tuple[str, ...]) -> None:
    wrong = np.flatnonzero((arms < NO_ARM) | (arms >= len(names)))
    if wrong.size:
        place = int(wrong[0])
        raise UnknownArmError(f"arms[{place}]", int(arms[place]), f"{NO_ARM} to {len(names) - 1}")
