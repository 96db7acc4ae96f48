"""Lets wapiti and sqlmap loose on a running quietlegs, one person's and a group's; nothing found is wanted.

wapiti (PyPI) follows every link and form; sqlmap (Debian: `apt-get install sqlmap`) tries every part of some addresses
and forms. Both are signed in and know the key to the API. `python bench/attack.py personal|hosted MINUTES` takes one of
the two, and gives wapiti so long for crawling, each of its modules an eighth of it, and sqlmap twice as long. What ran
out of time is gone on with by `python bench/attack.py personal|hosted MINUTES sql,xss`: these modules alone.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from attacked import TOKEN, Target, group, personal
from tests.reliability.figures import keep

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "bin" / "uv"
# The last that runs on Debian 12's Python.
WAPITI = "wapiti3<3.3"
MODULES = (
    "backup,cms,cookieflags,crlf,csp,csrf,exec,file,htaccess,htp,http_headers,information_disclosure,inconsistent_redirection,"
    "log4shell,methods,permanentxss,redirect,shellshock,spring4shell,sql,ssrf,timesql,upload,xss,xxe"
)
MINUTES = 10
# What wapiti finds and is meant. On one's own machine there is no https, and not every browser takes a cookie for https
# there; tests/web/test_headers.py shows that a group's cookies have it. A script paints the look of a page that a phone
# keeps, and reads these two.
_LOOK = {("HttpOnly Flag cookie", "theme"), ("HttpOnly Flag cookie", "contrast")}
MEANT = {"personal": {("Secure Flag cookie", "")} | _LOOK, "hosted": _LOOK}
SERVED = {"personal": personal, "hosted": group}


def main(*which: str, minutes: float = MINUTES, modules: str = "") -> int:
    """Print and keep what each found; 1 where there is anything."""
    if shutil.which("sqlmap") is None:
        print("sqlmap is not installed; on Debian: apt-get install sqlmap")
        return 2
    return max([attack(one, minutes, modules) for one in which or SERVED])


def attack(mode: str, minutes: float, modules: str) -> int:
    """Attack one of the two; keep the figure."""
    with tempfile.TemporaryDirectory() as folder, SERVED[mode](Path(folder)) as target:
        found, told = wapiti(target, Path(folder), minutes, (mode, modules or MODULES))
        more, told_too = (0, "") if modules else sqlmap(target, Path(folder), minutes)
        alive, broken = target.is_signed_in(), target.broken()
    good = alive and not found and not more and not broken
    keep(
        f"wapiti{', longer,' if modules else ' and sqlmap'} against {target.name}", "0 findings, no answer of 500",
        f"{told}{told_too}; {broken} answers of 500; still signed in: {'yes' if alive else 'no'}",
        f"python bench/attack.py {mode} {minutes:g} {modules}".rstrip(), good=good,
    )  # fmt: skip
    return 0 if good else 1


def wapiti(target: Target, folder: Path, minutes: float, asked: tuple[str, str]) -> tuple[int, str]:
    """Print and count what wapiti finds."""
    mode, modules = asked
    told, log = folder / "wapiti.json", folder / "wapiti.log"
    sent = target.headers | {"Authorization": f"Bearer {target.key}", "Cookie": target.cookie()}
    command = [
        UV, "tool", "run", "--from", WAPITI, "wapiti", "-u", f"{target.url}/", "--scope", "domain", "-d", "4",
        "-m", modules, "--max-scan-time", str(int(minutes * 60)), "-f", "json", "-o", told, "--flush-session",
        "--no-bugreport", "--store-session", folder / "wapiti", "-v", "1", "--log", log,
        "--max-attack-time", str(int(minutes * 60 / 8)),
        *(part for name, value in sent.items() for part in ("-H", f"{name}: {value}")),
        *(part for one in target.left_alone for part in ("-x", one)),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    report = json.loads(told.read_text(encoding="utf-8"))
    every = [
        (kind, one) for part in ("vulnerabilities", "anomalies") for kind in report[part] for one in report[part][kind]
    ]
    found = [(kind, one) for kind, one in every if not _is_meant(kind, one, mode)]
    said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    short = sorted(set(re.findall(r"Max attack time was reached for module (\w+)", said)))
    crawled = "cut short" if "Max scan time was reached" in said else "to the end"
    for kind, one in found:
        print(f"    {kind}: {one['method']} {one['path']} {one.get('parameter') or ''}: {one['info']}", flush=True)
    cut = f", of which {', '.join(short)} ran out of time" if short else ""
    return len(found), (
        f"wapiti: {report['infos'].get('crawled_pages_nbr', '?')} requests crawled ({crawled}), "
        f"{modules.count(',') + 1} modules{cut}, {len(found)} findings, {len(every) - len(found)} that are meant"
    )


def _is_meant(kind: str, one: dict[str, str], mode: str) -> bool:
    named = one["info"].rpartition(": ")[2]
    return (kind, "") in MEANT[mode] or (kind, named) in MEANT[mode]


def sqlmap(target: Target, folder: Path, minutes: float) -> tuple[int, str]:
    """Print and count what sqlmap finds, each address with as much of the time as the others."""
    every = [(asked, "") for asked in target.asked] + list(target.forms)
    found = ended = 0
    for number, (address, form) in enumerate(every):
        told = folder / f"sqlmap{number}.csv"
        try:
            line = _sqlmap_line(target, folder, told, (address, form))
            code = subprocess.run(
                line, check=False, stdout=subprocess.DEVNULL, timeout=2 * minutes * 60 / len(every)
            ).returncode
            ended += code == 0
        except subprocess.TimeoutExpired:
            code = -1
        rows = list(csv.DictReader(told.open(encoding="utf-8"))) if told.exists() else []
        hits = [row for row in rows if (row.get("Parameter") or "").strip()]
        found += len(hits)
        print(f"sqlmap: {address}: {'to the end' if code == 0 else 'cut short'}, {len(hits)} findings", flush=True)
        for row in hits:
            print(f"    {row}", flush=True)
    return found, f"; sqlmap: {len(every)} addresses and forms ({ended} to the end), {found} findings"


def _sqlmap_line(target: Target, folder: Path, told: Path, asked: tuple[str, str]) -> list[str | Path]:
    address, form = asked
    cookie, skipped = target.cookie(), ",".join(["csrfmiddlewaretoken", *target.cookies])
    command: list[str | Path] = [
        "sqlmap", "-u", target.url + address, "--batch", "--level", "2", "--risk", "2", "--flush-session",
        "--disable-coloring", "--output-dir", folder / "sqlmap", "--results-file", told, "--threads", "4",
        "--ignore-code", "400,403,404,409,410,429", "-H", f"Authorization: Bearer {target.key}",
        "--cookie", cookie, "--skip", skipped,
        *(part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")),
    ]  # fmt: skip
    # Any token is good that the cookie has too.
    return [*command, "--data", f"{form}&csrfmiddlewaretoken={TOKEN}"] if form else command


if __name__ == "__main__":
    chosen = [one for one in sys.argv[1:] if one in SERVED]
    numbers = [float(one) for one in sys.argv[1:] if one.replace(".", "").isdigit()]
    named = [one for one in sys.argv[1:] if set(one.split(",")) <= set(MODULES.split(","))]
    sys.exit(main(*chosen, minutes=(numbers or [MINUTES])[0], modules=",".join(named)))
