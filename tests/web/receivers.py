"""Real receivers on loopback: a push service with a browser behind it, a mail server, a topic of ntfy."""

import asyncio
import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

import http_ece
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_HALF = 32


@dataclass
class Posted:
    """One request as it came over the wire."""

    path: str
    headers: Message
    body: bytes


@dataclass
class Web:
    """A web server that keeps what is posted to it, and answers as it is told."""

    port: int = 0
    status: int = 201
    posted: list[Posted] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def web() -> Iterator[Web]:
    told = Web()
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with lock:
                told.posted.append(Posted(self.path, self.headers, body))
            self.send_response(told.status)
            for name, value in told.answers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Keep the tests' output to themselves."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()


class Browser:
    """A browser that subscribed to a push service: it alone can read what comes."""

    def __init__(self, service: Web, name: str = "phone") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = bytes(range(16))
        self.service = service
        self.path = f"/push/{name}"

    def subscription(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        endpoint = self.service.url + self.path
        return {"endpoint": endpoint, "p256dh": _told(point), "auth": _told(self.secret)}

    def received(self) -> list[tuple[dict[str, Any], Message]]:
        """Decrypt what came, with the headers it came under."""
        return [(self._read(one), one.headers) for one in self.service.posted if one.path == self.path]

    def _read(self, one: Posted) -> dict[str, Any]:
        assert one.headers["content-encoding"] == "aes128gcm"
        plain = http_ece.decrypt(one.body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        told: dict[str, Any] = json.loads(plain)
        return told


def claims(headers: Message) -> dict[str, Any]:
    """Check the sender's signature (RFC 8292) and return what it claims; raises when it is forged."""
    scheme, _, rest = headers["Authorization"].partition(" ")
    assert scheme == "vapid"
    parts = dict(one.strip().split("=", 1) for one in rest.split(","))
    head, payload, signature = parts["t"].split(".")
    assert json.loads(_bytes(head))["alg"] == "ES256"
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(parts["k"]))
    halves = _bytes(signature)
    both = encode_dss_signature(int.from_bytes(halves[:_HALF], "big"), int.from_bytes(halves[_HALF:], "big"))
    key.verify(both, f"{head}.{payload}".encode(), ec.ECDSA(SHA256()))
    told: dict[str, Any] = json.loads(_bytes(payload))
    return told | {"key": parts["k"]}


@dataclass
class Mail:
    """A mail server that keeps what it is given, or refuses it with a sentence."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refuses: str = ""

    async def handle_RCPT(self, _s: SMTP, _n: Session, envelope: Envelope, to: str, _o: list[str]) -> str:  # noqa: N802 - the library's name
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 Kept"


@contextmanager
def mail(**options: Any) -> Iterator[Mail]:
    told = Mail()
    loop = asyncio.new_event_loop()
    ready = Event()

    def serve() -> None:
        # All of it in this thread: another one may have an event loop of its own running.
        server = loop.run_until_complete(loop.create_server(lambda: SMTP(told, loop=loop, **options), "127.0.0.1", 0))
        told.port = server.sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        server.close()
        loop.run_until_complete(server.wait_closed())
        loop.close()

    thread = Thread(target=serve)
    thread.start()
    ready.wait()
    try:
        yield told
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _told(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
