"""The language of the terminal: what the environment asks for, as other programs read it."""

import os

from quietlegs.words.language import nearest

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE = ("", "C", "POSIX")


def asked_for() -> str:
    """Return the language to speak: the first of `LANGUAGE` that is known, else that of the locale, else English."""
    locale = next((os.environ[name] for name in _LOCALE if os.environ.get(name)), "")
    if locale.partition(".")[0] in _NO_LANGUAGE:
        return nearest(())
    return nearest([*os.environ.get("LANGUAGE", "").split(":"), locale])
