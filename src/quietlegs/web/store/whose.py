"""Whose diary is read and written now: on one's own machine there is one; in a group, each request has its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from quietlegs.web.store.home import is_hosted

# The first diary is made with its table; where nobody signs in, it is the only one.
PERSONAL = 1
_in_hand: ContextVar[int | None] = ContextVar("quietlegs_diary_in_hand", default=None)


class NobodysDiaryError(DatabaseError):
    """A diary of a group was asked for, and nobody said whose."""

    def __init__(self) -> None:
        super().__init__("this installation keeps diaries of a group, and nobody has signed in to one of them")


def diary_in_hand() -> int:
    """Return the number of the diary that is read and written now.

    Raises
    ------
    NobodysDiaryError
        Where a group is hosted and none was taken in hand: nothing is read by mistake.
    """
    chosen = _in_hand.get()
    if chosen is not None:
        return chosen
    if is_hosted():
        raise NobodysDiaryError
    return PERSONAL


@contextmanager
def in_hand(diary: int) -> Iterator[None]:
    """Read and write this diary alone until the block has ended."""
    before = _in_hand.set(diary)
    try:
        yield
    finally:
        _in_hand.reset(before)


def take_in_hand(diary: int) -> None:
    """Read and write this diary until the request has ended, because its secret was shown: a key, an address."""
    _in_hand.set(diary)


def each_request_its_own(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Begin each request with no diary in hand, and leave none to the next one on the same thread."""

    def answered(request: HttpRequest) -> HttpResponse:
        before = _in_hand.set(None)
        try:
            return answer(request)
        finally:
            _in_hand.reset(before)

    return answered
