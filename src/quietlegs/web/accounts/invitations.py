"""Invitations to sign up: made by a host or on the command line, good once, for a week."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from quietlegs.records.bounds import RangeError
from quietlegs.web.accounts.models import Account, Invitation
from quietlegs.words.catalogue import _

GOOD_FOR = timedelta(days=7)
_TOKEN_BYTES = 32
_KEPT_AS = "invitation"


def good() -> QuerySet[Invitation]:
    """Return the invitations that still open the door."""
    return Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now())


def invite(email: str, *, by: Account | None, proves_address: bool, makes_host: bool = False) -> str:
    """Return the token of a fresh invitation; an older one to the same address opens nothing any more."""
    to = address(email)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    good().filter(email=to).delete()
    Invitation.objects.create(
        digest=_digest(token),
        email=to,
        makes_host=makes_host,
        proves_address=proves_address,
        made_by=by,
        expires_at=timezone.now() + GOOD_FOR,
    )
    return token


def address(told: str) -> str:
    """Return an e-mail address in the spelling in which it is kept; RangeError for what is none."""
    found = told.strip().lower()
    try:
        validate_email(found)
    except ValidationError:
        raise RangeError("email", told, _("an e-mail address such as name@example.org")) from None
    return found


def accept(request: HttpRequest, token: str) -> Invitation | None:
    """Remember for this visit that the person was invited; looking at an invitation does not use it up."""
    found = good().filter(digest=_digest(token)).first()
    if found is not None:
        request.session[_KEPT_AS] = found.pk
    return found


def held(request: HttpRequest) -> Invitation | None:
    """Return the invitation that this visit came with, while it is good."""
    return good().filter(pk=request.session.get(_KEPT_AS, 0)).first()


def use_up(request: HttpRequest) -> Invitation | None:
    """Use the invitation; of two that try at the same moment one gets it."""
    found = held(request)
    if found is None or not good().filter(pk=found.pk).update(used_at=timezone.now()):
        return None
    request.session.pop(_KEPT_AS, None)
    return found


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
