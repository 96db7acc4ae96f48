"""What MDN's HTTP Observatory says of a quietlegs that hosts a group, behind https on this very machine: A+ is wanted.

It is installed into `build/observatory` (npm) and asks nobody else: the two lists that it would fetch are left empty.
"""

import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.web.certificates import own_certificate

from quietlegs.web.store.sealing import new_server_key

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "observatory"
PACKAGE = "@mdn/mdn-http-observatory@1.4.8"
BIN = ROOT / ".venv" / "bin"
HOST, WANTED = "localhost", "A+"
_STARTS_WITHIN_S = 120


def main() -> int:
    """Print the grade and each test; 1 where it is not the wanted one."""
    environment = os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}", "NODE_USE_SYSTEM_CA": "1"}
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not (FOLDER / "node_modules").exists():
        install = ["npm", "install", "--prefix", FOLDER, "--ignore-scripts", "--loglevel=error", PACKAGE]
        subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder, hosted(Path(folder)) as (http, https, certificate):
        told = subprocess.run(
            [BIN / "node", ROOT / "bench" / "observatory.mjs", FOLDER, HOST, str(http), str(https)],
            check=True, capture_output=True, text=True, env=environment | {"NODE_EXTRA_CA_CERTS": str(certificate)},
        )  # fmt: skip
    found = json.loads(told.stdout.splitlines()[-1])
    print(f"HTTP Observatory: {found['grade']}, {found['score']} points (wanted: {WANTED})")
    for one in found["tests"]:
        print(f"    {'+' if one['pass'] else '-'} {one['points']:+d}  {one['name']}: {one['result']}")
    return 0 if found["grade"] == WANTED else 1


@contextmanager
def hosted(home: Path) -> Iterator[tuple[int, int, Path]]:
    """Serve a group behind https; give the ports of http and https, and the certificate."""
    ports = [_free_port() for _ in range(3)]
    inner, http, https = ports
    context = own_certificate(home)
    told = {
        "QUIETLEGS_HOME": str(home / "data"), "QUIETLEGS_HOSTED_AT": f"https://{HOST}:{https}",
        "QUIETLEGS_SERVER_KEY": new_server_key(), "QUIETLEGS_MAIL_URL": "console:",
    }  # fmt: skip
    command = [sys.executable, "-m", "quietlegs.cli.main", "serve", "--port", str(inner), "--no-reminders"]
    server = subprocess.Popen(command, env=os.environ | told, stdout=subprocess.DEVNULL)
    fronts = [_front(http, inner, "http"), _front(https, inner, "https", context)]
    try:
        _wait(inner)
        yield http, https, home / "certificate.pem"
    finally:
        for one in fronts:
            one.shutdown()
        server.terminate()
        server.wait()


def _front(port: int, inner: int, scheme: str, by: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    """Stand in front, as Caddy would: hand on what is asked, and say by which way it came."""

    class Front(BaseHTTPRequestHandler):
        def _hand_on(self) -> None:
            line = HTTPConnection("127.0.0.1", inner, timeout=30)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            line.request(self.command, self.path, headers=headers | {"X-Forwarded-Proto": scheme})
            answer = line.getresponse()
            said = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "connection", "content-length", "date", "server"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            line.close()

        do_GET = do_OPTIONS = do_HEAD = _hand_on  # noqa: N815 - the library's names

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    made = ThreadingHTTPServer(("127.0.0.1", port), Front)
    if by is not None:
        made.socket = by.wrap_socket(made.socket, server_side=True)
    Thread(target=made.serve_forever, daemon=True).start()
    return made


def _wait(port: int) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/")
            line.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(port)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
