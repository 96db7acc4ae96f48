import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from statistics import mean

import pytest
from tests.library.passages import passages

from quietlegs.library.load import load_library

LIBRARY = load_library()
# Names of keys, files and addresses are not read by anybody as sentences.
NOT_SENTENCES = {"key", "source", "sources", "address", "pose", "seated", "exercise", "blocks", "stop", "ask_first"}
FORBIDDEN = re.compile(
    r"\b(patients?|users?|complian\w*|fail\w*|cur(e|es|ed|ing)|you have (RLS|restless legs))\b", re.IGNORECASE
)
PROMISE = re.compile(
    r"\b(will (help|ease|stop|relieve|calm|sleep|improve|heal)|guarante\w*|for good|gets? rid|relieves|heals?|"
    r"you should take|proven to|always works|never fails|works for everyone)\b",
    re.IGNORECASE,
)


def texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Give every sentence of the library with the place where it stands."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, f"{place}.{key}")
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from texts(one, f"{place}[{index}]")
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in NOT_SENTENCES or (field.name == "ask_first" and "safety" in place):
                yield from texts(getattr(value, field.name), f"{place}.{field.name}")


TEXTS = dict(texts(LIBRARY))


def syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """Flesch-Kincaid school grade (Kincaid 1975), with syllables counted by groups of vowels."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = len(re.findall(r"[.!?:;]+", text)) or 1
    return 0.39 * len(words) / sentences + 11.8 * mean(syllables(word) for word in words) - 15.59


def test_it_reads_all_texts() -> None:
    assert len(TEXTS) > 900
    assert ".safety.ask_first.a1" in TEXTS


@pytest.mark.parametrize("word", ["cure", "Patients", "compliance", "heart failure", "users", "you have RLS"])
def test_it_would_notice_a_forbidden_word(word: str) -> None:
    assert FORBIDDEN.search(f"So {word} it is.")


def test_it_uses_no_forbidden_word() -> None:
    assert {place: text for place, text in TEXTS.items() if FORBIDDEN.search(text)} == {}


def test_it_promises_nothing_itself() -> None:
    ours = {place: text for place, text in TEXTS.items() if not re.fullmatch(r"\.claims\.c\d+\.says", place)}

    assert {place: text for place, text in ours.items() if PROMISE.search(text)} == {}


def test_it_would_notice_the_promise_of_the_article() -> None:
    assert PROMISE.search(LIBRARY.claims["c2"].says)


def test_it_leaves_no_loose_blanks_or_odd_signs() -> None:
    odd = re.compile(r"  |\s$|^\s|\n|[^\x20-\x7e]")

    assert {place: text for place, text in TEXTS.items() if odd.search(text)} == {}


def test_it_speaks_each_step_in_one_breath() -> None:
    steps = [step.show for one in LIBRARY.exercises.values() for step in (*one.steps, *one.other_ways)]

    assert max(len(step) for step in steps) <= 110
    assert max(len(sentence.split()) for step in steps for sentence in re.split(r"[.:?]", step)) <= 18


def test_it_writes_steps_that_a_child_of_twelve_can_read() -> None:
    for exercise in LIBRARY.exercises.values():
        text = " ".join(step.show for step in exercise.steps)
        assert grade(text) <= 7, exercise.key


def test_it_writes_pages_that_most_people_can_read() -> None:
    for texts_ in passages(LIBRARY).values():
        assert mean(grade(text) for text in texts_) <= 8


def test_it_asks_safety_questions_in_short_words() -> None:
    assert mean(grade(question) for question in passages(LIBRARY)["questions"]) <= 8
