"""The Spanish library: plain, respectful, promising nothing, natural on both sides of the ocean."""

import re
from collections import defaultdict
from statistics import mean

import pytest
from tests.library.passages import passages
from tests.library.test_translation import FILES, both

from quietlegs.library.load import load_library

LIBRARY = load_library("es")
SAID = [(f"{name}{place}", english, spanish) for name in FILES for place, english, spanish in both(name, "es")]
FORBIDDEN = re.compile(
    r"\b(pacientes?|usuari[oa]s?|cur(a|as|an|ar|ado|ación)|fracas\w*|cumplimiento|garant\w*|"
    r"usted tiene piernas inquietas)\b",
    re.IGNORECASE,
)
FAMILIAR = re.compile(r"\b(tú|tus?|ti|te|contigo|vos|vosotr[oa]s|os|vuestr[oa]s?)\b", re.IGNORECASE)
# Said in one part of the Spanish-speaking world alone, misread in another, or an older spelling.
LOCAL = re.compile(
    r"\b(coge\w*|coja\w*|ordenador\w*|móvil\w*|celular\w*|agujetas|túmbe\w*|sólo|andar)\b", re.IGNORECASE
)
PROMISE = re.compile(
    r"\b(ayudará\w*|aliviará\w*|calmará\w*|mejorará\w*|quitará\w*|dormirá\w*|para siempre|siempre funciona|"
    r"nunca falla)\b",
    re.IGNORECASE,
)


def ease(text: str) -> float:
    """How easy a text is, 0 to 100 (Szigriszt 1993): above 65 it is fairly easy, as for a child of twelve."""
    words = re.findall(r"[a-záéíóúüñ]+", text.lower())
    sentences = len(re.findall(r"[.!?:;]+", text)) or 1
    return 206.835 - 62.3 * mean(syllables(word) for word in words) - len(words) / sentences


def syllables(word: str) -> int:
    """Each open or stressed vowel carries one; i and u among themselves carry one together."""
    groups = re.findall(r"[aeiouáéíóúü]+", word)
    return max(1, sum(max(1, len(re.findall(r"[aeoáéíóú]", group))) for group in groups))


@pytest.mark.parametrize(("word", "count"), [("que", 1), ("pie", 1), ("día", 2), ("pantorrilla", 4), ("quiere", 2)])
def test_it_counts_syllables_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize("word", ["pacientes", "usuario", "curar", "garantizado", "usted tiene piernas inquietas"])
def test_it_would_notice_a_forbidden_word(word: str) -> None:
    assert FORBIDDEN.search(f"Así {word} es.")


def test_it_uses_no_forbidden_word_no_familiar_you_and_no_local_word() -> None:
    for odd in (FORBIDDEN, FAMILIAR, LOCAL):
        assert [(place, spanish) for place, _, spanish in SAID if odd.search(spanish)] == []


def test_it_promises_nothing_itself() -> None:
    ours = [(place, spanish) for place, _, spanish in SAID if not re.fullmatch(r"claims/c\d+\.says", place)]

    assert [(place, spanish) for place, spanish in ours if PROMISE.search(spanish)] == []
    assert PROMISE.search(LIBRARY.claims["c2"].says)


def test_it_writes_decimals_with_a_comma_and_thousands_without_a_point() -> None:
    odd = re.compile(r"\d\.\d|\d,\d{3}")

    assert [(place, spanish) for place, _, spanish in SAID if odd.search(spanish)] == []


def test_it_opens_every_question_that_it_closes() -> None:
    for opened, closed in ("¿?", "¡!", "«»"):
        assert [place for place, _, spanish in SAID if spanish.count(opened) != spanish.count(closed)] == []
    assert [place for place, english, spanish in SAID if ("?" in english) != ("?" in spanish)] == []


def test_it_says_the_same_in_the_same_words() -> None:
    ways: dict[str, set[str]] = defaultdict(set)
    for _, english, spanish in SAID:
        ways[english].add(spanish)

    assert {english: said for english, said in ways.items() if len(said) > 1} == {}


def test_it_names_movements_in_few_words_since_a_name_has_three_seconds_to_be_spoken() -> None:
    spoken = [one.name for one in LIBRARY.exercises.values() if not one.is_test]

    assert [name for name in spoken if len(name.split()) > 6] == []


def test_it_writes_steps_that_a_child_of_twelve_can_read() -> None:
    hard = {key: ease(" ".join(step.show for step in one.steps)) for key, one in LIBRARY.exercises.items()}

    assert {key: value for key, value in hard.items() if value < 65} == {}


def test_it_writes_pages_that_most_people_can_read() -> None:
    for texts in passages(LIBRARY).values():
        assert mean(ease(text) for text in texts) >= 65
