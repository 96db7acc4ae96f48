"""The German catalogue speaks as the German library does: plain, respectful, promising nothing."""

import re

from tests.library.test_german import FORBIDDEN, PROMISE
from tests.words.test_catalogues import all_of, held

SAID = [(all_of(one.id)[0], text) for one in held("de") if one.id for text in all_of(one.string) if text]
# The tabs stand side by side on a phone of 320 px.
TABS = ("Tonight", "Nights", "What works", "More")
TAB_LETTERS = 10


def test_it_says_something() -> None:
    assert len(SAID) > 500


def test_it_uses_no_forbidden_word_and_promises_nothing() -> None:
    for odd in (FORBIDDEN, PROMISE):
        assert [(english, german) for english, german in SAID if odd.search(german)] == []


def test_it_quotes_as_germans_do() -> None:
    assert [german for _, german in SAID if german.count("„") != german.count("“")] == []
    assert [german for _, german in SAID if re.search("['\"]", re.sub(r'="[^"]*"', "", german))] == []


def test_it_asks_where_the_english_asks_and_ends_where_it_ends() -> None:
    # A single word is no sentence: a decimal mark, or Mi. for Wednesday and Min. for minutes.
    sentences = [pair for pair in SAID if len(pair[1].split(" ")) > 1]

    assert [pair for pair in sentences if ("?" in pair[0]) != ("?" in pair[1])] == []
    assert [pair for pair in sentences if pair[0].endswith(".") != pair[1].endswith(".")] == []


def test_it_keeps_the_tabs_short() -> None:
    said = dict(SAID)

    assert [said[tab] for tab in TABS if len(said[tab]) > TAB_LETTERS] == []
