"""Another device of the same person: let in by a picture on the first one's screen, once, for a few minutes."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from quietlegs.web.accounts.models import Account, Pairing

GOOD_FOR = timedelta(minutes=5)
_TOKEN_BYTES = 32


def offer(account: Account) -> str:
    """Return the token that lets one more device in; an earlier one opens nothing any more."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    Pairing.objects.filter(account=account).delete()
    Pairing.objects.create(digest=_digest(token), account=account)
    return token


def offered(token: str) -> Account | None:
    """Return whose device would be let in; None where the token was used or is too old."""
    found = _good(token).first()
    return found.account if found else None


def take(token: str) -> Account | None:
    """Use the token, and return whose device is let in; None as with `offered`, and where another was quicker."""
    account = offered(token)
    deleted, _each = _good(token).delete()
    return account if deleted else None


def _good(token: str) -> QuerySet[Pairing]:
    young = Pairing.objects.filter(made_at__gt=timezone.now() - GOOD_FOR, account__is_active=True)
    return young.select_related("account").filter(digest=_digest(token))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
