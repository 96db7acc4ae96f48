"""What is said of a proposal: what it is, in a few words, and the rule that it comes from."""

from collections.abc import Iterable, Mapping

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.stage_bars import LEAVE_FROM
from quietlegs.plan.stage_decide import Step
from quietlegs.plan.stage_review import Proposal, Review
from quietlegs.records.fact import Fact
from quietlegs.records.tried import Choice, Decision, Finding, TrialEnd, TrialStart
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.dates import day
from quietlegs.words.lists import together

# Translators: {arm} and {instead} are movements or habits by name, as they stand in a sentence.
_TITLES = {
    Choice.KEEP: later("Keep {arm}"),
    Choice.DROP: later("Leave out {arm}"),
    Choice.SWITCH: later("Try {instead} in place of {arm}"),
    Choice.GO_ON: later("Go on with {arm}"),
}
_BECAUSE = {
    (Choice.KEEP, Finding.HELPS): later("It helps you, so it stays in your routine for good."),
    (Choice.DROP, Finding.WORSE): later("It makes your legs worse, so leave it out from now on. You need not wait."),
    (Choice.SWITCH, Finding.NOT_WORTH_IT): later(
        "A difference that is worth the effort has become unlikely, so it makes room for something else."
    ),
    (Choice.DROP, Finding.NOT_WORTH_IT): later("A difference that is worth the effort has become unlikely."),
}
# Translators: {arm} and {instead} are movements or habits by name, as they stand in a sentence.
_KEEP_AND_TRY = later("Keep {arm}, and try {instead} next")
_LIKELY_HELPS = later(
    "The chance that it helps you is {least} in 100 or more. So it stays in your routine, though that is no proof."
)
_UNLIKELY = later("The chance that it helps you is below {least} in 100, so it is left out.")
_UNLIKELY_HELPS = later(
    "The chance that it helps you is below {least} in 100, so it makes room for something else. If you would rather "
    "wait for an answer, leave it as it is."
)
_LIKELY_HARMS = {
    Choice.SWITCH: later(
        "The chance that it makes it worse is 8 in 10 or more, so it makes room for something else, though that is no "
        "proof."
    ),
    Choice.DROP: later("The chance that it makes it worse is 8 in 10 or more, though that is no proof."),
}
_LIKELY = later(
    "Counting all your nights and all that you tried, the chance that it helps you is {chance} in 100. That is a bet "
    "on what to do next, no proof. Its own trial says:"
)
NEW_TRIAL = later(
    "What follows is a new trial, drawn by lot before its first night. It has a limit of its own: if nothing made a "
    "difference, at most 1 of 20 such trials would say so. The nights of the trial before stay with it."
)


def title(one: Proposal | Decision, names: Mapping[str, str]) -> str:
    """Say what is proposed or was decided in a few words.

    Parameters
    ----------
    one : Proposal or Decision
        What is proposed for one arm, or was decided about it.
    names : mapping of str to str
        What arms and candidates are called in sentences, by their keys.
    """
    kept_and = one.choice is Choice.KEEP and one.instead is not None
    return _(
        _KEEP_AND_TRY if kept_and else _TITLES[one.choice], arm=names[one.arm], instead=names.get(one.instead or "", "")
    )


def because(one: Proposal, left: int) -> str:
    """Say in a sentence which rule a proposal comes from; the numbers follow from `trials.verdict_wording`.

    Parameters
    ----------
    one : Proposal
        What is proposed for one arm.
    left : int
        Nights that were drawn and have not gone by.
    """
    rule = _BECAUSE.get((one.choice, one.found))
    if rule:
        return _(rule)
    if one.choice is Choice.KEEP:
        return _(_LIKELY_HELPS, least=round(100 * one.least))
    if one.choice is Choice.GO_ON:
        return _go_on(one, left)
    return _makes_room(one, left)


def chance_told(one: Proposal) -> str:
    """Say the chance that the proposal rests on; nothing where its own trial decides, or nothing can be told.

    Parameters
    ----------
    one : Proposal
        What is proposed for one arm.
    """
    if one.helps is None or one.found in (Finding.HELPS, Finding.WORSE, Finding.NOT_WORTH_IT):
        return ""
    said = round(100 * one.helps)
    if one.helps < one.least:
        # What is below the bar is not rounded up to it.
        said = min(said, round(100 * one.least) - 1)
    # Nothing is certain, so neither 0 nor 100 is said.
    return _(_LIKELY, chance=min(99, max(1, said)))


def when_told(one: Review) -> str:
    """Say why it is asked just now, and that nothing changes by itself.

    Parameters
    ----------
    one : Review
        What waits to be decided.
    """
    gone = ngettext(
        "{count} night of your trial has gone by.", "{count} nights of your trial have gone by.", one.nights
    )
    why = _("This need not wait for the end of the stage.") if one.at_once else gone
    return f"{why} {_('You decide.')}"


def decided_told(facts: Iterable[Fact], library: Library) -> tuple[str, ...]:
    """Say in a few words each what was decided; nothing where all goes on as it is.

    Parameters
    ----------
    facts : iterable of Fact
        What was noted in one go.
    library : Library
        Knows what movements and habits are called.
    """
    decisions = [one.payload for one in facts if isinstance(one.payload, Decision)]
    if all(one.choice is Choice.GO_ON for one in decisions):
        return ()
    keys = dict.fromkeys(key for one in decisions for key in (one.arm, one.instead) if key is not None)
    names = called(keys, library)
    return tuple(title(one, names) for one in decisions)


def follows_told(steps: Iterable[Step | Fact], library: Library) -> str:
    """Say what begins or ends by what is noted in one go.

    Parameters
    ----------
    steps : iterable of Step or Fact
        As `stage_decide.carried_out` gave them, noted or not.
    library : Library
        Knows what the arms are called.
    """
    known = tuple(steps)
    for one in known:
        if isinstance(one.payload, TrialStart):
            names = called(one.payload.arms, library)
            return _(
                "A new trial begins: {arms}, compared with {comparator}, for {nights} nights. "
                "The first turn is on {day}.",
                arms=together([names[arm] for arm in one.payload.arms if arm != one.payload.comparator]),
                comparator=names[one.payload.comparator],
                nights=len(one.payload.turns),
                day=day(one.night, weekday=True),
            )
    if any(isinstance(one.payload, TrialEnd) for one in known):
        return _("The trial ends. Its nights stay, and so does what they tell.")
    decided = [one.payload.choice for one in known if isinstance(one.payload, Decision)]
    if all(one is Choice.GO_ON for one in decided):
        return _("Nothing changes.")
    return _("No new trial begins.")


def _makes_room(one: Proposal, left: int) -> str:
    if one.harms >= LEAVE_FROM:
        return _(_LIKELY_HARMS[one.choice])
    if one.choice is Choice.DROP:
        if one.instead is None and one.helps is not None:
            return _(_UNLIKELY, least=round(100 * one.least))
        return _("It cannot be compared beside what comes next, so it is left out.")
    if not left:
        return _("The planned nights are over without an answer, so it makes room for something else.")
    return _(_UNLIKELY_HELPS, least=round(100 * one.least))


def _go_on(one: Proposal, left: int) -> str:
    if not left:
        return _("The planned nights are over without an answer, and there is nothing else to try just now.")
    if one.verdict.more is not None and one.verdict.more.nights:
        return ngettext(
            "An answer is within reach: about {count} more night.",
            "An answer is within reach: about {count} more nights.",
            one.verdict.more.nights,
        )
    return ngettext(
        "It cannot be told yet; {count} night is left.", "It cannot be told yet; {count} nights are left.", left
    )
