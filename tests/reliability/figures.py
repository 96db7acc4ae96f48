"""What the reliability runs measured, kept beside them, and written as a table into docs/methods/reliability.md."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "methods" / "reliability.md"
KEPT = Path(__file__).with_name("measured.json")
BUILD = ROOT / "build" / "reliability"
_PLACE = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)


def keep(test: str, wanted: str, measured: str, command: str, *, good: bool) -> None:
    """Keep a figure in the place of the one before, and write the table anew."""
    told = {"wanted": wanted, "measured": measured, "command": command, "good": good}
    every = known() | {test: told | {"on": f"{datetime.now(UTC):%Y-%m-%d}"}}
    KEPT.write_text(json.dumps(every, indent=1) + "\n", "utf-8")
    PAGE.write_text(_PLACE.sub(lambda found: found[1] + table() + found[2], PAGE.read_text("utf-8")), "utf-8")
    print(f"{test}: {measured} (wanted: {wanted}) - {'good' if good else 'SHORT'}", flush=True)


def known() -> dict[str, dict[str, str]]:
    """Return what was measured before."""
    return json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}


def table() -> str:
    """Return all figures as a table."""
    rows = ["| test | wanted | measured | command | on |", "|---|---|---|---|---|"]
    for test, one in known().items():
        short = "" if one["good"] else " **(falls short)**"
        rows.append(f"| {test} | {one['wanted']} | {one['measured']}{short} | `{one['command']}` | {one['on']} |")
    return "\n".join(rows) + "\n"
