"""Below the doors: the language is chosen once, and sentences, days and numbers follow it."""

from datetime import date
from pathlib import Path

import pytest

from quietlegs.words import catalogue
from quietlegs.words.catalogue import _, ngettext
from quietlegs.words.dates import day, month_of, short_day
from quietlegs.words.language import LANGUAGES, language, nearest, speak, speaking
from quietlegs.words.numbers import number

FRIDAY = date(2026, 11, 20)


def test_it_speaks_english_where_no_door_has_chosen() -> None:
    assert language() == "en"
    assert _("Monday") == "Monday"


def test_it_speaks_a_language_for_a_while_and_then_the_one_before() -> None:
    with speaking("de"):
        with speaking("es"):
            assert (language(), _("Monday")) == ("es", "lunes")
        assert (language(), _("Monday")) == ("de", "Montag")

    assert language() == "en"


def test_it_comes_back_to_the_language_before_when_something_breaks() -> None:
    with pytest.raises(ZeroDivisionError), speaking("de"):
        1 / 0  # noqa: B018 - the division is what breaks

    assert language() == "en"


def test_it_speaks_on_once_a_door_has_said_so() -> None:
    with speaking("en"):
        speak("de")

        assert _("Monday") == "Montag"


@pytest.mark.parametrize("key", ["fr", "", "DE", "../de"])
def test_it_names_the_languages_there_are(key: str) -> None:
    with pytest.raises(ValueError, match="allowed: en, de, es"):
        speak(key)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["de_AT.UTF-8"], "de"), (["es-419"], "es"), (["C.UTF-8"], "en"), ([], "en"), (["fr", "es"], "es"),
        (["en_GB", "de"], "en"), (["POSIX"], "en"), (["DE"], "de"), (["", "es@euro"], "en"),
    ],
)  # fmt: skip
def test_it_finds_the_nearest_language(wanted: list[str], found: str) -> None:
    assert nearest(wanted) == found


@pytest.mark.parametrize("key", LANGUAGES)
def test_it_says_in_english_what_has_no_translation(key: str) -> None:
    with speaking(key):
        assert _("No catalogue holds this; {count} left", count=3) == "No catalogue holds this; 3 left"
        assert ngettext("{count} unheard-of night", "{count} unheard-of nights", 1) == "1 unheard-of night"
        assert ngettext("{count} unheard-of night", "{count} unheard-of nights", 2) == "2 unheard-of nights"


def test_it_fills_places_with_what_people_wrote_and_nothing_more() -> None:
    assert _("{name} is odd", name="{0.__class__} 100 %") == "{0.__class__} 100 % is odd"


def test_it_says_in_english_where_a_catalogue_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    catalogue.forget()
    try:
        with speaking("de"):
            assert _("Monday") == "Monday"
    finally:
        catalogue.forget()


@pytest.mark.parametrize(
    ("key", "short", "full", "dated", "whole"),
    [
        ("en", "Fri 20 Nov", "Friday 20 November", "20 November 2026", "November 2026"),
        ("de", "Fr., 20. Nov.", "Freitag, 20. November", "20. November 2026", "November 2026"),
        ("es", "vie, 20 nov", "viernes, 20 de noviembre", "20 de noviembre de 2026", "noviembre de 2026"),
    ],
)
def test_it_tells_days_as_people_there_do(key: str, short: str, full: str, dated: str, whole: str) -> None:
    with speaking(key):
        assert short_day(FRIDAY, weekday=True) == short
        assert day(FRIDAY, weekday=True) == full
        assert day(FRIDAY, year=True) == dated
        assert month_of(FRIDAY) == whole


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("en", ["0.8", "2", "2.0", "-0.6", "+1.2"]),
        ("de", ["0,8", "2", "2,0", "-0,6", "+1,2"]),
        ("es", ["0,8", "2", "2,0", "-0,6", "+1,2"]),
    ],
)
def test_it_writes_numbers_as_people_there_do(key: str, told: list[str]) -> None:
    with speaking(key):
        found = [number(0.8), number(2.0), number(2, 1), number(-0.6, 1, sign=True), number(1.2, 1, sign=True)]

    assert found == told
