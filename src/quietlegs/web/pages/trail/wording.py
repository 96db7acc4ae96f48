"""Each step of the trail in a sentence."""

from collections.abc import Callable

from quietlegs.formats.known import known
from quietlegs.web.accounts.agents import in_words
from quietlegs.web.accounts.letters import changed
from quietlegs.web.pages.settings.taken_out import kinds
from quietlegs.web.pages.sharing.parts import parts
from quietlegs.web.store import trail
from quietlegs.web.store.trail import Step
from quietlegs.words.catalogue import _, later

# What needs no word but the name of a reader or a key.
_PLAIN = {
    trail.SHARED: later("You made a link for {who} to read along."),
    trail.SHARE_TAKEN: later("{who} opened the link and may read along."),
    trail.SHARE_ENDED: later("You took back what {who} may read."),
    trail.KEY_MADE: later("The key “{who}” was made."),
    trail.KEY_ENDED: later("The key “{who}” was revoked."),
    trail.ERASED: later("Everything was deleted, and a new diary began."),
    trail.RESTORED: later("The diary was put back from a copy."),
    trail.TRIED: later("A wrong password was tried."),
    trail.LOCKED: later("Signing in was refused for a while, after many tries."),
    trail.WRONG_CODE: later("A wrong code was tried."),
    trail.SWITCHED_OFF: later("A host of this server switched your account off."),
    trail.SWITCHED_ON: later("A host of this server switched your account on."),
}


def told(step: Step) -> str:
    """Return what happened, in a sentence."""
    if step.what in _PLAIN:
        return _(_PLAIN[step.what], who=step.who)
    return _WORDED[step.what](step)


def _read(step: Step) -> str:
    [part] = parts([step.word])
    return _("{who} read {part}.", who=step.who, part=part)


def _key_used(step: Step) -> str:
    if step.word == "last":
        return _("The key “{who}” was used for the last time that day.", who=step.who)
    return _("The key “{who}” was used for the first time that day.", who=step.who)


def _taken_out(step: Step) -> str:
    kind = next((name for key, name, _whom in kinds() if key == step.word), step.word)
    return _("The diary was taken out: {kind}", kind=kind)


def _taken_in(step: Step) -> str:
    return _("A file was taken in: {format}", format=_format(step))


def _taken_back(step: Step) -> str:
    return _("A file was taken back: {format}", format=_format(step))


def _format(step: Step) -> str:
    found = known().get(step.word)
    return found.name if found else step.word


def _signed_in(step: Step) -> str:
    return _("Signed in: {device}", device=in_words(step.word))


def _signed_in_new(step: Step) -> str:
    return _("Signed in for the first time: {device}", device=in_words(step.word))


def _ended(step: Step) -> str:
    return _("Signed out from elsewhere: {device}", device=in_words(step.word))


_WORDED: dict[str, Callable[[Step], str]] = {
    trail.READ: _read,
    trail.KEY_USED: _key_used,
    trail.TAKEN_OUT: _taken_out,
    trail.TAKEN_IN: _taken_in,
    trail.TAKEN_BACK: _taken_back,
    trail.SIGNED_IN: _signed_in,
    trail.SIGNED_IN_NEW: _signed_in_new,
    trail.ENDED: _ended,
    trail.CHANGED: lambda step: changed(step.word),
}
