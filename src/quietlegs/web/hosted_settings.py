"""What is set otherwise where a group is hosted: https, sign-in, and a name of its own."""

import os
from datetime import timedelta
from typing import Any

from quietlegs.web.accounts.mail import VARIABLE as MAIL
from quietlegs.web.accounts.mail import mail_settings
from quietlegs.web.hosted import Origin

_MOST_TRIES = 100_000
# The longest; a device that does not come is out sooner (web/accounts/devices.py).
_SIGNED_IN_FOR_S = int(timedelta(days=60).total_seconds())

_APPS = (
    "quietlegs.web.accounts", "quietlegs.web.pages.sharing", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "allauth", "allauth.account", "allauth.mfa",
    "allauth.usersessions",
)  # fmt: skip
_BEFORE = ("quietlegs.web.accounts.guard.healthy", "quietlegs.web.accounts.guard.encrypted")
# They stand behind Django's own, which knows the session first, and before each page.
_INSIDE = (
    "quietlegs.web.accounts.staying.Sessions",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "quietlegs.web.accounts.guard.Guard",
)

_DJANGOS = "django.contrib.auth.password_validation"
_FORMS = "quietlegs.web.accounts.forms"
_ACCOUNT_FORMS = {
    "login": "SignIn",
    "signup": "SignUp",
    "reset_password": "NewPassword",
    "reset_password_from_key": "NewPasswordByLink",
    "change_password": "ChangedPassword",
    "set_password": "FirstPassword",
    "add_email": "ChangedAddress",
    "reauthenticate": "PasswordAgain",
    "confirm_email_verification_code": "AddressCode",
}
_MFA_FORMS = {"authenticate": "SecondCode", "reauthenticate": "CodeAgain", "activate_totp": "CodesOn"}


def with_accounts(personal: dict[str, Any], origin: Origin) -> dict[str, Any]:
    """Return the settings that a hosted installation has on top of one person's."""
    templates = [dict(one) for one in personal["TEMPLATES"]]
    options = dict(templates[0]["OPTIONS"])
    options["context_processors"] = [
        *options["context_processors"],
        "django.contrib.messages.context_processors.messages",
        "quietlegs.web.accounts.mark.signed_in",
    ]
    templates[0]["OPTIONS"] = options
    return {
        # Our templates are found before those of allauth.
        "INSTALLED_APPS": [*personal["INSTALLED_APPS"], *_APPS],
        "MIDDLEWARE": [*_BEFORE, *personal["MIDDLEWARE"], *_INSIDE],
        "TEMPLATES": templates,
        "ROOT_URLCONF": "quietlegs.web.hosted_urls",
        "LOGGING": personal["LOGGING"] | {"loggers": {"quietlegs.sign_in": {"level": "INFO"}}},
        **_https(origin),
        # Tries are counted for all workers together; so many that nobody's are pushed out by making others.
        "CACHES": personal["CACHES"]
        | {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "account_tries",
                "OPTIONS": {"MAX_ENTRIES": _MOST_TRIES},
            },
        },
        **_sign_in(),
        # A command that sends nothing needs no mail server; `serve` asks for one.
        **(mail_settings() if os.environ.get(MAIL) else {}),
    }


def _https(origin: Origin) -> dict[str, Any]:
    """Trust the server before this one to say by which name and from where people come."""
    return {
        # A letter's link leads where the request came from: that shall be the public name, and no other.
        "ALLOWED_HOSTS": [origin.name],
        "CSRF_TRUSTED_ORIGINS": [str(origin)],
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "SESSION_COOKIE_AGE": _SIGNED_IN_FOR_S,
        "SESSION_ENGINE": "quietlegs.web.accounts.sessions",
        # Who comes by the link in a letter comes from elsewhere, and shall be known on the page that follows.
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def _sign_in() -> dict[str, Any]:
    return {
        "AUTH_USER_MODEL": "accounts.Account",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{_DJANGOS}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
            {"NAME": f"{_DJANGOS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": f"{_DJANGOS}.CommonPasswordValidator"},
            {"NAME": f"{_DJANGOS}.NumericPasswordValidator"},
            {"NAME": "quietlegs.web.accounts.strength.NoRepeats"},
            {"NAME": "quietlegs.web.accounts.strength.NoWordsOfOurs"},
        ],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "PASSWORD_RESET_TIMEOUT": int(timedelta(hours=1).total_seconds()),
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "tonight:index",
        "ACCOUNT_ADAPTER": "quietlegs.web.accounts.adapter.AccountAdapter",
        "ACCOUNT_FORMS": {name: f"{_FORMS}.{form}" for name, form in _ACCOUNT_FORMS.items()},
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https",
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT": int(timedelta(minutes=10).total_seconds()),
        "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_RATE_LIMITS": {"login_failed": "20/m/ip,5/5m/key"},
        "ACCOUNT_REAUTHENTICATION_METHODS": ["password", "mfa"],
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "MFA_ADAPTER": "quietlegs.web.accounts.adapter.PasskeyAdapter",
        "MFA_FORMS": {name: f"{_FORMS}.{form}" for name, form in _MFA_FORMS.items()},
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": True,
        "MFA_SUPPORTED_TYPES": ["webauthn", "totp", "recovery_codes"],
        "MFA_WEBAUTHN_USER_VERIFICATION": "preferred",
    }
