"""Runs the tests that show what holds under attack, under faults and after a theft, and keeps how many did, by promise.

`python -m tests.reliability.held` runs all of them, slow ones too; with words, the promises that hold one of these.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.reliability.figures import ROOT, keep

REFUSED = "refused, logged, nothing leaked"
RECOVERS = "a clear message, nothing lost, recovers by itself"
_FAULTS, _SIGN_IN = "tests/reliability/test_faults.py::test_it_", "tests/web/test_hosted_sign_in.py::test_it_"
_HOSTILE, _LOG = "tests/web/test_hostile.py::test_it_", "tests/web/test_logbook.py::test_it_"
# What is promised, what is wanted of it, and the tests that show it: each by its name, or the beginning of it.
HELD: dict[str, tuple[str, tuple[str, ...]]] = {
    "disk full": (RECOVERS, (
        _FAULTS + "says_that_the_disk_is_full", _FAULTS + "leaves_no_half_copy", "tests/browser/test_disk_full.py",
    )),
    "disk that cannot be written": (RECOVERS, (_FAULTS + "says_that_nothing_can_be_written",)),
    "database locked for 10 s": (RECOVERS, (_FAULTS + "waits_",)),
    "clock a day ahead and behind": (RECOVERS, (
        _FAULTS + "reminds_once_however", "tests/browser/test_trust.py::test_it_writes_down_on_the_clock_of_a_device",
        "tests/web/test_doctored.py::test_it_says_that_the_clock_is_behind",
    )),
    "night on which the clocks change": (RECOVERS, (
        "tests/web/test_worker.py::test_it_keeps_a_fortnight_over_a_change_of_clocks",
        "tests/browser/test_wall_twin.py",
    )),
    "brute force": (REFUSED, (
        _SIGN_IN + "locks_an_account", _SIGN_IN + "lets_nobody_try", _SIGN_IN + "counts_tries",
        _LOG + "tells_from_where", "tests/web/test_hosted_codes.py",
        "tests/web/test_caddy.py::test_it_counts_the_tries",
    )),
    "accounts found out (enumeration)": (REFUSED, (_SIGN_IN + "answers_the_same", _SIGN_IN + "takes_as_long")),
    "session fixation": (REFUSED, (_SIGN_IN + "begins_a_new_session", _SIGN_IN + "ends_the_session")),
    "CSRF": (REFUSED, (_HOSTILE + "asks_for_the_forms_token", _LOG + "tells_of_a_key_that_is_none")),
    "IDOR: every address in every role": ("every cell as stated", (
        "tests/web/test_roles.py", _LOG + "tells_who_tried_a_door",
    )),
    "XSS in every field": (REFUSED, (
        "tests/web/test_planted.py::test_it_shows", "tests/browser/test_trusted_types.py",
        "tests/browser/test_trust.py::test_it_shows_markup",
    )),
    "formula text in every export": (REFUSED, ("tests/web/test_planted.py::test_it_lets_no",)),
    "SSRF by an address for reminders": (REFUSED, ("tests/web/test_reach.py",)),
    "open redirect": (REFUSED, (_HOSTILE + "leads_nobody", _SIGN_IN + "never_leads_elsewhere")),
    "path traversal": (REFUSED, (_HOSTILE + "gives_no_file", _HOSTILE + "keeps_a_file_under")),
    "oversized and malicious JSON": (REFUSED, (_HOSTILE + "refuses_json", _HOSTILE + "refuses_a_body")),
    "slow client": (REFUSED, ("tests/web/test_slow_clients.py",)),
    "logs without health data": ("no planted word", (
        "tests/web/test_planted_logs.py", "tests/web/test_discreet.py",
    )),
    "stolen database, copy or folder": ("nothing sensitive in the clear", (
        "tests/web/test_diaries.py::test_it_shows_a_thief_nothing", "tests/web/test_sealed_files.py",
    )),
    "export, erase, import again": ("identical; the planted word gone from database, WAL, log", (
        "tests/cli/test_erase.py", "tests/formats/test_round_trips.py",
    )),
    "copies rotated and put back": ("sound, as before", ("tests/web/test_backup.py", "tests/cli/test_restore.py")),
    "`check --deploy` of a hosted installation": ("clean", (
        "tests/web/test_headers.py::test_it_passes_the_frameworks_own_check",
    )),
}  # fmt: skip


def main(*words: str) -> int:
    """Run, keep, and print; 1 where something does not hold."""
    chosen = {name: one for name, one in HELD.items() if not words or any(word in name for word in words)}
    wanted = sorted({test.partition("::")[0] for _told, tests in chosen.values() for test in tests})
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        run = ["-m", "pytest", "-q", "-m", "slow or not slow", "-o", "junit_logging=all", f"--junitxml={told}", *wanted]
        subprocess.run([sys.executable, *run], cwd=ROOT, check=False)
        found = list(_outcomes(ET.parse(told).getroot()))
    for name, (promise, tests) in chosen.items():
        mine = [(good, said) for test, good, said in found if test.startswith(tests)]
        count, good = len(mine), sum(good for good, _said in mine)
        cells = sum(int(one) for _good, said in mine for one in re.findall(r": (\d+) cells", said))
        measured = f"{good} of {count} tests" + (f", {cells} cells" if cells else "")
        keep(name, promise, measured, "python -m tests.reliability.held", good=0 < count == good)
    return 0


def _outcomes(root: ET.Element) -> Iterator[tuple[str, bool, str]]:
    for case in root.iter("testcase"):
        place = case.get("classname", "").split(".")
        # A class of tests stands behind its file.
        file = "/".join(one for one in place if not one.startswith("Test")) + ".py"
        good = all(case.find(kind) is None for kind in ("failure", "error", "skipped"))
        yield f"{file}::{case.get('name')}", good, "".join(case.itertext())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
