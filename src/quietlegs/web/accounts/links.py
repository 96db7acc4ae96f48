"""The address of an invitation, as it is sent or handed on."""

from django.urls import reverse

from quietlegs.web import hosted


def link_to(token: str) -> str:
    """Return the public address that lets somebody in."""
    return f"{hosted.origin()}{reverse('account:invited', args=[token])}"
