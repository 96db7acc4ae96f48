"""What an evening may have around it: keys of pleasant things that a person wishes, in words."""

from quietlegs.records.person import Wishes
from quietlegs.words.catalogue import _, later
from quietlegs.words.lists import together

# Pleasant things that the article names. Nothing was found on what they do, so they are wishes, never arms of a trial.
AROUND = {
    "mat": later("a mat"),
    "music": later("music"),
    "show": later("a show"),
    "candlelight": later("candlelight, or a lamp like it"),
    "corner": later("a corner of its own"),
}


def choices() -> dict[str, str]:
    """Return each key with its words, in the order in which they are asked."""
    return {key: _(words) for key, words in AROUND.items()}


def around_told(wishes: Wishes) -> str:
    """Return a sentence with what was wished around the routine; empty where nothing was.

    Parameters
    ----------
    wishes : Wishes
        A key that this version does not know is passed over; the walk at sunset has words and an hour of its own, see
        `quietlegs.plan.sunset`.
    """
    wished = [words for key, words in choices().items() if key in wishes.settings]
    return _("Around it, as you like it: {things}.", things=together(wished)) if wished else ""
