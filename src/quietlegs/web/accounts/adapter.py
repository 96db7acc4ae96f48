"""What quietlegs decides where allauth asks: who may sign up, what is said, what is sent, what is sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from quietlegs.web import hosted
from quietlegs.web.accounts import invitations, logbook, traces
from quietlegs.web.accounts.letters import letter
from quietlegs.web.accounts.models import Account
from quietlegs.web.accounts.words import NOTICES, refusals
from quietlegs.web.store import trail
from quietlegs.web.store.diaries import new_diary
from quietlegs.web.store.sealing import server_keys
from quietlegs.words.catalogue import _


class AccountAdapter(DefaultAccountAdapter):
    """Signing up needs an invitation; each account gets a diary; every word is in the catalogue of quietlegs."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.error_messages = {**DefaultAccountAdapter.error_messages, **refusals()}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let in who holds an invitation that is still good."""
        return invitations.held(request) is not None

    def save_user(self, request: HttpRequest, user: Any, form: BaseForm, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - allauth's own signature
        """Use the invitation up, make a diary, and keep the account, all or nothing."""
        with transaction.atomic():
            invitation = invitations.use_up(request)
            if invitation is None:
                raise ImmediateHttpResponse(redirect("account_signup"))
            user.name = form.cleaned_data.get("name", "")
            user.is_host = invitation.makes_host
            user.diary_id = new_diary()
            return super().save_user(request, user, form, commit)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Show who came with a passkey how to get in when it is lost; others begin."""
        has_passkey = Authenticator.objects.filter(user=request.user).exists()
        return reverse("mfa_index") if has_passkey else super().get_signup_redirect_url(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask for the passkey first: a touch is less than a code."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        said = {"mfa_reauthenticate": _("Use a code"), "reauthenticate": _("Use your password")}
        for way in ways:
            way["description"] = said.get(way["id"], _("Use your passkey"))
        return sorted(ways, key=lambda way: way["id"] in said)

    def add_message(  # noqa: PLR0913, PLR0917 - allauth's own signature
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what has words of ours; what nobody needs to read is left unsaid."""
        del message_context
        text = message if message is not None else NOTICES.get(message_template or "", "")
        if text:
            messages.add_message(request, level, _(text) if message is None else text, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter that belongs to what happened."""
        found = letter(template_prefix, context)
        if found is not None:
            EmailMessage(found.subject, found.text, self.get_from_email(), [email]).send()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell the person and the log where too many tries lock an address, or the place from which they come."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            traces.tried(credentials.get("email", ""), trail.LOCKED)
            logbook.refused("too many tries", self.get_client_ip(request))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell the person of a wrong password, and the log from where it came; whose it was, the log does not tell."""
        super().authentication_failed(request, **credentials)
        traces.tried(credentials.get("email", ""), trail.TRIED)
        logbook.refused("a wrong password, or no such account", self.get_client_ip(request))

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person by letter what was changed about how they sign in; a changed address hears it too."""
        traces.sign_in_changed(user, template_prefix)
        self.send_mail(template_prefix, email or user.email, context or {})


class PasskeyAdapter(DefaultMFAAdapter):
    """Passkeys belong to the public name of the server; secrets for codes are sealed with the server's key."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.error_messages = {**DefaultMFAAdapter.error_messages, **refusals()}

    def encrypt(self, text: str) -> str:
        """Seal a secret, so that a stolen database makes no codes."""
        return _seals().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was sealed."""
        return _seals().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the server as the person knows it."""
        public = hosted.origin()
        name = "" if public is None else public.name
        return {"id": name, "name": f"quietlegs, {name}"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """Name the account as the person would choose it among others."""
        told: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return told | {"display_name": str(user)}

    def get_totp_issuer(self) -> str:
        """Name the server in the list of an app for codes."""
        public = hosted.origin()
        return "quietlegs" if public is None else f"quietlegs {public.name}"

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002 - allauth's own signature
        """Give each passkey a number; nobody has to think of a name."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey {number}", number=count + 1)


def _seals() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in server_keys()])
