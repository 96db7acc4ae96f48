"""What two kinds of night say of each other: an estimate with its range, or how many nights are missing for one."""

from dataclasses import dataclass

from quietlegs.library.shelf import Library
from quietlegs.trials.compare import Comparison, compare
from quietlegs.trials.difference_picture import difference_picture
from quietlegs.trials.nights import Nights
from quietlegs.trials.scale import SEVERITY
from quietlegs.trials.wording import Better, sentences
from quietlegs.web.pages.learn.names import comparator_of, named
from quietlegs.words.catalogue import _, later

# A phone of 390 px less the margins of the page and of the card.
PHONE_PX, DESK_PX = 324, 640
OUTCOME = later("your rating")


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that is tried: what can be said, in sentences; pictures only where there is an estimate."""

    name: str
    state: str
    sentences: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    comparison: Comparison | None = None


def answers(nights: Nights, library: Library) -> tuple[Answer, ...]:
    """Return what can be said of each arm against the comparator; nothing when fewer than two were drawn."""
    key = comparator_of(nights, library)
    if key is None:
        return ()
    told = named(nights, library)
    comparator = dict(zip(nights.arm_names, told.arm_names, strict=True))[key]
    return tuple(_answer(told, name, comparator) for name in told.arm_names if name != comparator)


def _answer(nights: Nights, name: str, comparator: str) -> Answer:
    found = compare(nights, arm=name, comparator=comparator)
    words = sentences(found, outcome=_(OUTCOME), better=Better.LOWER)
    title = name[:1].upper() + name[1:]
    if not isinstance(found, Comparison):
        return Answer(title, _("not enough yet"), words)
    either = found.difference.low <= 0 <= found.difference.high
    pictures = tuple(difference_picture([found], axis=SEVERITY, width_px=width) for width in (PHONE_PX, DESK_PX))
    return Answer(title, _("cannot tell yet") if either else _("an estimate, no verdict"), words, pictures, found)
