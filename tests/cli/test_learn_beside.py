"""`quietlegs learn` where trials run side by side: each one's verdict, numbers and pictures."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import time
from pathlib import Path

from tests.browser.staging import NIGHT, ZONE, seed, tonight

from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.kept import started
from quietlegs.records.fact import note
from quietlegs.records.moment import instant_in, moment
from quietlegs.records.wire import to_wire

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_tells_of_each_trial_that_runs(home: Path, command: Command, tmp_path: Path) -> None:
    seed(home, gone=21)
    first = tonight() - 19 * NIGHT
    beside = begin(Wanted(("caffeine",)), "as_usual", (), tonight=first - 7 * NIGHT, seed=6)
    fact = note(started(beside, worthwhile=1.0), moment(instant_in(first, time(13), ZONE), ZONE), os.urandom(10))
    file = tmp_path / "beside.jsonl"
    file.write_text(json.dumps(to_wire(fact)), encoding="utf-8")
    command("import", str(file), "--yes", zone=ZONE).check_returncode()

    said = command("learn", zone=ZONE).stdout
    assert re.search(r"Verdict\. wall calf stretch: .*Verdict\. no coffee, tea or cola after noon: ", said, re.DOTALL)
    assert "compared with a usual evening" in said

    told = command("learn", "--json", "--plot", str(tmp_path / "nights.svg"), zone=ZONE)
    whole = json.loads(told.stdout)
    assert whole["comparator"].startswith("slow breathing")
    assert [one["comparator"] for one in whole["beside"]] == ["a usual evening"]
    assert whole["beside"][0]["answer"]
    assert "calf" in (tmp_path / "nights.svg").read_text(encoding="utf-8")
    assert "coffee" in (tmp_path / "nights-2.svg").read_text(encoding="utf-8")
