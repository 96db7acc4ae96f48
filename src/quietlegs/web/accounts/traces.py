"""What the trail of a diary tells of its account: who came in and where, who tried to, what was changed of the way in.

A try at an address without an account is written down too, where nobody sees it: otherwise the time that an answer
takes would tell which addresses have one.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from quietlegs.web.accounts.agents import shortened
from quietlegs.web.accounts.letters import changed
from quietlegs.web.accounts.models import Account
from quietlegs.web.store import trail
from quietlegs.web.store.whose import PERSONAL

# As long as five wrong passwords lock an address.
_SERIES = timedelta(minutes=5)
_DIGEST_LENGTH = 32


def connect() -> None:
    """Hear of every sign-in, by whichever way."""
    user_logged_in.connect(_signed_in)


def tried(address: str, what: str) -> None:
    """Leave in the trail of an address that somebody tried to sign in; the first of a series tells."""
    plain = address.strip().lower()
    account = Account.objects.filter(email=plain).first()
    digest = salted_hmac("quietlegs.tried", plain, algorithm="sha256").hexdigest()[:_DIGEST_LENGTH]
    trail.leave_once(what, digest, within=_SERIES, diary=account.diary_id if account else PERSONAL)


def wrong_code(account: Account) -> None:
    """Leave that a code was wrong: behind a right password, or where it is asked for again."""
    trail.leave_once(trail.WRONG_CODE, "", within=_SERIES, diary=account.diary_id)


def sign_in_changed(account: Account, letter: str) -> None:
    """Leave what was changed of the way in, by the name of the letter that tells of it."""
    word = letter.rpartition("/")[2]
    if changed(word):
        trail.leave(trail.CHANGED, word, diary=account.diary_id)


def _signed_in(request: HttpRequest, user: Account, **_told: Any) -> None:
    agent = shortened(request.headers.get("User-Agent", ""))
    known = any(trail.was_there(what, agent, diary=user.diary_id) for what in (trail.SIGNED_IN, trail.SIGNED_IN_NEW))
    trail.leave(trail.SIGNED_IN if known else trail.SIGNED_IN_NEW, agent, diary=user.diary_id)
