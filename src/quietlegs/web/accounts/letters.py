"""The letters that are sent about an account: short, and without a word about health."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from quietlegs.web import hosted
from quietlegs.words.catalogue import _, later


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent."""

    subject: str
    text: str


# After which change of how somebody signs in a letter tells of it.
_CHANGES = {
    "account/email/password_changed": later("Your password was changed."),
    "account/email/password_set": later("A password was set for your account."),
    "account/email/password_reset": later("Your password was changed by a link from a letter like this."),
    "account/email/email_changed": later("The e-mail address of your account was changed."),
    "mfa/email/webauthn_added": later("A passkey was added to your account."),
    "mfa/email/webauthn_removed": later("A passkey was removed from your account."),
    "mfa/email/totp_activated": later("Codes from an app were turned on for your account."),
    "mfa/email/totp_deactivated": later("Codes from an app were turned off for your account."),
    "mfa/email/recovery_codes_generated": later("New codes to get back in were made for your account."),
}


def letter(key: str, told: Mapping[str, Any]) -> Letter | None:
    """Return the letter by the name that allauth gives it; None where nothing is to be said."""
    what = changed(key.rpartition("/")[2]) if key in _CHANGES else ""
    if what:
        next_step = _("If this was you, there is nothing to do. If not, sign in and look at “Sign-in and security”.")
        return _signed(_("A change of your sign-in"), what, next_step)
    write = _WRITTEN.get(key)
    return write(told) if write else None


def changed(word: str) -> str:
    """Return which change of a sign-in it was, by the last word of the name that allauth gives its letter."""
    return next((_(said) for key, said in _CHANGES.items() if key.rpartition("/")[2] == word), "")


def invitation(link: str, days: int) -> Letter:
    """Return the letter that lets somebody in."""
    return _signed(
        _("You are invited"),
        _("You are invited to keep a diary here. This link makes your account. It is good once, for {n} days:", n=days),
        link,
        _("If you expect no invitation, throw this letter away."),
    )


def _code(told: Mapping[str, Any]) -> Letter:
    return _signed(
        _("Your code: {code}", code=told["code"]),
        _("This code shows that the e-mail address is yours. Type it where you were asked for it:"),
        str(told["code"]),
        _("It is good for 15 minutes. If nobody asked you for it, throw this letter away, and tell it to nobody."),
    )


def _reset(told: Mapping[str, Any]) -> Letter:
    return _signed(
        _("A new password"),
        _("Somebody, hopefully you, wants to set a new password. This link does it. It is good once, for an hour:"),
        str(told["password_reset_url"]),
        _("If it was not you, throw this letter away. Your password stays as it is."),
    )


def _unknown(_told: Mapping[str, Any]) -> Letter:
    return _signed(
        _("No account with this address"),
        _("Somebody, hopefully you, wanted to set a new password here, but no account has this e-mail address."),
        _("Perhaps you signed up with another one. If it was not you, throw this letter away."),
    )


def _known(_told: Mapping[str, Any]) -> Letter:
    return _signed(
        _("You have an account already"),
        _("Somebody, hopefully you, wanted to sign up with this e-mail address, but it has an account."),
        _("Sign in with it. Where the password is forgotten, the sign-in page helps."),
    )


_WRITTEN: dict[str, Callable[[Mapping[str, Any]], Letter]] = {
    "account/email/email_confirmation": _code,
    "account/email/email_confirmation_signup": _code,
    "account/email/password_reset_key": _reset,
    "account/email/unknown_account": _unknown,
    "account/email/account_already_exists": _known,
}


def _signed(subject: str, *paragraphs: str) -> Letter:
    return Letter(f"quietlegs: {subject}", "\n\n".join((*paragraphs, f"quietlegs, {hosted.origin()}")) + "\n")
