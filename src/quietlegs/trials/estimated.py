"""What the estimate hands on: beliefs about each arm, and the line for the picture."""

from dataclasses import asdict, dataclass
from typing import Any

from quietlegs.trials.compare import ArmNights


@dataclass(frozen=True, slots=True)
class Belief:
    """A number that is not known exactly: mean, standard deviation, and the ends of the middle 95 %."""

    mean: float
    sd: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ArmEstimate:
    """An arm less the comparator, in the answers' unit, on the night of the arm.

    The chances are: `better` and `worse` (together 1), `worthwhile` (better by more than the smallest
    difference worth having) and `harmful` (worse by more than that). `carried` is what the arm still does on
    the night after; None where carry-over was not declared.
    """

    nights: ArmNights
    effect: Belief
    better: float
    worse: float
    worthwhile: float
    harmful: float
    carried: Belief | None


@dataclass(frozen=True, slots=True)
class Line:
    """The expected answer of each listed night of the trial, with its 95 % band; `on` are dates in ISO form."""

    on: tuple[str, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The posterior in short. An estimate for the person, not a claim: looking often does not make it one.

    `phi` is the autocorrelation of single nights, `sigma` the posterior mean of their standard deviation
    around the line, `covariates` the difference that one unit of each makes, `left_out` the covariates that
    do not vary among the answered nights, `unlisted` the dates in between that the diary does not have.
    `log_evidence` is the log density of the answers with a flat prior (density 1) for the level.
    """

    comparator: ArmNights
    arms: tuple[ArmEstimate, ...]
    phi: Belief
    sigma: float
    covariates: dict[str, Belief]
    left_out: tuple[str, ...]
    line: Line
    log_evidence: float
    unlisted: int

    def of(self, arm: str) -> ArmEstimate:
        """Return what is believed about one arm; KeyError when it is not among them."""
        return {one.nights.name: one for one in self.arms}[arm]

    def as_dict(self) -> dict[str, Any]:
        """Return the result as values that JSON knows."""
        return {"result": "estimate", **asdict(self)}
