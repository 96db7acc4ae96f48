"""Lets wapiti and sqlmap loose on a running quietlegs with a simulated diary of its own; nothing found is wanted.

wapiti (PyPI) follows every link and form; sqlmap (Debian: `apt-get install sqlmap`) tries every part of some addresses
and forms. Both know the key to the API. `python bench/attack.py MINUTES` gives each of them so long at most.
"""

import csv
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "bin" / "uv"
# The last that runs on Debian 12's Python.
WAPITI = "wapiti3<3.3"
MODULES = (
    "backup,cms,cookieflags,crlf,csp,csrf,exec,file,htaccess,htp,http_headers,information_disclosure,inconsistent_redirection,"
    "log4shell,methods,permanentxss,redirect,shellshock,spring4shell,sql,ssrf,timesql,upload,xss,xxe"
)
MINUTES = 10
TOKEN = "a" * 32
# What wapiti finds and is meant. On one's own machine there is no https, and not every browser takes a cookie for https
# there; tests/web/test_headers.py shows that a group's cookies have it. A script paints the look of a page that a phone
# keeps, and reads these two.
MEANT = {("Secure Flag cookie", ""), ("HttpOnly Flag cookie", "theme"), ("HttpOnly Flag cookie", "contrast")}
_STARTS_WITHIN_S = 120
KEY = """
from quietlegs.web.start import prepare
prepare(demo=True)
from quietlegs.web.store.tokens import make
print(make("attack", ["read", "write"]))
"""
# What an address may be asked with, and a form with its token.
ASKED = (
    "/api/v1/facts?after=0&limit=5&kind=night_rating&since=2026-01-01&until=2026-12-31",
    "/log/?night=2026-01-01&saved=0", "/learn/?noted=0", "/library/topic/is_it*/", "/imports/?taken=1&back=1",
)  # fmt: skip
FORMS = (
    ("/log/", "severity=5&night=2026-01-01"),
    ("/log/taken/", "night=2026-01-01&taken=now&substance=medicine&name=a&amount=1&unit=mg"),
    ("/keys/", "name=a&scopes=read"),
    ("/reminders/on/ntfy/", "url=http://127.0.0.1:9/topic&token=a"),
)


def main(minutes: float = MINUTES) -> int:
    """Print what each found; 1 where there is anything."""
    if shutil.which("sqlmap") is None:
        print("sqlmap is not installed; on Debian: apt-get install sqlmap")
        return 2
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (url, key):
        found = wapiti(url, key, Path(folder), minutes) + sqlmap(url, key, Path(folder), minutes)
        alive = _answers(url)
    print(f"still answers: {'yes' if alive else 'no'}")
    return 0 if alive and not found else 1


@contextmanager
def served(home: Path) -> Iterator[tuple[str, str]]:
    """Serve the simulated person's diary, kept in this folder; give its address and a key."""
    env = os.environ | {"QUIETLEGS_HOME": str(home)}
    run = [sys.executable, "-m", "quietlegs.cli.main"]
    subprocess.run([*run, "demo", "--nights", "30"], env=env, check=True, stdout=subprocess.DEVNULL)
    key = subprocess.run(
        [sys.executable, "-c", KEY], env=env, check=True, capture_output=True, text=True
    ).stdout.strip()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(
        [*run, "serve", "--demo", "--port", url.rpartition(":")[2]], env=env, stdout=log, stderr=log
    )
    try:
        until = time.monotonic() + _STARTS_WITHIN_S
        while not _answers(url) and time.monotonic() < until:
            time.sleep(0.2)
        yield url, key
    finally:
        server.terminate()
        server.wait()
        log.close()
        said = (home / "server.log").read_text(encoding="utf-8", errors="replace")
        print(f"answers of 500: {said.count('500 GET') + said.count('500 POST')}")


def wapiti(url: str, key: str, folder: Path, minutes: float) -> int:
    """Print and count what wapiti finds."""
    told = folder / "wapiti.json"
    command = [
        UV, "tool", "run", "--from", WAPITI, "wapiti", "-u", f"{url}/", "--scope", "domain", "-d", "4", "-m", MODULES,
        "--max-scan-time", str(int(minutes * 60)), "-f", "json", "-o", told, "--flush-session", "--no-bugreport",
        "--store-session", folder / "wapiti", "-H", f"Authorization: Bearer {key}", "-v", "0",
        "--max-attack-time", str(int(minutes * 60 / 8)),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    report = json.loads(told.read_text(encoding="utf-8"))
    every = [
        (kind, one) for part in ("vulnerabilities", "anomalies") for kind in report[part] for one in report[part][kind]
    ]
    found = [(kind, one) for kind, one in every if not _is_meant(kind, one)]
    crawled = report["infos"].get("crawled_pages_nbr", "?")
    print(f"wapiti: {crawled} requests crawled, {len(found)} findings, {len(every) - len(found)} that are meant")
    for kind, one in found:
        print(f"    {kind}: {one['method']} {one['path']} {one.get('parameter') or ''}: {one['info']}")
    return len(found)


def _is_meant(kind: str, one: dict[str, str]) -> bool:
    named = one["info"].rpartition(": ")[2]
    return (kind, "") in MEANT or (kind, named) in MEANT


def sqlmap(url: str, key: str, folder: Path, minutes: float) -> int:
    """Print and count what sqlmap finds."""
    found = 0
    until = time.monotonic() + minutes * 60
    every = [(asked, None) for asked in ASKED] + list(FORMS)
    for number, (address, form) in enumerate(every):
        told = folder / f"sqlmap{number}.csv"
        command = [
            "sqlmap", "-u", url + address, "--batch", "--level", "2", "--risk", "2", "--flush-session",
            "--disable-coloring", "--output-dir", folder / "sqlmap", "--results-file", told, "--threads", "4",
            "--ignore-code", "400,403,404,409",
            "-H", f"Authorization: Bearer {key}",
        ]  # fmt: skip
        if form is not None:
            # Any token is good that the cookie has too.
            command += ["--data", f"{form}&csrfmiddlewaretoken={TOKEN}", "--cookie", f"csrftoken={TOKEN}"]
            command += ["--skip", "csrfmiddlewaretoken,csrftoken"]
        patience = max(30.0, (until - time.monotonic()) / (len(every) - number))
        try:
            code = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=patience).returncode
            ended = "through" if code == 0 else f"ended with {code}"
        except subprocess.TimeoutExpired:
            ended = f"stopped after {patience:.0f} s"
        rows = list(csv.DictReader(told.open(encoding="utf-8"))) if told.exists() else []
        hits = [row for row in rows if (row.get("Parameter") or "").strip()]
        found += len(hits)
        print(f"sqlmap: {address.partition('?')[0]}: {ended}, {len(hits)} findings", flush=True)
        for row in hits:
            print(f"    {row}")
    return found


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/safety/help/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
