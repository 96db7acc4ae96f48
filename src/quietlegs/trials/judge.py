"""The whole answer: nights and design in, a verdict for every arm out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from quietlegs.trials.ar1 import FEWEST_NIGHTS, FEWEST_PER_ARM
from quietlegs.trials.claim import Claim, claim
from quietlegs.trials.compare import ArmNights
from quietlegs.trials.design import Design
from quietlegs.trials.estimate import estimate
from quietlegs.trials.estimated import ArmEstimate, Estimate
from quietlegs.trials.more_nights import NOT_WORTH_IT, Standing, more_nights
from quietlegs.trials.nights import NO_ARM, Nights, NightsError, NoSpreadError, UnknownArmError
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import Declared
from quietlegs.trials.scale import SEVERITY, Axis
from quietlegs.trials.schedule import Schedule
from quietlegs.trials.spending import edge_of
from quietlegs.trials.trial import Drawn, Said, Trial, kept_trial, said_trial
from quietlegs.trials.verdict import Answer, ArmVerdict, Lot, MoreNights, Setting, Short, Verdict
from quietlegs.trials.wager import Wager, wager
from quietlegs.trials.watched import watched
from quietlegs.trials.whitening import Floats

LEANING = 0.9
_OPEN = (Verdict.LEANING, Verdict.CANNOT_TELL)
_PLAIN, _WEAK = Declared(), Prior()
_FEWEST_ARMS = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What else is known: fixed before night 1, or noted beside the answers.

    `covariates` have one value a night, NaN for unknown; `done` says for each night whether the arm was really done,
    None where nobody noted it; `axis` names what was answered and the ends of its scale. Without `claims` the estimate
    alone is told, in a tenth of the time.
    """

    declared: Declared = _PLAIN
    covariates: Mapping[str, Floats] | None = None
    prior: Prior = _WEAK
    axis: Axis = SEVERITY
    done: Floats | None = None
    claims: bool = True


_NOTHING = Told()


def judge(
    nights: Nights,
    design: Design | Schedule | Said | None,
    *,
    comparator: str | None = None,
    told: Told = _NOTHING,
    rng: np.random.Generator | None = None,
) -> Answer:
    """Say of every arm what its nights allow to be said, as if somebody had looked every night.

    "Helps" and "makes it worse" come from the claim alone, everything else from the estimate.

    Parameters
    ----------
    nights : Nights
        One row a listed night, by what was assigned; NaN was not answered.
    design : Design, Schedule, Said or None
        What was drawn: a kept schedule; a bare design, drawn again from its seed with the first listed night as the
        first of its run-in; a diarist's word how it was drawn; None: not known, and no claim.
    comparator : str, optional
        Needed without a design.
    rng : numpy.random.Generator, optional
        Needed with `Said` alone; a design brings its own, so that its answer is always the same.

    Raises
    ------
    NightsError
        No night; an answer outside the scale; an arm that was not drawn; no such comparator; and what `Nights` refuses.

    Examples
    --------
    >>> from datetime import date
    >>> from quietlegs.trials.design import Stage
    >>> from quietlegs.trials.schedule import draw
    >>> design = Design(("calf", "breathing"), "breathing", 1, (Stage(30, 0.05),), seed=4)
    >>> drawn = draw(design, design.fresh_lot(), starts_on=date(2026, 1, 5))
    >>> felt = 6 - 3.0 * (drawn.arms == 0) + np.sin(np.arange(67.0) ** 2)
    >>> judge(Nights(drawn.on, drawn.arms, design.arms, felt), drawn).of("calf").verdict.value
    'helps'
    """
    _check_scale(nights, told.axis)
    if isinstance(design, Design | Schedule):
        trial, lot = kept_trial(nights, design), Lot.KEPT
    else:
        trial = said_trial(nights, design, comparator=_named(comparator), rng=rng)
        lot = Lot.UNKNOWN if design is None else Lot.SAID
    claims = _claims(trial.drawn, lot) if told.claims else None
    return _Case(trial, told, *_estimated(trial, told), claims).answer(lot)


def _check_scale(nights: Nights, axis: Axis) -> None:
    low, high = (-np.inf if axis.low is None else axis.low), (np.inf if axis.high is None else axis.high)
    wrong = np.flatnonzero((nights.outcomes < low) | (nights.outcomes > high))
    if wrong.size:
        value = float(nights.outcomes[wrong[0]])
        raise NightsError(f"{axis.name.lower()} on {nights.on[wrong[0]]}", value, f"{low:g} to {high:g}")


def _named(comparator: str | None) -> str:
    if comparator is None:
        raise UnknownArmError("comparator", None, "the arm that the others are compared with")
    return comparator


def _estimated(trial: Trial, told: Told) -> tuple[Estimate | None, dict[str, Short]]:
    """Return the estimate of all arms that have enough nights, and why the others have none."""
    counts = {name: ArmNights.of(trial.compared, name) for name in trial.compared.arm_names}
    short = {
        name: Short.TOO_FEW if each.used else Short.ARM_NOT_SEEN
        for name, each in counts.items()
        if each.used < FEWEST_PER_ARM
    }
    kept = [name for name in counts if name not in short]
    answered = sum(counts[name].used for name in kept)
    if trial.comparator in short or len(kept) < _FEWEST_ARMS or answered < FEWEST_NIGHTS:
        return None, dict.fromkeys(kept, Short.TOO_FEW) | short
    try:
        return _estimate(trial, told, kept, told.declared), short
    except NoSpreadError:
        return None, dict.fromkeys(counts, Short.NO_SPREAD)


def _estimate(trial: Trial, told: Told, arms: Sequence[str], declared: Declared) -> Estimate:
    covariates = {name: np.asarray(values)[trial.inside] for name, values in (told.covariates or {}).items()}
    return estimate(
        trial.compared.only(arms),
        comparator=trial.comparator,
        declared=declared,
        covariates=covariates,
        prior=told.prior,
    )


def _claims(drawn: Drawn | None, lot: Lot) -> Claim | Wager | None:
    if drawn is None:
        return None
    if drawn.open_ended:
        return wager(drawn.experiment, nights=drawn.gone, comparator=drawn.comparator)
    if lot is Lot.KEPT:
        return watched(drawn)
    return claim(drawn.experiment, drawn.spending, nights=drawn.gone, comparator=drawn.comparator, rng=drawn.rng)


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """All that a verdict rests on."""

    trial: Trial
    told: Told
    estimate: Estimate | None
    short: dict[str, Short]
    claims: Claim | Wager | None

    def answer(self, lot: Lot) -> Answer:
        """Return the report."""
        trial = self.trial
        return Answer(
            setting=self.setting(lot),
            arms=tuple(self.verdict(name) for name in trial.compared.arm_names if name != trial.comparator),
            estimate=self.estimate,
            claim=self.claims if isinstance(self.claims, Claim) else None,
            wager=self.claims if isinstance(self.claims, Wager) else None,
            run_in=trial.run_in,
            washed=trial.washed,
            outside=trial.outside,
            unlisted=trial.unlisted,
        )

    def setting(self, lot: Lot) -> Setting:
        """Return the trial in short."""
        trial, drawn = self.trial, self.trial.drawn
        return Setting(
            comparator=ArmNights.of(trial.compared, trial.comparator),
            night=drawn.gone if drawn else int((trial.compared.arms != NO_ARM).sum()),
            first_on=trial.first_on.isoformat(),
            block_nights=trial.block_nights,
            stage_ends=drawn.spending.ends if drawn else (),
            shares=drawn.spending.shares if drawn else (),
            lot=lot,
            open_ended=drawn is not None and drawn.open_ended,
            worthwhile=self.told.declared.worthwhile,
            lower_is_better=self.told.declared.lower_is_better,
        )

    def verdict(self, name: str) -> ArmVerdict:
        """Return what can be said of one arm."""
        found = self.estimate.of(name) if self.estimate and name not in self.short else None
        code = self.trial.compared.arm_names.index(name)
        claimed = self.claims.of(code) if self.claims else None
        if claimed:
            verdict = Verdict.WORSE if claimed.higher == self.told.declared.lower_is_better else Verdict.HELPS
        else:
            # Where nobody knows what was drawn, an estimate may be wrong in either direction: no verdict rests on it.
            verdict = _by_estimate(found) if self.trial.drawn else Verdict.CANNOT_TELL
        return ArmVerdict(
            nights=ArmNights.of(self.trial.compared, name),
            done=self.done(code),
            verdict=verdict,
            estimate=found,
            short=self.short.get(name),
            claimed_on=(self.trial.first_on + timedelta(days=claimed.night - 1)).isoformat() if claimed else None,
            more=self.more(code, found) if found and verdict in _OPEN else None,
        )

    def done(self, code: int) -> int | None:
        """Return on how many of an arm's nights it was really done, None where nobody noted it."""
        if self.told.done is None:
            return None
        noted = np.asarray(self.told.done, dtype=np.float64)[self.trial.inside][self.trial.compared.arms == code]
        return int(np.nansum(noted)) if np.isfinite(noted).any() else None

    def as_claimed(self, found: ArmEstimate) -> ArmEstimate:
        """Return the estimate without carry-over: the claim knows none, and what it costs would make N too large."""
        if self.estimate is None or not self.told.declared.carry_over:
            return found
        known = [self.trial.comparator, *(arm.nights.name for arm in self.estimate.arms)]
        plain = replace(self.told.declared, carry_over=False)
        return _estimate(self.trial, self.told, known, plain).of(found.nights.name)

    def more(self, code: int, found: ArmEstimate) -> MoreNights | None:
        """Return how many more nights an open verdict may take; None where nothing can be claimed at all."""
        drawn = self.trial.drawn
        if drawn is None or drawn.rng is None or not isinstance(self.claims, Claim) or not self.claims.looks:
            return None
        stage = next((place for place, end in enumerate(drawn.spending.ends) if drawn.gone < end), -1)
        wanted = -1.0 if self.told.declared.lower_is_better else 1.0
        strength = dict(zip(self.claims.arms, self.claims.looks[-1].strength, strict=True))[code]
        plain = self.as_claimed(found)
        now = Standing(
            effect=wanted * plain.effect.mean,
            sd=plain.effect.sd,
            strength=wanted * strength,
            worthwhile=self.told.declared.worthwhile,
            gone=drawn.gone,
            end=drawn.spending.ends[stage],
            edge=edge_of(drawn.spending.shares[stage], len(self.claims.arms)),
            beside=wanted * (found.effect.mean - plain.effect.mean),
            beside_sd=max(0.0, found.effect.sd**2 - plain.effect.sd**2) ** 0.5,
        )
        return more_nights(now, drawn.rng)


def _by_estimate(found: ArmEstimate | None) -> Verdict:
    if found is None:
        return Verdict.CANNOT_TELL
    if found.worthwhile < NOT_WORTH_IT:
        return Verdict.NOT_WORTH_IT
    return Verdict.LEANING if max(found.better, found.worse) >= LEANING else Verdict.CANNOT_TELL
