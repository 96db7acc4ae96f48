"""The addresses of a hosted installation: everybody's, and those of the accounts; of allauth only what is used."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from quietlegs.web.pages.account.views import sign_out
from quietlegs.web.urls import handler400, handler404, handler500
from quietlegs.web.urls import urlpatterns as everybodys

__all__ = ["handler400", "handler404", "handler429", "handler500", "urlpatterns"]

# allauth asks for it, as Django does for the others.
handler429 = "quietlegs.web.pages.account.views.too_many"

# The names are those by which allauth finds its own pages.
_SIGN_IN = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-out/", sign_out, name="account_logout"),
    path("off/", account.account_inactive, name="account_inactive"),
    path("sign-up/", account.signup_by_passkey, name="account_signup_by_passkey"),
    path("sign-up/passkey/", passkeys.signup_webauthn, name="mfa_signup_webauthn"),
    path("sign-up/password/", account.signup, name="account_signup"),
    path("email/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
_SIGNED_IN = [
    path("", mfa.index, name="mfa_index"),
    path("again/password/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("email/", account.email, name="account_email"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("app/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

urlpatterns = [
    path("account/", include([*_SIGN_IN, *_SIGNED_IN])),
    path("account/", include("quietlegs.web.pages.account.urls")),
    path("sharing/", include("quietlegs.web.pages.sharing.urls")),
    *everybodys,
]
