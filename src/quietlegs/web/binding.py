"""Where the server listens: on this machine alone, unless people sign in and come by https."""

from ipaddress import ip_address

from django.core.exceptions import ImproperlyConfigured

from quietlegs.web import hosted
from quietlegs.web.accounts.mail import VARIABLE as MAIL
from quietlegs.web.store.sealing import FILE_VARIABLE
from quietlegs.words.catalogue import _

LOOPBACK = "127.0.0.1"


def listening(host: str) -> str:
    """Return the number of the address to listen at; ImproperlyConfigured where it may not be used."""
    try:
        found = ip_address(LOOPBACK if host == "localhost" else host)
    except ValueError:
        raise ImproperlyConfigured(
            f"--host holds {host!r}; allowed: a number such as {LOOPBACK}, 0.0.0.0 or ::, or localhost"
        ) from None
    if not found.is_loopback and hosted.origin() is None:
        raise ImproperlyConfigured(_what_is_missing(host))
    return str(found)


def _what_is_missing(host: str) -> str:
    """Say in steps what has to be there before anybody else than this machine may ask."""
    said = _("--host {host} would let others read the diary: nobody signs in here. Leave it out, or:", host=host)
    steps = (
        _("put a server for https before quietlegs: Tailscale for yourself, or Caddy with a name of your own"),
        _("install the rest: {command}", command="pip install 'quietlegs[hosted]'"),
        _("make a key: {command}", command="quietlegs server-key new > server-key"),
        _(
            "set {variables}",
            variables=f"{hosted.VARIABLE}=https://legs.example.org, {FILE_VARIABLE}=server-key, {MAIL}=console:",
        ),
        _("start it without --host: {command}", command="quietlegs serve"),
        _("make your account: {command}", command="quietlegs accounts make-host you@example.org"),
    )
    numbered = "".join(f"\n  {number}. {step}" for number, step in enumerate(steps, 1))
    return f"{said}{numbered}\n{_('Each step in full: {page}', page='docs/using/hosting.md')}"


def socket_address(host: str, port: int) -> str:
    """Return host and port as a server is told them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
