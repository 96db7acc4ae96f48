"""Numbers as they are written in the language spoken now."""

from quietlegs.words.catalogue import pgettext


def number(value: float, digits: int | None = None, *, sign: bool = False) -> str:
    """Return a number with its decimal mark, as short as it is or with so many digits, with its sign if asked for.

    Examples
    --------
    >>> number(0.8), number(2.0), number(2, 1), number(0.25, 1, sign=True)
    ('0.8', '2', '2.0', '+0.2')
    """
    kind = f"{'+' if sign else ''}{'g' if digits is None else f'.{digits}f'}"
    return format(value, kind).replace(".", pgettext("decimal mark", "."))


def grouped(value: float) -> str:
    """Return a whole number in groups of three digits.

    Examples
    --------
    >>> grouped(10000.0)
    '10,000'
    """
    return f"{value:,.0f}".replace(",", pgettext("mark between thousands", ","))
