"""What the pages of an account say; allauth's own words are in no language of quietlegs."""

from quietlegs.words.catalogue import _, later

# What allauth wants to say after something was done, by the name of its own template; anything else stays unsaid.
NOTICES = {
    "account/messages/password_changed.txt": later("Your password is changed."),
    "account/messages/password_set.txt": later("Your password is set."),
    "account/messages/email_confirmed.txt": later("Your e-mail address is confirmed."),
    "account/messages/email_confirmation_failed.txt": later("This e-mail address cannot be used."),
    "account/messages/email_deleted.txt": later("The e-mail address is removed."),
    "mfa/messages/webauthn_added.txt": later("Your passkey is saved."),
    "mfa/messages/webauthn_removed.txt": later("The passkey is removed. Remove it from your device too."),
    "mfa/messages/totp_activated.txt": later("From now on your password needs a code from your app."),
    "mfa/messages/totp_deactivated.txt": later("Codes from an app are off."),
    "mfa/messages/recovery_codes_generated.txt": later("These codes are new. Older ones open nothing any more."),
}


def refusals() -> dict[str, str]:
    """Return why something was not done, by the names that allauth gives."""
    wrong_code = _("This code is not right. Look again, and try once more.")
    many = _("Too many tries. Wait five minutes, then try again.")
    return {
        "account_inactive": _("This account is switched off."),
        "cannot_remove_primary_email": _("The e-mail address that you sign in with cannot be removed."),
        "duplicate_email": _("This is your e-mail address already."),
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "email_taken": _("This e-mail address cannot be used."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": wrong_code,
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This link is too old, or was used already."),
        "invalid_login": _("This e-mail address and this password do not belong together."),
        "invalid_password_reset": _("This link is too old, or was used already."),
        "max_email_addresses": _("An account has one e-mail address."),
        "too_many_login_attempts": many,
        "unknown_email": _("This e-mail address cannot be used."),
        "unverified_primary_email": _("Confirm your e-mail address first."),
        "same_as_current": _("This is what it is already."),
        "rate_limited": many,
        "add_email_blocked": _("This e-mail address cannot be used."),
        "cannot_delete_authenticator": _("This way to sign in cannot be removed."),
        "cannot_generate_recovery_codes": _("Codes to get back in come with a passkey or an app for codes."),
        "unverified_email": _("Confirm your e-mail address first."),
    }


def labels() -> dict[str, str]:
    """Return what stands above a field, by its name."""
    return {
        "login": _("E-mail address"),
        "email": _("E-mail address"),
        "name": _("What shall we call you?"),
        "password": _("Password"),
        "password1": _("New password"),
        "oldpassword": _("Present password"),
        "code": _("Code"),
    }
