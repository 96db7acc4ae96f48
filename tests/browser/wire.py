"""A wire that fails as real ones do, between a real Chromium and the real pages on a real SQLite file.

The server lives in this process, so that a test can say what becomes of each request: it is cut before it arrives or
half-way, the answer is lost, it arrives twice or much later, the server dies before or after it has committed, or
somebody else answers. One connection serves one request: Chromium then sends nothing again on its own.
"""

import io
import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from wsgiref.util import setup_testing_defaults

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections, transaction

from quietlegs.web.pages import frame

SCRIPTS = Path(frame.__file__).parent / "static"
HARNESS = Path(__file__).parent / "sync_harness"
FACTS = "/api/v1/facts"
TOKEN = f"{FACTS}/token"
# What can become of a request; all but the first, "twice" and "echo" leave the phone without the diary's answer.
FAULTS = (
    "ok",
    "cut",
    "half",
    "dies before",
    "dies after",
    "twice",
    "late",
    "echo",
    "broken",
    "portal",
    "stale",
    "busy",
)
_KINDS = {".js": "text/javascript", ".html": "text/html; charset=utf-8"}
_PATIENCE_S = 20
_Answer = tuple[int, list[tuple[str, str]], bytes]


@dataclass
class Sent:
    """A request of a phone, as it came out of the wire."""

    phone: str
    headers: dict[str, str]
    body: bytes

    @property
    def ids(self) -> set[str]:
        return {fact["id"] for fact in json.loads(self.body)}


@dataclass
class Wire:
    """What the test plans, and what came of it; `told` are the ids that a phone was told are on disk."""

    plan: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    late: list[Sent] = field(default_factory=list)
    told: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    held: dict[str, str | None] = field(default_factory=dict)
    offline: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    changed: Condition = field(default_factory=Condition)

    def begin(self) -> None:
        """Forget the last history."""
        self.plan.clear()
        self.late.clear()
        self.told.clear()
        self.offline.clear()

    def fault(self, phone: str) -> str:
        with self.changed:
            fault = self.plan[phone].popleft() if self.plan[phone] else "ok"
            self.seen[fault] += 1
            return fault

    def hold(self, phone: str) -> str:
        """Keep a request on the wire until the test says what becomes of it."""
        with self.changed:
            self.held[phone] = None
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.held[phone] is not None, _PATIENCE_S)
            return self.held.pop(phone) or "cut"

    def until_held(self, phone: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: phone in self.held, _PATIENCE_S), "nothing was sent"

    def release(self, phone: str, fault: str) -> None:
        with self.changed:
            self.held[phone] = fault
            self.changed.notify_all()


class Diary:
    """The real pages, one request at a time, in a thread of their own that keeps its connection to the database."""

    def __init__(self) -> None:
        self.requests = 0
        self._pages = get_wsgi_application()
        self._one = ThreadPoolExecutor(max_workers=1)
        # Django would close the connection in the midst of what is to be rolled back.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)

    def answer(self, sent: Sent | None, headers: dict[str, str], *, dies: bool = False) -> _Answer:
        """Answer a request; where the server dies, nothing it wrote is committed."""
        return self._one.submit(self._rolled_back if dies else self._answer, sent, headers).result()

    def run(self, work: Callable[[], Any]) -> Any:
        """Do something where the database is open."""
        return self._one.submit(work).result()

    def close(self) -> None:
        self.run(connections.close_all)
        self._one.shutdown()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)

    def _rolled_back(self, sent: Sent | None, headers: dict[str, str]) -> _Answer:
        with transaction.atomic():
            answer = self._answer(sent, headers)
            transaction.set_rollback(True)
        return answer

    def _answer(self, sent: Sent | None, headers: dict[str, str]) -> _Answer:
        self.requests += 1
        body = sent.body if sent else b""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST" if sent else "GET",
            "PATH_INFO": FACTS if sent else TOKEN,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": headers.get("Content-Length", "0"),
            "wsgi.input": io.BytesIO(body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        }
        setup_testing_defaults(environ)
        said: list[Any] = []

        def start(status: str, head: list[tuple[str, str]], _wrong: Any = None, /) -> Callable[[bytes], object]:
            said.extend((int(status[:3]), head))
            return lambda _part: None

        parts = self._pages(environ, start)
        content = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return said[0], said[1], content


class Handler(BaseHTTPRequestHandler):
    """One request; `wire` and `diary` are set on a class made for one server."""

    wire: Wire
    diary: Diary

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the standard library's
        """Say nothing."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == TOKEN:
            if self._phone() not in self.wire.offline:
                self._give(self.diary.answer(None, dict(self.headers)))
            return None
        file = (HARNESS if path.endswith(".html") else SCRIPTS) / path.lstrip("/")
        if not file.is_file():
            return self._give((404, [], b""))
        return self._give((200, [("Content-Type", _KINDS[file.suffix])], file.read_bytes()))

    def do_POST(self) -> None:
        phone = self._phone()
        if phone in self.wire.offline:
            return
        sent = Sent(phone, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"])))
        fault = self.wire.fault(phone)
        if fault == "held":
            fault = self.wire.hold(phone)
        answer = self._through(sent, fault)
        if answer is None:
            return
        if answer[0] == 200 and b"stored" in answer[2]:
            self.wire.told[phone] |= sent.ids
        self._give(answer)

    def _phone(self) -> str:
        return parse_qs(urlsplit(self.path).query)["phone"][0]

    def _through(self, sent: Sent, fault: str) -> _Answer | None:
        """Let the fault happen; None where the phone hears nothing."""
        if fault in {"late", "echo"}:
            self.wire.late.append(sent)
        if fault == "half":
            self.diary.answer(Sent(sent.phone, sent.headers, sent.body[: len(sent.body) // 2]), sent.headers)
        if fault in {"cut", "half", "late"}:
            return None
        if fault in _STRANGERS:
            return _STRANGERS[fault]
        headers = {name: value for name, value in sent.headers.items() if fault != "stale" or name != "Cookie"}
        answer = self.diary.answer(sent, headers, dies=fault == "dies before")
        if fault == "twice":
            answer = self.diary.answer(sent, headers)
        return None if fault.startswith("dies") else answer

    def _give(self, answer: _Answer) -> None:
        status, headers, body = answer
        try:
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in {"content-length", "connection"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            # The page that asked is gone; so is whatever it would have heard.
            return


_HTML = [("Content-Type", "text/html")]
_STRANGERS: dict[str, _Answer] = {
    "broken": (500, _HTML, b"<h1>Something broke</h1>"),
    "portal": (200, _HTML, b"<h1>Welcome to our hotel</h1>"),
    "busy": (503, _HTML, b"<h1>Try again later</h1>"),
}


class Served:
    """The wire, the diary behind it, and where a browser finds them."""

    def __init__(self) -> None:
        self.wire, self.diary = Wire(), Diary()
        bound = type("Bound", (Handler,), {"wire": self.wire, "diary": self.diary})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def deliver(self, sent: Sent) -> None:
        """Let a request arrive that was on the wire for long; nobody waits for its answer."""
        self.diary.answer(sent, sent.headers)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self.diary.close()
