"""What is said to people about patterns: what goes along with what, and why that is no verdict."""

from quietlegs.trials.pattern import FEWEST_NIGHTS, FEWEST_ON_A_SIDE, Kind, Pattern, Patterns, Refused
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.numbers import number

_NO_VERDICT = later("That does not say that the one brings about the other. A fair test can tell.")
# Translators: {name} is a habit or the like; {size} points lower means less restless.
_GOES_ALONG = {
    (True, "lower"): later(
        "{name} goes along with {outcome} about {size} points lower (range {low} to {high}, {nights} nights)."
    ),
    (True, "higher"): later(
        "{name} goes along with {outcome} about {size} points higher (range {low} to {high}, {nights} nights)."
    ),
    (False, "lower"): later(
        "{name}, from its lowest to its highest ({lowest} to {highest}), goes along with {outcome} about {size} points "
        "lower (range {low} to {high}, {nights} nights)."
    ),
    (False, "higher"): later(
        "{name}, from its lowest to its highest ({lowest} to {highest}), goes along with {outcome} about {size} points "
        "higher (range {low} to {high}, {nights} nights)."
    ),
}
_REFUSALS = {
    Refused.AS_NEEDED: later(
        "no verdict. You do it because your legs are bad, so it always goes along with bad nights, "
        "even if it helps. Only a lot can tell."
    ),
    Refused.NEVER_TESTED: later("no verdict. What is taken for the legs changes with how bad they are."),
    Refused.TOO_FEW: later("too early; at least {fewest_nights} nights must be known."),
    Refused.NO_SPREAD: later("it was always the same, so nothing can be told."),
    Refused.TOO_RARE: later("too rare; at least {fewest_on_a_side} nights must differ from the usual ones."),
}


def pattern_sentences(found: Patterns, *, outcome: str) -> tuple[str, ...]:
    """Say what was looked at in all, and what that means; each factor is told by `pattern_sentence`.

    Examples
    --------
    >>> pattern_sentences(Patterns((), 0), outcome="severity")
    ('Nothing in your diary can be looked at yet.',)
    """
    if not found.looked_at:
        return (_("Nothing in your diary can be looked at yet."),)
    if not found.found:
        return (
            ngettext(
                "{count} thing was looked at. None of it clearly goes along with {outcome}.",
                "{count} things were looked at. None of it clearly goes along with {outcome}.",
                found.looked_at,
                outcome=outcome,
            ),
        )
    looked = ngettext("{count} thing was looked at", "{count} things were looked at", found.looked_at)
    stands = ngettext(
        "{looked_at}; {count} stands out. Of what stands out like this, about 1 in 10 does so by chance alone.",
        "{looked_at}; {count} stand out. Of what stands out like this, about 1 in 10 does so by chance alone.",
        len(found.found),
        looked_at=looked,
    )
    return (stands, _(_NO_VERDICT))


def pattern_sentence(one: Pattern, *, outcome: str) -> str:
    """Say one factor's pattern in a sentence or two.

    Examples
    --------
    >>> from quietlegs.trials.pattern import Kind, Refused
    >>> stretched = Pattern("stretching at night", Kind.AS_NEEDED, 60, 0, 1, None, None, False, Refused.AS_NEEDED)
    >>> pattern_sentence(stretched, outcome="severity")[:71]
    'stretching at night: no verdict. You do it because your legs are bad, s'
    """
    if one.refused:
        told = _(_REFUSALS[one.refused], fewest_nights=FEWEST_NIGHTS, fewest_on_a_side=FEWEST_ON_A_SIDE)
        return f"{one.name}: {told}"
    if one.difference is None:
        return _("{name}: nothing is known.", name=one.name)
    if not one.goes_along:
        return _("{name}: nothing that stands out, from {nights} nights.", name=one.name, nights=one.nights)
    mean, low, high = one.difference.mean, one.difference.low, one.difference.high
    return _(
        _GOES_ALONG[(one.lowest, one.highest) == (0, 1), "lower" if mean < 0 else "higher"],
        name=one.name,
        outcome=outcome,
        lowest=number(one.lowest or 0),
        highest=number(one.highest or 0),
        size=number(abs(mean), 1),
        low=number(low, 1, sign=True),
        high=number(high, 1, sign=True),
        nights=one.nights,
    )


def trial_sentence(one: Pattern) -> str:
    """Say how a fair test of it would go, or why there is none."""
    if one.kind in (Kind.CHOSEN, Kind.AS_NEEDED) and not one.can_be_tested:
        return _("To test it, first choose what you would do instead.")
    if one.kind is Kind.CHOSEN:
        return _("Test it: by lot, some nights {habit}, some as usual.", habit=one.habit)
    if one.kind is Kind.AS_NEEDED:
        return _("Test it as an evening routine: the lot decides on which evenings, not your legs.")
    if one.kind is Kind.OUTSIDE:
        return _("This cannot be tested, since nobody can choose it.")
    return _("This is not for a test here. Please talk to your doctor about it.")
