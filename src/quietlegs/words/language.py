"""The language that is spoken now: chosen at a door, asked for wherever something is said."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch", "es": "Español"}

_spoken: ContextVar[str] = ContextVar("quietlegs_language", default=ENGLISH)


def language() -> str:
    """Return the key of the language that is spoken now, English where no door has chosen one."""
    return _spoken.get()


def speak(key: str) -> None:
    """Speak a language from here on; ValueError names the ones there are."""
    _spoken.set(_known(key))


@contextmanager
def speaking(key: str) -> Iterator[None]:
    """Speak a language within a `with` block, then the one before it; ValueError names the ones there are."""
    before = _spoken.set(_known(key))
    try:
        yield
    finally:
        _spoken.reset(before)


def nearest(wanted: Iterable[str]) -> str:
    """Return the first language of the wanted ones that is spoken here, English when there is none.

    Examples
    --------
    >>> nearest(["fr_CA.UTF-8", "de_AT", "es"])
    'de'
    """
    keys = (name.replace("-", "_").partition("_")[0].partition(".")[0].lower() for name in wanted)
    return next((key for key in keys if key in LANGUAGES), ENGLISH)


def _known(key: str) -> str:
    if key not in LANGUAGES:
        raise ValueError(f"language is {key!r}; allowed: {', '.join(LANGUAGES)}")
    return key
