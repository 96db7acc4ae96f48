"""The fields of an account's pages: allauth's, with our words above them and nothing inside them."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms

from quietlegs.web.accounts import invitations, traces
from quietlegs.web.accounts.models import Account
from quietlegs.web.accounts.words import labels
from quietlegs.words.catalogue import _


class _Plain(forms.Form):
    """Labels of ours; a placeholder vanishes where it is needed, and a link in a help text is a link of the page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # What is typed can be looked at, so that nobody has to type it twice.
        self.fields.pop("password2", None)
        said = labels()
        strong = _("At least 12 characters. Best are four words that nobody would put together.")
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = said.get(name, field.label)
            field.help_text = strong if name == "password1" else ""


class SignIn(_Plain, account.LoginForm):
    """The address and the password."""


class SignUp(_Plain, account.SignupForm):
    """The address is the one that was invited, whatever a browser sends."""

    name = forms.CharField(max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "nickname"}))
    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        invitation = invitations.held(context.request)
        self.fields["email"].disabled = True
        self.fields["email"].initial = self.initial["email"] = invitation.email if invitation else ""
        self.fields["email"].widget.attrs["autocomplete"] = "username"


class NewPassword(_Plain, account.ResetPasswordForm):
    """Where the link for a new password goes."""


class NewPasswordByLink(_Plain, account.ResetPasswordKeyForm):
    """The new password, once: what is typed can be looked at."""


class ChangedPassword(_Plain, account.ChangePasswordForm):
    """The present password and the new one."""


class FirstPassword(_Plain, account.SetPasswordForm):
    """A password beside a passkey."""


class ChangedAddress(_Plain, account.AddEmailForm):
    """Another e-mail address."""


class PasswordAgain(_Plain, account.ReauthenticateForm):
    """The password, to show that it is still the same person."""


class AddressCode(_Plain, account.ConfirmEmailVerificationCodeForm):
    """The code from a letter."""


class _Traced(forms.Form):
    """A wrong code leaves a trace for whoever owns the account."""

    user: Account

    def clean_code(self) -> str:
        """Check the code as allauth does."""
        try:
            return str(super().clean_code())  # type: ignore[misc]  # allauth's form behind this one has it
        except forms.ValidationError:
            traces.wrong_code(self.user)
            raise


class SecondCode(_Plain, _Traced, mfa.AuthenticateForm):
    """A code from an app, or one to get back in."""


class CodeAgain(_Plain, _Traced, mfa.ReauthenticateForm):
    """The same, to show that it is still the same person."""


class CodesOn(_Plain, totp.ActivateTOTPForm):
    """The first code from an app."""
