"""Days as they are told in the language spoken now."""

from datetime import date

from quietlegs.words.catalogue import _, pgettext


def day(on: date, *, weekday: bool = False, year: bool = False) -> str:
    """Return a day in full words.

    Examples
    --------
    >>> day(date(2026, 11, 20)), day(date(2026, 11, 20), weekday=True), day(date(2026, 11, 20), year=True)
    ('20 November', 'Friday 20 November', '20 November 2026')
    """
    dated = _("{day} {month}", day=on.day, month=months()[on.month - 1])
    if year:
        dated = _("{day} {month} {year}", day=on.day, month=months()[on.month - 1], year=on.year)
    return _("{weekday} {day_of_month}", weekday=weekdays()[on.weekday()], day_of_month=dated) if weekday else dated


def short_day(on: date, *, weekday: bool = False, year: bool = False) -> str:
    """Return a day in short words, for lists and pictures.

    Examples
    --------
    >>> short_day(date(2026, 11, 20)), short_day(date(2026, 11, 20), weekday=True)
    ('20 Nov', 'Fri 20 Nov')
    """
    month = short_months()[on.month - 1]
    dated = pgettext("short date", "{day} {month}", day=on.day, month=month)
    if year:
        dated = pgettext("short date", "{day} {month} {year}", day=on.day, month=month, year=on.year)
    if not weekday:
        return dated
    return pgettext(
        "short date", "{weekday} {day_of_month}", weekday=short_weekdays()[on.weekday()], day_of_month=dated
    )


def month_of(on: date) -> str:
    """Return the month and the year.

    Examples
    --------
    >>> month_of(date(2026, 11, 20))
    'November 2026'
    """
    return _("{month} {year}", month=months()[on.month - 1], year=on.year)


def weekdays() -> tuple[str, ...]:
    """Return the days of the week, Monday first."""
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def short_weekdays() -> tuple[str, ...]:
    """Return the days of the week in two or three letters, Monday first."""
    return (
        pgettext("short weekday", "Mon"),
        pgettext("short weekday", "Tue"),
        pgettext("short weekday", "Wed"),
        pgettext("short weekday", "Thu"),
        pgettext("short weekday", "Fri"),
        pgettext("short weekday", "Sat"),
        pgettext("short weekday", "Sun"),
    )


def months() -> tuple[str, ...]:
    """Return the months of the year, as they stand in a date."""
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        pgettext("month", "May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )


def short_months() -> tuple[str, ...]:
    """Return the months of the year in three or four letters, as they stand in a date."""
    return (
        pgettext("short month", "Jan"),
        pgettext("short month", "Feb"),
        pgettext("short month", "Mar"),
        pgettext("short month", "Apr"),
        pgettext("short month", "May"),
        pgettext("short month", "Jun"),
        pgettext("short month", "Jul"),
        pgettext("short month", "Aug"),
        pgettext("short month", "Sep"),
        pgettext("short month", "Oct"),
        pgettext("short month", "Nov"),
        pgettext("short month", "Dec"),
    )
