"""What is said, in the language spoken now; a sentence that has no translation is said in English.

Sentences are whole, and what changes in them has a name: ``_("Rest, then {next} of {of}", next=2, of=3)``.
"""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

from quietlegs.words.language import ENGLISH, language

FOLDER = Path(__file__).parent / "locale"
DOMAIN = "django"  # the pages' templates look into the same catalogue, under the name that Django gives it


def _(text: str, **values: object) -> str:
    """Return a sentence in the language spoken now, its named places filled.

    Examples
    --------
    >>> _("Rest, then {next} of {of}", next=2, of=3)
    'Rest, then 2 of 3'
    """
    return _filled(_catalogue().gettext(text), values)


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """Return the sentence that fits a count; the count fills the place ``{count}``.

    Examples
    --------
    >>> ngettext("{count} night", "{count} nights", 3)
    '3 nights'
    """
    return _filled(_catalogue().ngettext(one, many, count), {"count": count} | values)


def pgettext(context: str, text: str, **values: object) -> str:
    """Return a short word in the language spoken now, where its sense depends on where it stands.

    Examples
    --------
    >>> pgettext("a theme", "Light")
    'Light'
    """
    return _filled(_catalogue().pgettext(context, text), values)


def later(text: str) -> str:
    """Mark a text that is declared once and said later, by `_`; the text stays as it is."""
    return text


def forget() -> None:
    """Read the catalogues again when they are next asked for."""
    _read.cache_clear()


def _catalogue() -> NullTranslations:
    return _read(language())


@cache
def _read(key: str) -> NullTranslations:
    if key == ENGLISH:
        return NullTranslations()
    return translation(DOMAIN, FOLDER, [key], fallback=True)


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**values) if values else text
