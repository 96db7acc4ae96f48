"""Reads files that were handed over, and takes them in: one at a time, and only where nobody else does."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction

from quietlegs.formats.known import known, read, sniff
from quietlegs.formats.plain_csv.guess import looked_through
from quietlegs.formats.plain_csv.meaning import from_json, header_of
from quietlegs.formats.plain_csv.read import mapped
from quietlegs.formats.plain_csv.shape import shape_of
from quietlegs.formats.reading import Entry, Format, LeftOut, NotReadableError
from quietlegs.formats.watching import StoppedError, watched
from quietlegs.web.store import found, handed_files, handed_over, sealed_files
from quietlegs.web.store.handed_over import ASKED, LOOKED, READING, REFUSED, TAKEN, Handed
from quietlegs.web.store.imports import Receipt, compare, take
from quietlegs.web.store.whose import in_hand
from quietlegs.web.worker.round import Clock
from quietlegs.words.catalogue import _
from quietlegs.words.language import speaking

logger = logging.getLogger(__name__)
_MOST_NAMED = 50
_TOLD_EVERY_S = 0.5
_ASKED_EVERY_S = 1.0


class Files:
    """What works on the files that wait; `ended` says when to leave them to another."""

    def __init__(self, clock: Clock, ended: Callable[[], bool] = lambda: False) -> None:
        self._clock = clock
        self._ended = ended

    def go(self, token: str | None = None) -> None:
        """Work on all that wait, or on this one alone."""
        while not self._ended() and (handed := handed_over.claim(self._clock(), token)) is not None:
            with in_hand(handed.diary), speaking(handed.language):
                self._work(handed)

    def _work(self, handed: Handed) -> None:
        """Bring one a step further, or leave it."""
        try:
            (self._read if handed.state == READING else _take)(handed)
        except StoppedError:
            if self._ended():
                handed_over.leave(handed)
        except DatabaseError:
            raise  # It is tried again, once the lease has run out.
        except (NotReadableError, OSError) as error:
            _refuse(handed, _why(handed, error))
        except Exception:
            logger.exception("a file that was handed over could not be read")
            _refuse(handed, _("The program made a mistake with this file."))

    def _read(self, handed: Handed) -> None:
        heard = _Heard(self._clock, self._ended, handed)
        lies = handed_files.find(handed.token)
        # What a worker left open that was killed.
        sealed_files.close_all(handed.token)
        with handed_files.opened(handed.token) as file, watched(heard):
            one = _format(handed, file)
            if one is None:
                handed_over.end(handed, ASKED, {"table": _table(file)})
                return
            seen = found.gathered(heard.each(read(one, file, handed.zone)))
        found.write(seen, handed_files.found_in(handed.token))
        told = told_of(compare(Receipt(lies, one, handed.digest), seen))
        if not handed_over.end(handed, LOOKED, handed.told | told):
            raise StoppedError
        if handed.columns is None:
            # What was found is enough to take in, and a file may be large; a table may be read by other columns.
            lies.unlink(missing_ok=True)


class _Heard:
    """Notes how far the reading has come, and ends it where it is not wanted any more."""

    def __init__(self, clock: Clock, ended: Callable[[], bool], handed: Handed) -> None:
        self._clock, self._ended, self._handed = clock, ended, handed
        self._come = 0
        self._told = time.monotonic()

    def __call__(self, count: int) -> None:
        """Hear of so many bytes more."""
        self._come += count
        if self._ended():
            raise StoppedError
        if time.monotonic() - self._told < _TOLD_EVERY_S:
            return
        self._told = time.monotonic()
        if not handed_over.come(self._handed, min(self._come, self._handed.size), self._clock()):
            raise StoppedError

    def each(self, read: Iterable[Entry | LeftOut]) -> Iterator[Entry | LeftOut]:
        """Pass on what is read; each of it is a sign of life, where a format tells nothing of its bytes."""
        for one in read:
            self(0)
            yield one


@contextmanager
def read_beside(clock: Clock) -> Iterator[None]:
    """Work on files beside the rounds of the worker: reminders do not wait for a large one."""
    ended = threading.Event()
    thread = threading.Thread(target=_go_on, args=(clock, ended), name="files")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _go_on(clock: Clock, ended: threading.Event) -> None:
    files = Files(clock, ended.is_set)
    while not ended.is_set():
        try:
            files.go()
        except Exception:
            logger.exception("work on a file broke off; it is begun anew")
            connection.close()
        ended.wait(_ASKED_EVERY_S)
    connection.close()


def _format(handed: Handed, file: Path) -> Format | None:
    """Return how to read a file; None for a table of which nobody has said yet what its columns mean."""
    if handed.columns is not None:
        return mapped(from_json(handed.columns))
    try:
        return sniff(file)
    except NotReadableError:
        if shape_of(file) is None:
            raise
        return None


def _table(file: Path) -> dict[str, Any]:
    """Go through a table; return what is asked about it, in JSON's own types."""
    looked = looked_through(file)
    before = handed_over.remembered(header_of(looked.shape.names))
    return {
        "firsts": [one.firsts for one in looked.seen],
        "guess": before or looked.guess.to_json(),
        "again": before is not None,
        "unsure": looked.unsure,
        "rows": looked.count,
        "letters": looked.shape.letters,
        "separator": looked.shape.separator,
    }


def told_of(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as it is shown, in JSON's own types."""
    nights = receipt.nights
    return {
        "format": receipt.format.key,
        "name": receipt.format.name,
        "proven": receipt.format.proven,
        "rows": receipt.rows,
        "new": len(receipt.new),
        "nights": [nights[0].isoformat(), nights[-1].isoformat()] if nights else [],
        "known": receipt.known,
        "taken_back": receipt.taken_back,
        "shared": len(receipt.shared),
        "said": receipt.said[:_MOST_NAMED],
        "unsaid": max(0, len(receipt.said) - _MOST_NAMED),
        "left": len(receipt.left_out),
        "named": [[one.place, one.why] for one in receipt.left_out.named[:_MOST_NAMED]],
    }


def _take(handed: Handed) -> None:
    """Take in what was found, and note that it was, as one: so it happens once, whoever else tries."""
    seen = found.read_back(handed_files.found_in(handed.token))
    one = known()[handed.told["format"]] if handed.columns is None else mapped(from_json(handed.columns))
    with transaction.atomic():
        count = take(compare(Receipt(Path(handed.name), one, handed.digest), seen), handed.name)
        if not handed_over.end(handed, TAKEN, {"count": count}):
            raise StoppedError
    handed_files.let_go(handed.token)


def _refuse(handed: Handed, why: str) -> None:
    if handed_over.end(handed, REFUSED, {"why": why}):
        handed_files.let_go(handed.token)


def _why(handed: Handed, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("That file is not here any more. Choose it again.")
    if isinstance(error, OSError):
        return error.strerror or f"{error}"
    names = ", ".join(one.name for one in known().values())
    return _("{file} is none of the files that can be read: {names}", file=handed.name, names=names)
