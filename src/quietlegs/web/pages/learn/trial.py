"""The trial that runs or ran last: where it stands, each verdict in words first, then pictures, then numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.kept import Kept, is_shown
from quietlegs.plan.rest import resting
from quietlegs.records.diary import Diary
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.trials.effects_picture import effects_picture
from quietlegs.trials.estimated import ArmEstimate
from quietlegs.trials.evidence_picture import evidence_picture
from quietlegs.trials.nights import Nights
from quietlegs.trials.picture import nights_picture
from quietlegs.trials.scale import SEVERITY
from quietlegs.trials.verdict import Answer, ArmVerdict
from quietlegs.trials.verdict_wording import answer_sentences, headline, trial_sentences
from quietlegs.web.pages.learn.names import things
from quietlegs.words.catalogue import _, later

# A phone of 390 px less the margins of the page and of the card.
_WIDTHS = (324, 640)
OUTCOME = later("rating")


@dataclass(frozen=True, slots=True)
class ShownArm:
    """One thing that is tried: the verdict in a few words, then in sentences; `estimate` is None while too early."""

    name: str
    state: str
    sentences: tuple[str, ...]
    estimate: ArmEstimate | None
    verdict: ArmVerdict


@dataclass(frozen=True, slots=True)
class ShownTrial:
    """The whole card; `night` is 0 before the first turn; `turn` is tonight's, None while it waits for the evening.

    `paused` tells that the person takes a break, so that nothing of it is due tonight. `things` is all that it tries.
    Pictures are a phone's and a desk's each.
    """

    id: UUID
    running: bool
    night: int
    nights: int
    first_on: date
    last_on: date
    turn: str | None
    turn_waits: bool
    comparator: str
    arms: tuple[ShownArm, ...]
    about: tuple[str, ...]
    effects: tuple[str, ...]
    by_night: tuple[str, ...]
    evidence: tuple[str, ...]
    paused: bool = False
    things: str = ""


def shown_trial(found: tuple[Kept, Nights, Answer], library: Library, diary: Diary, now: Moment) -> ShownTrial:
    """Return what the page shows of a trial, as `day.trial` gave it."""
    shown = _shown(*found, library, now)
    if shown.running and resting(diary.facts(Rest), night_of(now)):
        return replace(shown, turn=None, turn_waits=False, paused=True)
    return shown


def _shown(kept: Kept, nights: Nights, answer: Answer, library: Library, now: Moment) -> ShownTrial:
    tonight = night_of(now)
    turn = kept.turn_on(tonight)
    sentences = answer_sentences(answer, outcome=_(OUTCOME))
    return ShownTrial(
        id=kept.id,
        running=not kept.is_over(tonight),
        night=max(0, (min(tonight, kept.last_on) - kept.first_on).days + 1),
        nights=kept.schedule.design.nights,
        first_on=kept.first_on,
        last_on=kept.last_on,
        turn=called(kept.schedule.design.arms, library)[turn] if turn and is_shown(turn, now, library) else None,
        turn_waits=turn is not None and not is_shown(turn, now, library),
        comparator=answer.setting.comparator.name,
        arms=tuple(_arm(one, sentences[one.nights.name]) for one in answer.arms),
        about=trial_sentences(answer),
        effects=tuple(effects(answer)),
        by_night=tuple(_by_night(nights, answer)),
        evidence=tuple(_evidence(answer)),
        things=things(kept, library),
    )


def _arm(one: ArmVerdict, sentences: tuple[str, ...]) -> ShownArm:
    name = one.nights.name
    return ShownArm(name[:1].upper() + name[1:], headline(one).rpartition(": ")[2], sentences, one.estimate, one)


def effects(answer: Answer) -> Iterator[str]:
    """Draw the differences with their ranges; nothing while there is no estimate."""
    for width in _WIDTHS if answer.estimate else ():
        yield effects_picture(answer, axis=SEVERITY, width_px=width)


def _by_night(nights: Nights, answer: Answer) -> Iterator[str]:
    line, against = (answer.estimate.line if answer.estimate else None), answer.setting.comparator.name
    for width in _WIDTHS if nights.answered.any() else ():
        yield nights_picture(nights, axis=SEVERITY, comparator=against, line=line, width_px=width)


def _evidence(answer: Answer) -> Iterator[str]:
    looked = (answer.claim and answer.claim.looks) or (answer.wager and answer.wager.settled)
    for width in _WIDTHS if looked else ():
        yield evidence_picture(answer, width_px=width)
