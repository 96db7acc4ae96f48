"""The pages' scripts are checked as the rest is: every folder of them is known, and nothing of it is needed to run."""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "src" / "quietlegs" / "web" / "pages"


def table(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return read


def test_it_lets_the_checker_find_what_pages_import_from_each_other() -> None:
    roots = table("tsconfig.json")["compilerOptions"]["rootDirs"]
    written = {file.relative_to(PAGES).parts[0] for file in PAGES.rglob("*.js")}

    assert {f"src/quietlegs/web/pages/{page}/static" for page in written} <= set(roots)


def test_it_leaves_out_only_what_is_checked_as_a_worker() -> None:
    assert table("tsconfig.json")["exclude"] == table("tsconfig.worker.json")["include"]


def test_it_checks_strictly() -> None:
    options = table("tsconfig.json")["compilerOptions"]

    assert options["strict"]
    assert options["checkJs"]


def test_it_needs_nothing_from_npm_to_run() -> None:
    assert "dependencies" not in table("package.json")


def test_it_locks_each_package_by_its_content_from_whatever_registry_there_is() -> None:
    packages = {name: one for name, one in table("package-lock.json")["packages"].items() if name}

    assert packages
    # What comes inside another package is held by that one's content.
    own = {name: one for name, one in packages.items() if not one.get("inBundle")}
    assert [name for name, one in own.items() if "integrity" not in one] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []


def test_it_runs_no_script_of_a_package() -> None:
    packages = table("package-lock.json")["packages"].values()

    assert [one for one in packages if one.get("hasInstallScript")] == []
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text(encoding="utf-8")


def test_it_lets_no_text_choose_what_of_an_object_is_written() -> None:
    """So that no answer and nothing that was kept can reach what all objects share (`__proto__`)."""
    chosen = {
        found[0]
        for file in PAGES.rglob("*.js")
        for found in re.finditer(r"\w+\[[^\]\n\d\"'][^\]\n]*\]\s*(?:\?\?|\|\||\+|-)?=(?![=>])", file.read_text("utf-8"))
        if not found[0].startswith(("const", "let", "for"))
    }

    # A place that is counted there, and a side of the library's own; both on objects that end with the page.
    assert chosen == {"bytes[place] =", "ms[cue.side] +="}
