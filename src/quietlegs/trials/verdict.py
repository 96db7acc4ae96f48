"""What can be said of each arm: a claim by design, a chance by the estimate, or how long it still takes."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from quietlegs.trials.claim import Claim
from quietlegs.trials.compare import ArmNights
from quietlegs.trials.estimated import ArmEstimate, Estimate
from quietlegs.trials.wager import Wager


class Verdict(StrEnum):
    """Only the first two are claims; they come from the lot. The others come from the estimate."""

    HELPS = "helps"
    WORSE = "worse"
    NOT_WORTH_IT = "not_worth_it"
    LEANING = "leaning"
    CANNOT_TELL = "cannot_tell"


class Short(StrEnum):
    """Why there is no estimate yet."""

    TOO_FEW = "too_few"
    ARM_NOT_SEEN = "arm_not_seen"
    NO_SPREAD = "no_spread"


class Lot(StrEnum):
    """How it is known what was drawn: a schedule kept from the start, the diarist's word, or not at all."""

    KEPT = "kept"
    SAID = "said"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MoreNights:
    """About how many more nights until a verdict, if things go on as they do.

    `nights` is the middle of what is likely, `low` to `high` holds 8 of 10; None: not within the planned nights.
    `chance` is the chance of a verdict by the end of the running stage, `left` the nights until then.
    """

    nights: int | None
    low: int | None
    high: int | None
    chance: float
    left: int


@dataclass(frozen=True, slots=True)
class ArmVerdict:
    """One arm against the comparator.

    `done` counts the nights on which the arm was really done, None where nobody noted it; what was assigned is what
    counts. `estimate` is None where `short` says why. `claimed_on` is the date (ISO) of the look that claimed it.
    """

    nights: ArmNights
    done: int | None
    verdict: Verdict
    estimate: ArmEstimate | None
    short: Short | None
    claimed_on: str | None
    more: MoreNights | None


@dataclass(frozen=True, slots=True)
class Setting:
    """The trial in short; nights count from 1 without the run-in.

    `night` is the last night that has gone by, `stage_ends` after how many nights each stage ends, `shares` each
    stage's part of the 5 %, `worthwhile` the smallest difference worth having, `lower_is_better` which way is wanted.
    """

    comparator: ArmNights
    night: int
    first_on: str
    block_nights: int | None
    stage_ends: tuple[int, ...]
    shares: tuple[float, ...]
    lot: Lot
    open_ended: bool
    worthwhile: float
    lower_is_better: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole report on one trial: what can be said, and all that it rests on.

    `run_in`, `washed` and `outside` count listed nights that no arm was compared on, `unlisted` the dates of the
    trial so far that the diary does not have. `claim` belongs to a trial with a horizon, `wager` to an open-ended
    one; both are None where it is not known what was drawn.
    """

    setting: Setting
    arms: tuple[ArmVerdict, ...]
    estimate: Estimate | None
    claim: Claim | None
    wager: Wager | None
    run_in: int
    washed: int
    outside: int
    unlisted: int

    def of(self, arm: str) -> ArmVerdict:
        """Return what can be said of one arm; KeyError when it is not among them."""
        return {one.nights.name: one for one in self.arms}[arm]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as values that JSON knows."""
        return {"result": "answer", **asdict(self)}
