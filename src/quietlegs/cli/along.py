"""What `quietlegs learn` says of everything else in the diary: what goes along with the nights, and how to test it."""

from rich.console import Console

from quietlegs.plan.noticed import Noticed
from quietlegs.trials.pattern import Kind
from quietlegs.words.catalogue import _


def say(console: Console, known: Noticed | None) -> None:
    """Print what goes along with good and bad nights; what can be tested names its command."""
    if known is None:
        return
    console.print("\n" + _("Goes along with (not proven):"))
    for sentence in (*known.sentences, *(one.found for one in known.each)):
        console.print(sentence)
    for one in known.each:
        if one.tried and one.stands_out:
            block = " --block 2" if one.pattern.kind is Kind.CHOSEN else ""
            console.print(f"{one.test}\n  quietlegs trial start {one.tried}{block}")
