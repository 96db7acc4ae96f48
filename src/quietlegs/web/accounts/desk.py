"""What `quietlegs accounts` does: the first host has no host to be invited by."""

from django.core.mail import EmailMessage

from quietlegs.web.accounts import invitations
from quietlegs.web.accounts.letters import invitation
from quietlegs.web.accounts.links import link_to
from quietlegs.web.accounts.models import Account

GOOD_FOR_DAYS = invitations.GOOD_FOR.days


def invite(email: str, *, send: bool = False) -> str:
    """Invite somebody, and return the link; who may run commands here vouches for the address."""
    link = link_to(invitations.invite(email, by=None, proves_address=True))
    if send:
        found = invitation(link, GOOD_FOR_DAYS)
        EmailMessage(found.subject, found.text, to=[email.strip()]).send()
    return link


def make_host(email: str) -> str:
    """Make an account a host; where there is none, return the link by which one is made, else nothing."""
    if Account.objects.filter(email=email.strip().lower()).update(is_host=True):
        return ""
    return link_to(invitations.invite(email, by=None, proves_address=True, makes_host=True))
