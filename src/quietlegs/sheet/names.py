"""What can be felt, taken and measured, by the names that people know: for paper and screen alike."""

from quietlegs.records.done import State
from quietlegs.records.felt import BodyPart
from quietlegs.records.slept import Substance, Unit
from quietlegs.words.catalogue import _, pgettext


def part_words() -> dict[BodyPart, str]:
    """Return where it can be felt."""
    return {BodyPart.LEGS: _("Legs"), BodyPart.ARMS: _("Arms"), BodyPart.TRUNK: _("Trunk")}


def state_words() -> dict[State, str]:
    """Return why a night may not be an ordinary one."""
    return {
        State.SICK: _("Sick"),
        State.TRAVEL: _("Travelling"),
        State.COULD_NOT: _("I could not do my part"),
        State.SORE: _("Sore from the movements for two days"),
    }


def substance_words() -> dict[Substance, str]:
    """Return what is taken in words."""
    return {
        Substance.CAFFEINE: _("Caffeine"),
        Substance.ALCOHOL: _("Alcohol"),
        Substance.NICOTINE: _("Nicotine"),
        Substance.TEA: _("Tea"),
        Substance.IRON: _("Iron"),
        Substance.MAGNESIUM: _("Magnesium"),
        Substance.MEDICINE: _("Medicine"),
    }


def unit_words() -> dict[Unit, str]:
    """Return the units of what is taken."""
    return {
        Unit.MG: _("mg"),
        Unit.G: _("g"),
        Unit.CUP: pgettext("unit", "cup"),
        Unit.TABLET: pgettext("unit", "tablet"),
        Unit.DROP: pgettext("unit", "drop"),
        Unit.ML: _("ml"),
        Unit.PATCH: pgettext("unit", "patch"),
    }
