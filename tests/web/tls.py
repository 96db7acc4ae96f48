"""A server for https on this machine, as a host puts one before quietlegs: it ends TLS and says so in a header."""

import hashlib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.web.certificates import own_certificate

_MOST = 65536
_STANDS_FOR = b"x-stands-for:"


@contextmanager
def https(folder: Path, port: int, behind: int) -> Iterator[None]:
    """Take https at a port of this machine and hand it on to another; each request has a connection of its own."""
    context = own_certificate(folder)
    with socket.create_server(("127.0.0.1", port), backlog=128) as door:
        threading.Thread(target=_let_in, args=(door, context, behind), daemon=True).start()
        yield


def fingerprint(folder: Path) -> str:
    """Return what Chromium knows the certificate's key by."""
    certificate = x509.load_pem_x509_certificate((folder / "certificate.pem").read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(hashlib.sha256(key).digest()).decode()


def _let_in(door: socket.socket, context: ssl.SSLContext, behind: int) -> None:
    while True:
        try:
            came, (address, _) = door.accept()
        except OSError:
            return  # The test is over.
        threading.Thread(target=_hand_on, args=(came, context, behind, address), daemon=True).start()


def _hand_on(came: socket.socket, context: ssl.SSLContext, behind: int, address: str) -> None:
    # A browser opens connections ahead, and leaves some without a word.
    with suppress(OSError, ValueError), context.wrap_socket(came, server_side=True) as front:
        asked = front.makefile("rb")
        first, *others = iter(lambda: asked.readline().rstrip(b"\r\n"), b"")
        sizes = [one.partition(b":")[2] for one in others if one.lower().startswith(b"content-length:")]
        body = asked.read(int(sizes[0])) if sizes else b""
        # In a test all of them come from this machine: each says which of the world's addresses it stands for.
        came_from = [one.partition(b":")[2].strip() for one in others if one.lower().startswith(_STANDS_FOR)]
        # What a client says of these is not to be believed.
        mine = (b"connection:", b"x-forwarded-proto:", _STANDS_FOR)
        said = [one for one in others if not one.lower().startswith(mine)]
        said += [
            b"Connection: close",
            b"X-Forwarded-Proto: https",
            b"X-Forwarded-For: " + (came_from or [address.encode()])[0],
        ]
        with socket.create_connection(("127.0.0.1", behind)) as back:
            back.sendall(b"\r\n".join([first, *said]) + b"\r\n\r\n" + body)
            while part := back.recv(_MOST):
                front.sendall(part)
