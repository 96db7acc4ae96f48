"""Which addresses a reminder may go to, decided on what a name resolves to, and held to until the line stands.

One person on their own machine may name a server in their home's network: many run ntfy there. Where strangers share a
host, nobody may: an address within would let them speak to what the host keeps from the network.
"""

import smtplib
import socket
import ssl
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from quietlegs.words.catalogue import _

_TRANSLATED = IPv6Network("64:ff9b::/96")


class WithinError(OSError):
    """A name leads to an address within the host's own network, where no reminder goes."""


def may_reach(found: str) -> bool:
    """Whether a reminder may go to this numerical address."""
    at = ip_address(found.partition("%")[0])
    if isinstance(at, IPv6Address):
        # The same machine by a longer name: an IPv4 address within an IPv6 one.
        within = at.ipv4_mapped or at.sixtofour or (IPv4Address(at.packed[-4:]) if at in _TRANSLATED else None)
        at = within or at
    return at.is_global and not at.is_multicast


def reach(name: str, port: int, patience_s: float | None) -> socket.socket:
    """Open a line to a name; where strangers share the host, only to an address outside, and to that very one."""
    if not settings.HOSTED:
        return socket.create_connection((name, port), patience_s)
    refused: OSError | None = None
    for family, kind, proto, _name, where in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM):
        if not may_reach(str(where[0])):
            refused = refused or WithinError(_("addresses within the host's own network are not allowed"))
            continue
        line = socket.socket(family, kind, proto)
        try:
            line.settimeout(patience_s)
            line.connect(where)
        except OSError as error:
            line.close()
            refused = error
        else:
            return line
    raise refused or OSError(f"{name} has no address")


class _Line:
    """How a connection of the web opens its line."""

    host: str
    port: int
    timeout: Any

    def _new_conn(self) -> socket.socket:
        try:
            return reach(self.host, self.port, self.timeout if isinstance(self.timeout, int | float) else None)
        except OSError as error:
            # The library looks for an error of its own.
            line: Any = self
            raise NewConnectionError(line, f"no line: {type(error).__name__}") from error


class _Http(_Line, HTTPConnection):
    """Over http."""


class _Https(_Line, HTTPSConnection):
    """Over https; the certificate is still asked for by the name."""


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class Outward(HTTPAdapter):
    """The web, by lines that `reach` opens."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Take our own kinds of connection."""
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}


class Mail(smtplib.SMTP):
    """A mail server, by a line that `reach` opens."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return reach(host, port, timeout)


class SecureMail(smtplib.SMTP_SSL):
    """A mail server over TLS from the first byte, by a line that `reach` opens."""

    def __init__(self, host: str, port: int, *, timeout: float, context: ssl.SSLContext) -> None:
        self._trusted = context
        super().__init__(host, port, timeout=timeout, context=context)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._trusted.wrap_socket(reach(host, port, timeout), server_hostname=host)
