"""The recipe for Caddy of docs/using/hosting.md, really run before a group: who comes, by what, and how safely."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor, free_port, hosted

RECIPE = Path(__file__).resolve().parents[2] / "hosting" / "Caddyfile"
NAME = "somebody@example.org"
_STARTS_WITHIN_S = 60
pytestmark = [
    pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed"),
    pytest.mark.usefixtures("socket_enabled"),
]


@dataclass
class Front:
    """A group behind Caddy: its group, Caddy's own authority, its port for http, and what quietlegs logs."""

    group: Group
    authority: Path
    plain: str
    log: Path

    def visitor(self) -> Visitor:
        """Return a browser that trusts Caddy's own authority."""
        found = Visitor(self.group)
        found.web.verify = str(self.authority)
        return found


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("caddy")
    ports = free_port(), free_port()
    url, log = f"https://localhost:{ports[0]}", folder / "server.log"
    with log.open("wb") as said, hosted(folder / "data", said, QUIETLEGS_HOSTED_AT=url) as group:
        root, plain = folder / "pki/authorities/local/root.crt", f"http://localhost:{ports[1]}"
        found = Front(replace(group, url=url), root, plain, log)
        with caddy(folder, group.behind, *ports):
            _wait(found)
            yield found


@contextmanager
def caddy(folder: Path, behind: int, https: int, http: int) -> Iterator[None]:
    """Run Caddy by the recipe, at ports of this machine and with an authority of its own."""
    recipe = RECIPE.read_text(encoding="utf-8")
    recipe = recipe.replace("legs.example.org", "localhost").replace("web:8000", f"127.0.0.1:{behind}")
    options = ["admin off", f"https_port {https}", f"http_port {http}", "local_certs", "skip_install_trust",
               f"storage file_system {folder}"]  # fmt: skip
    file = folder / "Caddyfile"
    file.write_text("{\n" + "".join(f"\t{one}\n" for one in options) + "}\n" + recipe, encoding="utf-8")
    env = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen(
            ["caddy", "run", "--config", file, "--adapter", "caddyfile"], env=env, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def _wait(front: Front) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            requests.get(f"{front.group.url}/healthy/", verify=str(front.authority), timeout=2).raise_for_status()
        except (requests.RequestException, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError((front.log.parent / "caddy.log").read_text(errors="replace")[-2000:])


def test_it_is_a_recipe_that_caddy_takes() -> None:
    told = subprocess.run(
        ["caddy", "adapt", "--config", RECIPE, "--adapter", "caddyfile", "--validate"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 0, told.stderr
    assert '"level":"warn"' not in told.stderr


def test_it_lets_somebody_sign_up_note_a_night_and_come_again(front: Front) -> None:
    here = front.visitor()
    assert here.sign_up(NAME).url == f"{front.group.url}/"
    cookies = {one.name: one for one in here.web.cookies}
    assert cookies["__Host-sessionid"].secure
    assert cookies["__Host-csrftoken"].secure

    told = here.send("/log/", severity="4", night="2026-01-05")
    assert told.ok
    assert here.get("/settings/data/jsonl").text.count("night_rating") == 1
    again = front.visitor()
    assert again.sign_in(NAME).url == f"{front.group.url}/"


def test_it_hands_on_what_each_answer_forbids_the_browser(front: Front) -> None:
    told = front.visitor().get("/account/sign-in/").headers

    assert told["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "default-src 'none'" in told["Content-Security-Policy"]
    assert told["X-Frame-Options"] == "DENY"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"


def test_it_leads_from_http_to_https(front: Front) -> None:
    told = requests.get(f"{front.plain}/log/", allow_redirects=False, timeout=30)

    assert told.status_code in {301, 308}
    assert told.headers["Location"].startswith("https://localhost")


def test_it_believes_no_client_who_it_is_or_how_it_came(front: Front) -> None:
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "elsewhere.org"}
    visitor = front.visitor()
    page = visitor.get("/account/sign-in/", headers=forged)
    assert page.status_code == 200  # by http it would be led to https
    assert "elsewhere" not in page.text
    visitor.web.headers.update(forged)

    assert "do not belong together" in visitor.sign_in(NAME, "wrong four quiet legs").text
    said = re.findall(r"refused at sign-in from (\S+):", front.log.read_text())
    assert said
    assert set(said) <= {"127.0.0.1", "::1"}


def test_it_counts_the_tries_of_whoever_claims_to_be_many(front: Front) -> None:
    told = []
    for number in range(7):
        visitor = front.visitor()
        visitor.web.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        told.append(visitor.sign_in("other@example.org", GOOD_PASSWORD + "x").text)

    assert "five minutes" in re.sub(r"\s+", " ", told[-1])


def test_it_shows_no_name_but_its_own(front: Front) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(front.group.url.replace("localhost", "127.0.0.1"), verify=str(front.authority), timeout=30)


def shaken(front: Front, context: ssl.SSLContext) -> str | None:
    """Return what TLS the two agree on."""
    context.load_verify_locations(front.authority)
    port = urlsplit(front.group.url).port
    with (
        socket.create_connection(("localhost", port), timeout=30) as line,
        context.wrap_socket(line, server_hostname="localhost") as safe,
    ):
        return safe.version()


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_it_speaks_no_tls_that_is_out_of_date(front: Front) -> None:
    assert shaken(front, ssl.create_default_context()) == "TLSv1.3"
    old = ssl.create_default_context()
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")

    with pytest.raises(ssl.SSLError):
        shaken(front, old)


@pytest.mark.parametrize("weak", ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA"])
def test_it_takes_no_weak_cipher(front: Front, weak: str) -> None:
    context = ssl.create_default_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{weak}:@SECLEVEL=0")

    with pytest.raises(ssl.SSLError):
        shaken(front, context)
