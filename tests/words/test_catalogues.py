"""Every text that people read is in every catalogue, translated, and no text is there that nobody says any more."""

import io
import re

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from tests.words.gather import TRANSLATED, calls_of, compiled, file_of, gathered, merged, untold, written

from quietlegs.words import dates
from quietlegs.words.language import speaking

Key = tuple[str | None, tuple[str, ...]]


@pytest.fixture(scope="module")
def found() -> Catalog:
    """What is marked in the code as it stands."""
    return gathered()


def held(language: str) -> Catalog:
    """A language's catalogue as it lies in the house."""
    return read_po(io.BytesIO(file_of(language).read_bytes()), locale=language, abort_invalid=True)


def all_of(one: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (one,) if isinstance(one, str) else tuple(one or ())


def keys(catalog: Catalog) -> set[Key]:
    return {(one.context, all_of(one.id)) for one in catalog if one.id}


def places(text: str) -> set[str]:
    """The named places of a text, in Python's way and in that of templates."""
    return set(re.findall(r"\{\w*[^}]*\}|%\(\w+\)s", text))


def test_it_finds_a_text_inside_another_and_takes_no_other_words_for_one() -> None:
    program = """
def told(way, size):
    # Translators: what follows a size
    more = _("That is all.")
    return f"{size} {_('No difference.')} {_(WAYS['lower' if way else 'higher'])} {more}"
"""

    assert calls_of(program).splitlines() == [
        "# Translators: what follows a size",
        "_('That is all.')",
        "_('No difference.')",
        "_()",
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_holds_every_text_and_no_stale_one(language: str, found: Catalog) -> None:
    assert keys(found) - keys(held(language)) == set(), "make words"
    assert keys(held(language)) - keys(found) == set(), "make words"


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_keeps_a_catalogue_as_make_words_writes_it(language: str, found: Catalog) -> None:
    assert written(merged(language, found)) == file_of(language).read_text(encoding="utf-8"), "make words"


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_keeps_what_is_compiled_equal_to_what_is_written(language: str) -> None:
    assert file_of(language, "mo").read_bytes() == compiled(language), "make words"


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_fills_the_same_places_in_every_language(language: str) -> None:
    wrong = [one for one in held(language) if one.id and not _agree(one)]

    assert [(one.id, one.string) for one in wrong] == []


def _agree(one: Message) -> bool:
    """Whether each translation has the places of its own text; either may say its count as a word."""
    wanted = [places(text) for text in all_of(one.id)]
    told = [places(text) for text in all_of(one.string) if text]
    count = {"{count}", "%(counter)s", "%(count)s"}
    own = [wanted[0], *[wanted[-1]] * (len(told) - 1)]
    return all(each - count == its - count and each <= its | wanted[-1] for each, its in zip(told, own, strict=False))


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_keeps_blanks_at_the_ends(language: str) -> None:
    """A text that begins or ends with a blank or a line is a piece of something; none is, in any language."""
    loose = [text for one in held(language) if one.id for text in (*all_of(one.id), *all_of(one.string))]

    assert [text for text in loose if text != text.strip()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_names_days_and_months_as_unicode_does(language: str) -> None:
    known = Locale(language)
    with speaking(language):
        wide, short = known.days["format"]["wide"], known.days["format"]["abbreviated"]

        assert dates.weekdays() == tuple(wide[k] for k in range(7))
        assert dates.short_weekdays() == tuple(short[k] for k in range(7))
        assert dates.months() == tuple(known.months["format"]["wide"].values())
        assert dates.short_months() == tuple(known.months["format"]["abbreviated"].values())


# Spanish joins when its commands are translated.
@pytest.mark.parametrize("language", ["de"])
def test_it_has_every_text_translated_and_none_guessed(language: str) -> None:
    assert untold(held(language)) == []
