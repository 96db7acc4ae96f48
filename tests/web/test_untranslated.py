"""No page says anything that is not in a catalogue: in a language made up for this, every text wears marks."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from babel.messages.mofile import write_mo
from django.test import Client, override_settings
from tests.web.reading import CLOSE, OPEN, Reader, walk
from tests.words.gather import gathered

from quietlegs import day
from quietlegs.cli.demo import facts_of, simulate
from quietlegs.library.load import load_library
from quietlegs.plan import planned
from quietlegs.records.moment import moment, night_of
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words import catalogue

LANGUAGE = "de"
ZONE = "Europe/Berlin"
# What stands for itself in every language.
NAMES = {"quietlegs", "English", "Deutsch", "Español"}
MARKS_OF_NUMBERS = {"decimal mark", "mark between thousands", "first letter of a name in a sentence"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language of its own: every text between marks."""
    found = gathered()
    found.locale = LANGUAGE
    for one in found:
        if one.id and one.context not in MARKS_OF_NUMBERS:
            one.string = marked(one.id) if isinstance(one.id, str) else [marked(text) for text in one.id]
    place = tmp_path_factory.mktemp("locale")
    file = place / LANGUAGE / "LC_MESSAGES" / f"{catalogue.DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, found)
    return place


@pytest.fixture
def made_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The language of its own is spoken in the place of German."""
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    catalogue.forget()
    planned.forget()
    with override_settings(LOCALE_PATHS=[folder]):
        yield
    catalogue.forget()
    planned.forget()


def marked(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


@pytest.fixture(scope="module")
def written_by_hand() -> str:
    """Everything in the library and the names of what is tried: it has languages of its own."""
    return "\n".join(_texts(load_library(LANGUAGE))).lower()


def _texts(fact: object) -> Iterator[str]:
    if isinstance(fact, str):
        yield fact
    elif is_dataclass(fact):
        for field in fields(fact):
            yield from _texts(getattr(fact, field.name))
    elif isinstance(fact, dict):
        for one in fact.values():
            yield from _texts(one)
    elif isinstance(fact, tuple):
        for one in fact:
            yield from _texts(one)


@pytest.fixture
def reader(client: Client) -> Client:
    """A person whose device asks for the made-up language."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = LANGUAGE
    client.cookies["zone"] = ZONE
    return client


@pytest.fixture
def lived(diary: StoredDiary) -> None:
    """Sixty nights of a simulated person, up to yesterday."""
    now, rng = moment(datetime.now(UTC), ZONE), np.random.default_rng(7)
    day.log(diary, *facts_of(*simulate(rng, night_of(now) - timedelta(days=1), 60), rng, ZONE))


def loose(path: str, page: Reader, written_by_hand: str) -> list[str]:
    """What a page says that is neither marked, nor the library's, nor a name."""
    return [f"{path}: {text}" for text in dict.fromkeys(page.loose) if not _is_known(text, written_by_hand)]


def _is_known(text: str, written_by_hand: str) -> bool:
    """Whether a text is made of names and of the library's own words alone."""
    parts = re.split(r", | - |: |(?<=[.!?]) ", " ".join(text.split()))
    plain = [part.strip(" .,:;-()0123456789") for part in parts]
    return all(part in NAMES or part.lower() in written_by_hand for part in plain)


def test_it_says_nothing_unmarked_to_somebody_new(made_up: None, reader: Client, written_by_hand: str) -> None:
    found = [text for path, page in walk(reader, "/", LANGUAGE) for text in loose(path, page, written_by_hand)]

    assert found == []


def test_it_says_nothing_unmarked_to_somebody_with_a_diary(
    made_up: None, reader: Client, lived: None, written_by_hand: str
) -> None:
    pages = list(walk(reader, "/", LANGUAGE))

    assert [text for path, page in pages for text in loose(path, page, written_by_hand)] == []
    assert len(pages) > 40


@pytest.mark.parametrize("path", ["/nowhere/", "/library/exercise/nothing/"])
def test_it_says_nothing_unmarked_where_nothing_is(
    made_up: None, reader: Client, path: str, written_by_hand: str
) -> None:
    page = Reader()
    page.feed(reader.get(path).content.decode())

    assert loose(path, page, written_by_hand) == []
    assert page.lang == LANGUAGE


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", [r"unruhige[nr]? Beine", r"Fr\., \d\d?\. \w+\.?", r"[+-]\d,\d\d"]),
        ("es", [r"piernas inquietas", r"vie, \d\d? \w+", r"[+-]\d,\d\d"]),
    ],
)
def test_it_shows_every_page_in(reader: Client, lived: None, language: str, told: list[str]) -> None:
    reader.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    pages = list(walk(reader, "/", language))

    assert len(pages) > 40
    assert [one for one in told if not any(re.search(one, text) for _, page in pages for text in page.loose)] == []


def test_it_would_find_a_text_that_is_not_marked() -> None:
    page = Reader()
    page.feed(
        f'<html lang="de"><p>{OPEN}Gut <b>so</b>.{CLOSE} Not so.</p><a href="/" aria-label="Nor this">3</a>'
        '<script type="application/json">{"say": "Stay a while", "kind": "hold"}</script><code>as it is</code></html>'
    )

    assert page.loose == ["Not so.", "Nor this", "Stay a while"]
    assert (page.lang, page.links, page.depth) == ("de", ["/"], 0)
