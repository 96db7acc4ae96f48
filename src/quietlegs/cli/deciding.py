"""What `quietlegs trial decide` does: what a stage's end proposes and why, accepted, left as it is, taken back."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import typer

from quietlegs import day
from quietlegs.cli.clock import now
from quietlegs.cli.options import BAD_INPUT
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.begin import SEED_BITS
from quietlegs.plan.believed import believed
from quietlegs.plan.evening import SAID
from quietlegs.plan.kept import Kept
from quietlegs.plan.rest import resting
from quietlegs.plan.stage_decide import Lot, accepted, as_it_is, carried_out, undone
from quietlegs.plan.stage_review import Review, review
from quietlegs.plan.stage_wording import (
    NEW_TRIAL,
    because,
    chance_told,
    decided_told,
    follows_told,
    title,
    when_told,
)
from quietlegs.records.bounds import RangeError
from quietlegs.records.diary import Diary
from quietlegs.records.fact import Withdrawal, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.records.tried import Choice, Decision, TrialEnd, TrialStart
from quietlegs.trials.verdict import Answer
from quietlegs.trials.verdict_wording import answer_sentences
from quietlegs.words.catalogue import _, later

__all__ = ["accept", "keep", "show", "undo"]

_TOLD = (Decision, TrialEnd, TrialStart)
_RANDOM_BYTES = 10
_NOTHING_WAITS = later("Nothing waits to be decided. At the end of each stage of a trial you are asked here.")
_RESTING = later("You are taking a break. What waits to be decided waits until you are back.")
_SEE = later("See how your trial stands: quietlegs trial show")
_TOO_LATE = later(
    "A night was noted since, so this stays as it is. You can stop a trial at any time: quietlegs trial stop"
)
# Nothing of a preview is kept: the lot of the next trial is drawn when the person accepts.
_UNDRAWN = 0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A trial that waits for a decision, what can be said of it, and what is proposed."""

    kept: Kept
    answer: Answer
    review: Review


def show(diary: Diary) -> None:
    """Say what is proposed and why, what would follow, and how to decide."""
    library, when = load_library(), now()
    found = _waiting(library, diary, when)
    if found is None:
        typer.echo(_nothing_waits(diary, when))
        return
    for line in _proposed(found, library):
        typer.echo(line)
    steps = carried_out(accepted(found.review), found.kept, day.read(diary, when), library, lot=Lot(when, _UNDRAWN, ()))
    typer.echo(f"\n{_('If you say yes')}\n{follows_told(steps, library)}")
    if any(isinstance(one.payload, TrialStart) for one in steps):
        typer.echo(_(NEW_TRIAL))
    goes_on = all(one.choice is Choice.GO_ON for one in found.review.proposals)
    typer.echo(f"\n{_('Yes, go on') if goes_on else _('Yes, do that')}: quietlegs trial decide --accept")
    if not goes_on:
        typer.echo(f"{_('Leave it as it is')}: quietlegs trial decide --keep")


def accept(diary: Diary) -> None:
    """Note what is proposed, and begin what follows."""
    _decide(diary, accepted)


def keep(diary: Diary) -> None:
    """Note that all goes on as it is; the next stage's end asks again."""
    _decide(diary, as_it_is)


def undo(diary: Diary) -> None:
    """Take back all that was noted with the decision that was made last, until the first night under it is noted."""
    facts, when = diary.facts(*_TOLD, NightRating), now()
    last = max((one for one in facts if isinstance(one.payload, Decision)), key=lambda one: one.noted.at, default=None)
    if last is None:
        raise _refused(_("There is no decision to take back. See what waits: quietlegs trial decide"))
    try:
        back = undone(last.id, facts)
    except RangeError as error:
        raise _refused(_(_TOO_LATE)) from error
    random = secrets.token_bytes
    day.log(
        diary, *(note(Withdrawal(), when, random(_RANDOM_BYTES), night=one.night, supersedes=one.id) for one in back)
    )
    typer.echo(_("Taken back. Everything is as it was before."))


def _nothing_waits(diary: Diary, when: Moment) -> str:
    return _(_RESTING if resting(diary.facts(Rest), night_of(when)) else _NOTHING_WAITS)


def _refused(why: str) -> typer.Exit:
    """Say in one line what cannot be done and what can, and end with an error."""
    typer.echo(why, err=True)
    return typer.Exit(BAD_INPUT)


def _waiting(library: Library, diary: Diary, when: Moment) -> _Waiting | None:
    beliefs = believed(day.read(diary, when), library, night_of(when))
    for kept, _nights, answer in day.trials(library, diary, when):
        told = review(kept, answer, diary.facts(*SAID), beliefs, tonight=night_of(when))
        if told:
            return _Waiting(kept, answer, told)
    return None


def _proposed(found: _Waiting, library: Library) -> Iterator[str]:
    proposals = found.review.proposals
    arms = found.kept.schedule.design.arms
    names = called((*arms, *(one.instead for one in proposals if one.instead)), library)
    sentences = answer_sentences(found.answer, outcome=_("rating"))
    yield f"{_('This is proposed:')} {' '.join(f'{title(one, names)}.' for one in proposals)}"
    yield f"{when_told(found.review)}\n\n{_('Why?')}"
    for one in proposals:
        if len(proposals) > 1:
            yield f"{title(one, names)}:"
        yield because(one, found.review.left)
        if chance := chance_told(one):
            yield chance
        yield from sentences[one.verdict.nights.name]


def _decide(diary: Diary, choose: Callable[[Review], Sequence[Decision]]) -> None:
    """Note all of it in one go; meanwhile no other door decides."""
    library, when = load_library(), now()
    with diary.alone():
        found = _waiting(library, diary, when)
        if found is None:
            raise _refused(f"{_nothing_waits(diary, when)} {_(_SEE)}")
        lot = Lot(when, secrets.randbits(SEED_BITS), tuple(diary.all_facts(TrialStart)))
        steps = carried_out(choose(found.review), found.kept, day.read(diary, when), library, lot=lot)
        made = [note(one.payload, when, secrets.token_bytes(_RANDOM_BYTES), night=one.night) for one in steps]
        day.log(diary, *made)
    typer.echo(_("Written down."))
    for told in decided_told(made, library):
        typer.echo(f"{told}.")
    typer.echo(follows_told(made, library))
    typer.echo(_("It was a mistake? quietlegs trial decide --undo"))
