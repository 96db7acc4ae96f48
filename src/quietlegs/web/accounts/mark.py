"""What a device knows an account by: enough to keep two people apart, and nothing that tells who they are."""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_LENGTH = 16


def mark_of(account: int) -> str:
    """Return the opaque mark of an account, the same on each of its devices."""
    return salted_hmac("quietlegs.account", str(account), algorithm="sha256").hexdigest()[:_LENGTH]


def signed_in(request: HttpRequest) -> dict[str, object]:
    """Return what each page of a hosted installation needs to know: whose it is."""
    user = getattr(request, "user", None)
    account = user if user is not None and user.is_authenticated else None
    return {"hosted": True, "account": account, "account_mark": mark_of(account.pk) if account else ""}
