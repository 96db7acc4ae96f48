"""The Spanish catalogue speaks as the Spanish library does: plain, respectful, promising nothing."""

from tests.library.test_spanish import FAMILIAR, FORBIDDEN, LOCAL, PROMISE
from tests.words.test_catalogues import all_of, held

SAID = [(all_of(one.id)[0], text) for one in held("es") if one.id for text in all_of(one.string) if text]


def test_it_says_something() -> None:
    assert len(SAID) > 500


def test_it_uses_no_forbidden_word_no_familiar_you_and_no_local_word() -> None:
    for odd in (FORBIDDEN, FAMILIAR, LOCAL):
        assert [(english, spanish) for english, spanish in SAID if odd.search(spanish)] == []


def test_it_promises_nothing() -> None:
    assert [(english, spanish) for english, spanish in SAID if PROMISE.search(spanish)] == []


def test_it_opens_every_question_that_it_closes() -> None:
    for opened, closed in ("¿?", "¡!", "«»"):
        assert [spanish for _, spanish in SAID if spanish.count(opened) != spanish.count(closed)] == []
    assert [(english, spanish) for english, spanish in SAID if ("?" in english) != ("?" in spanish)] == []


def test_it_ends_a_sentence_where_the_english_does() -> None:
    sentences = [(english, spanish) for english, spanish in SAID if len(english) > 1]  # A lone sign is a decimal mark.

    assert [pair for pair in sentences if pair[0].endswith(".") != pair[1].endswith(".")] == []
