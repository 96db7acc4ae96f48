"""What every channel is given to send, and what it says when that did not work."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Message:
    """A reminder: what is said, for how long it is worth saying, and an id that stays the same when it is sent again.

    `actions` are what the person may answer, by their keys; `token` proves that the answer is theirs. `buttons` are the
    same answers by addresses, for what can post to one; `page` is where they can be chosen, for what can only link.
    """

    id: str
    text: str
    language: str
    lasts: timedelta
    token: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    page: str = ""


class UndeliveredError(Exception):
    """A reminder did not arrive. `why` is for the person; one that is `gone` needs a new address."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.gone = gone


class AddressError(ValueError):
    """An address cannot be used; the sentence says which one, and what is allowed."""
