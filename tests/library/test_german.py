"""The German library: plain, respectful, promising nothing, with numbers as Germans write them."""

import re
from collections import defaultdict
from statistics import mean

import pytest
from tests.library.passages import passages
from tests.library.test_translation import FILES, both

from quietlegs.library.load import load_library

LIBRARY = load_library("de")
SAID = [(f"{name}{place}", english, german) for name in FILES for place, english, german in both(name, "de")]
FORBIDDEN = re.compile(
    r"\b(Patient\w*|(Be)?[Nn]utzer\w*|Heilung\w*|heil(t|te|en Sie)|[Vv]ersag\w*|Therapietreue|[Gg]arant\w*|"
    r"Sie haben (RLS|unruhige Beine)|([Dd]u|[Dd]ir|[Dd]ich|[Dd]ein\w*|[Ee]uch|[Ee]uer\w*))\b"
)
PROMISE = re.compile(
    r"\b([Ww]ird (Ihnen |Ihren Beinen )?(helfen|lindern|beruhigen|bessern)|für immer|hilft (immer|sicher|allen)|"
    r"wirkt (immer|sicher)|bewiesenermaßen|Sie sollten .* nehmen|ein für alle Mal)\b"
)
# Up and down one's heels is not up from a chair.
TWO_WAYS = {"Breathe out on the way up, in on the way down."}


def grade(text: str) -> float:
    """First Wiener Sachtextformel, a school grade (Bamberger and Vanecek 1984)."""
    words = re.findall(r"[A-Za-zÄÖÜäöüß]+", text)
    sentences = len(re.findall(r"[.!?:;]+", text)) or 1
    syllables = [max(1, len(re.findall(r"[aeiouyäöü]+", word.lower()))) for word in words]
    many, one = mean(count >= 3 for count in syllables), mean(count == 1 for count in syllables)
    long = mean(len(word) > 6 for word in words)
    return 19.35 * many + 0.1672 * len(words) / sentences + 12.97 * long - 3.27 * one - 0.875


@pytest.mark.parametrize("word", ["Patienten", "Nutzer", "garantiert", "Sie haben RLS", "dein", "Heilung"])
def test_it_would_notice_a_forbidden_word(word: str) -> None:
    assert FORBIDDEN.search(f"So {word} ist es.")


def test_it_uses_no_forbidden_word_and_no_familiar_you() -> None:
    assert [(place, german) for place, _, german in SAID if FORBIDDEN.search(german)] == []


def test_it_promises_nothing_itself() -> None:
    assert PROMISE.search(LIBRARY.claims["c2"].says)
    assert [one for one in SAID if PROMISE.search(one[2]) and not re.fullmatch(r"claims/c\d+\.says", one[0])] == []


def test_it_writes_decimals_with_a_comma_and_quotes_as_germans_do() -> None:
    odd = re.compile(r"\d\.\d{1,2}(?!\d)|\d,\d{3}|[\"']")

    assert [(place, german) for place, _, german in SAID if odd.search(german)] == []
    assert [place for place, _, german in SAID if german.count("„") != german.count("“")] == []


def test_it_says_the_same_in_the_same_words() -> None:
    ways: dict[str, set[str]] = defaultdict(set)
    for _, english, german in SAID:
        ways[english].add(german)

    assert {english for english, said in ways.items() if len(said) > 1} == TWO_WAYS


def test_it_writes_steps_that_a_child_of_twelve_can_read() -> None:
    for exercise in LIBRARY.exercises.values():
        assert grade(" ".join(step.show for step in exercise.steps)) <= 6, exercise.key


def test_it_writes_pages_that_most_people_can_read() -> None:
    for texts in passages(LIBRARY).values():
        assert mean(grade(text) for text in texts) <= 7


def test_it_explains_the_name_where_the_page_explains_the_legs() -> None:
    assert "Unruhige Beine (Restless Legs)" in LIBRARY.topics["what_it_is"].parts[0].text
