"""Days, numbers and names in templates, told as the rooms tell them."""

from collections.abc import Mapping
from datetime import date

from django import template

from quietlegs.words.dates import day, short_day
from quietlegs.words.lists import within_sentence
from quietlegs.words.numbers import number

register = template.Library()
register.filter(within_sentence)


@register.filter
def long(on: date, more: str = "") -> str:
    """Tell a day in full words; `more` may ask for the "weekday" and the "year"."""
    return day(on, weekday="weekday" in more, year="year" in more)


@register.filter
def short(on: date, more: str = "") -> str:
    """Tell a day in short words; `more` as above."""
    return short_day(on, weekday="weekday" in more, year="year" in more)


@register.filter
def of(words: Mapping[str, str], key: str) -> str:
    """Look up what is said of something, by its key; empty where nothing is."""
    return words.get(key, "")


@register.filter
def signed(value: float, digits: int = 1) -> str:
    """Tell a number with its sign."""
    return number(value, digits, sign=True)
