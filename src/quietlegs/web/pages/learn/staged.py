"""What waits to be decided about a trial, as the page shows it: the proposal, its reasons, and what would follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.believed import Believed, believed
from quietlegs.plan.evening import SAID
from quietlegs.plan.kept import Kept
from quietlegs.plan.stage_decide import Lot, accepted, carried_out
from quietlegs.plan.stage_review import Review, review
from quietlegs.plan.stage_wording import because, chance_told, decided_told, follows_told, title, when_told
from quietlegs.records.diary import Diary
from quietlegs.records.fact import Fact
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.tried import Choice, Decision, TrialStart
from quietlegs.trials.verdict import Answer
from quietlegs.trials.verdict_wording import answer_sentences
from quietlegs.web.pages.learn.trial import OUTCOME, effects
from quietlegs.words.catalogue import _

# Nothing of a preview is kept: the lot of the next trial is drawn when the person accepts.
_UNDRAWN = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A trial that waits for a decision, what can be said of it, and what is proposed."""

    kept: Kept
    answer: Answer
    review: Review

    @property
    def mark(self) -> str:
        """What a form says that its page showed, so that nothing else than that is accepted."""
        return mark_of(accepted(self.review))


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """What is proposed for one arm, the rule that it comes from, its chance by all nights, and its trial's verdict."""

    title: str
    because: str
    chance: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStage:
    """The whole page; pictures are a phone's and a desk's; `goes_on` where accepting changes nothing."""

    when: str
    proposals: tuple[ShownProposal, ...]
    pictures: tuple[str, ...]
    follows: str
    begins: bool
    goes_on: bool
    mark: str


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """What was decided in one go, and the id by which it can be taken back."""

    id: UUID
    titles: tuple[str, ...]
    follows: str


def mark_of(decisions: Sequence[Decision]) -> str:
    """Return what was decided in one line, so that two of them can be compared."""
    each = (f"{one.arm}:{one.choice}:{one.instead}" for one in decisions)
    return " ".join((str(decisions[0].of), str(decisions[0].after_nights), *sorted(each)))


def waiting(library: Library, diary: Diary, now: Moment) -> Waiting | None:
    """Return the trial that a decision is due about, of several the one begun first; None where there is none."""
    beliefs, said = believed(day.read(diary, now), library, night_of(now)), diary.facts(*SAID)
    found = (waits(kept, answer, said, beliefs) for kept, _nights, answer in day.trials(library, diary, now))
    return next((one for one in found if one), None)


def waits(kept: Kept, answer: Answer, said: Iterable[Fact], beliefs: Believed) -> Waiting | None:
    """Return what is proposed about a trial that was judged; None where nothing is due."""
    told = review(kept, answer, said, beliefs, tonight=beliefs.on)
    return Waiting(kept, answer, told) if told else None


def shown_stage(one: Waiting, library: Library, diary: Diary, now: Moment) -> ShownStage:
    """Return what the page says of it."""
    told, sentences = one.review, answer_sentences(one.answer, outcome=_(OUTCOME))
    proposals, arms = told.proposals, one.kept.schedule.design.arms
    names = called((*arms, *(each.instead for each in proposals if each.instead)), library)
    steps = carried_out(accepted(told), one.kept, day.read(diary, now), library, lot=Lot(now, _UNDRAWN, ()))
    return ShownStage(
        when=when_told(told),
        proposals=tuple(
            ShownProposal(
                title(each, names), because(each, told.left), chance_told(each), sentences[each.verdict.nights.name]
            )
            for each in proposals
        ),
        pictures=tuple(effects(one.answer)),
        follows=follows_told(steps, library),
        begins=any(isinstance(each.payload, TrialStart) for each in steps),
        goes_on=all(each.choice is Choice.GO_ON for each in proposals),
        mark=one.mark,
    )


def shown_decision(facts: Sequence[Fact], library: Library) -> ShownDecision | None:
    """Return what was noted in one go with a decision; None where it holds no more."""
    decisions = [one for one in facts if isinstance(one.payload, Decision)]
    if not decisions:
        return None
    return ShownDecision(decisions[0].id, decided_told(facts, library), follows_told(facts, library))
