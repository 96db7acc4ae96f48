"""What keeps the diary from being written that is no mistake of the program: said so that a person can mend it."""

import errno

from django.db import DatabaseError

from quietlegs.words.catalogue import _

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SHUT = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_AWAY = ("connection", "server closed", "terminating", "starting up")


def trouble_of(error: BaseException | None) -> tuple[str, str] | None:
    """Return what is in the way and what can be done; None where the program itself made a mistake."""
    if isinstance(error, DatabaseError):
        return _of_the_database(str(error).lower())
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return _full()
        return _shut() if error.errno in _SHUT else None
    return None


def _of_the_database(reason: str) -> tuple[str, str] | None:
    if "full" in reason or "no space" in reason:
        return _full()
    if "locked" in reason or "lock timeout" in reason:
        return _("Another program is writing to the diary, and takes long."), _again()
    if "readonly" in reason or "read-only" in reason or "unable to open" in reason or "disk i/o" in reason:
        return _shut()
    if any(one in reason for one in _AWAY):
        return _("The database that keeps the diary cannot be reached."), _again()
    return None


def _full() -> tuple[str, str]:
    return _("The disk that keeps your diary is full. Nothing was written down, and nothing is lost."), _(
        "Make room on it, then try again. What waits on this phone is sent by itself."
    )


def _shut() -> tuple[str, str]:
    return _("The disk that keeps your diary does not let anything be written. Nothing is lost."), _(
        "Look after the disk, or run the command quietlegs doctor. What waits on this phone is sent by itself."
    )


def _again() -> str:
    return _("Try again in a moment. What waits on this phone is sent by itself.")
