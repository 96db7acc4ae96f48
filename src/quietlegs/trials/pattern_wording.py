"""What is said to people about patterns: what goes along with what, and why that is no verdict."""

from quietlegs.trials.pattern import FEWEST_NIGHTS, FEWEST_ON_A_SIDE, Kind, Pattern, Patterns, Refused

_NO_VERDICT = "That does not say that the one brings about the other. A fair test can tell."


def pattern_sentences(found: Patterns, *, outcome: str) -> tuple[str, ...]:
    """Say what was looked at in all, and what that means; each factor is told by `pattern_sentence`.

    Examples
    --------
    >>> pattern_sentences(Patterns((), 0), outcome="severity")
    ('Nothing in your diary can be looked at yet.',)
    """
    if not found.looked_at:
        return ("Nothing in your diary can be looked at yet.",)
    looked = "1 thing was" if found.looked_at == 1 else f"{found.looked_at} things were"
    if not found.found:
        return (f"{looked} looked at. None of it clearly goes along with {outcome}.",)
    stands = "1 stands out" if len(found.found) == 1 else f"{len(found.found)} stand out"
    return (
        f"{looked} looked at; {stands}. Of what stands out like this, about 1 in 10 does so by chance alone.",
        _NO_VERDICT,
    )


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
        return f"{one.name}: {_refusal(one.refused)}"
    if one.difference is None:
        return f"{one.name}: nothing is known."
    if not one.goes_along:
        return f"{one.name}: nothing that stands out, from {one.nights} nights."
    mean, low, high = one.difference.mean, one.difference.low, one.difference.high
    way = "lower" if mean < 0 else "higher"
    yes_no = (one.lowest, one.highest) == (0, 1)
    ends = "" if yes_no else f", from its lowest to its highest ({one.lowest:g} to {one.highest:g}),"
    return (
        f"{one.name}{ends} goes along with {outcome} about {abs(mean):.1f} points {way} "
        f"(range {low:+.1f} to {high:+.1f}, {one.nights} nights)."
    )


def trial_sentence(one: Pattern) -> str:
    """Say how a fair test of it would go, or why there is none."""
    if one.kind in (Kind.CHOSEN, Kind.AS_NEEDED) and not one.can_be_tested:
        return "To test it, first choose what you would do instead."
    return {
        Kind.CHOSEN: f"Test it: by lot, some nights {one.habit}, some as usual.",
        Kind.AS_NEEDED: "Test it as an evening routine: the lot decides on which evenings, not your legs.",
        Kind.OUTSIDE: "This cannot be tested, since nobody can choose it.",
        Kind.NEVER_TESTED: "This is not for a test here. Please talk to your doctor about it.",
    }[one.kind]


def _refusal(why: Refused) -> str:
    return {
        Refused.AS_NEEDED: "no verdict. You do it because your legs are bad, so it always goes along with bad nights, "
        "even if it helps. Only a lot can tell.",
        Refused.NEVER_TESTED: "no verdict. What is taken for the legs changes with how bad they are.",
        Refused.TOO_FEW: f"too early; at least {FEWEST_NIGHTS} nights must be known.",
        Refused.NO_SPREAD: "it was always the same, so nothing can be told.",
        Refused.TOO_RARE: f"too rare; at least {FEWEST_ON_A_SIDE} nights must differ from the usual ones.",
    }[why]
