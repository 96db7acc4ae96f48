"""What several people write down in the same moment goes to the disk together: one wait for the disk, not one each.

SQLite takes one writer at a time, and each transaction waits for the disk before the next begins. Whoever comes while
another writes is written by the next one who does, and is answered once all of that is on disk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from quietlegs.web.store.line import in_line
from quietlegs.web.store.sealing import SealedError


@dataclass(eq=False)
class _Waiting:
    """Something to be written, and what became of it: `count` once it is on disk, or why it is not."""

    write: Callable[[], int]
    count: int = 0
    error: BaseException | None = None
    is_done: bool = False


class Together:
    """The writers of this process; other processes stand in the same line."""

    def __init__(self) -> None:
        self._turn = Condition()
        self._waiting: list[_Waiting] = []
        self._is_writing = False

    def add(self, write: Callable[[], int]) -> int:
        """Return what `write` returned, once it is on disk; raise what kept it from that.

        It may be called on any thread; it has a transaction of its own, so that what is wrong with one is undone alone.
        """
        mine = _Waiting(write)
        with self._turn:
            self._waiting.append(mine)
            while self._is_writing and not mine.is_done:
                self._turn.wait()
            if mine.is_done:
                return _told(mine)
            self._is_writing = True
            now, self._waiting = self._waiting, []
        try:
            _write(now)
        finally:
            with self._turn:
                for one in now:
                    one.is_done = True
                self._is_writing = False
                self._turn.notify_all()
        return _told(mine)


def _write(all_of: list[_Waiting]) -> None:
    try:
        if len(all_of) == 1:
            all_of[0].count = all_of[0].write()
            return
        with in_line(), transaction.atomic():
            for one in all_of:
                try:
                    one.count = one.write()
                except (IntegrityError, ObjectDoesNotExist, SealedError, ValueError) as error:
                    one.error = error
    except BaseException as error:
        # Nothing is on disk, so nobody is told that it was.
        for one in all_of:
            one.error = error
        if not isinstance(error, Exception):
            raise


def _told(one: _Waiting) -> int:
    if one.error is not None:
        # Each has a copy of their own: it may be raised on several threads.
        raise type(one.error)(*one.error.args) from one.error
    return one.count
