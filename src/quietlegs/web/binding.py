"""Where the server listens: on this machine alone, unless people sign in and come by https."""

from ipaddress import ip_address

from django.core.exceptions import ImproperlyConfigured

from quietlegs.web import hosted

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
        raise ImproperlyConfigured(
            f"--host {host} would let others read the diary: nobody signs in here. Leave it out, or host quietlegs for"
            f" a group: set {hosted.VARIABLE} to its https address, put a server for https before it, and install"
            " quietlegs[hosted]. docs/using/hosting.md has recipes for Caddy and Tailscale."
        )
    return str(found)


def socket_address(host: str, port: int) -> str:
    """Return host and port as a server is told them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
