"""Two judges that others wrote look at a Bundle of every kind; `make check` installs them and runs this."""

import json
import shutil
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.formats.every_kind import diary
from tests.formats.test_fhir import bundle

from quietlegs.records.fact import current

ROOT = Path(__file__).resolve().parents[2]
NODE = ROOT / ".venv" / "bin" / "node"
JUDGES = Path(__file__).with_name("fhir_judges.mjs")

pytestmark = pytest.mark.skipif(
    not (ROOT / "node_modules" / "fhir").is_dir(), reason="the judges are not installed: make .venv/.node"
)


def judged(*documents: dict[str, Any]) -> list[dict[str, list[str]]]:
    node = str(NODE) if NODE.exists() else shutil.which("node") or "node"
    said = subprocess.run(
        [node, JUDGES], input=json.dumps(documents), capture_output=True, text=True, check=True, cwd=ROOT
    )
    found: list[dict[str, list[str]]] = json.loads(said.stdout)
    return found


def spoiled(told: dict[str, Any], kind: str, **content: object) -> dict[str, Any]:
    """The same document with one resource changed; a None takes the element away."""
    other = deepcopy(told)
    one = next(entry["resource"] for entry in other["entry"] if entry["resource"]["resourceType"] == kind)
    one.update(content)
    for name in [name for name, value in content.items() if value is None]:
        del one[name]
    return other


def test_both_find_no_fault_in_a_diary_of_every_kind_and_in_an_empty_one() -> None:
    assert judged(bundle(*current(diary())), bundle()) == [{"schema": [], "lantana": []}] * 2


@pytest.mark.parametrize(
    ("kind", "content", "judges"),
    [
        ("Observation", {"status": "banana"}, {"schema", "lantana"}),
        ("Questionnaire", {"status": "banana"}, {"schema", "lantana"}),
        ("Procedure", {"status": "banana"}, {"lantana"}),
        ("Procedure", {"subject": None}, {"schema", "lantana"}),
        ("MedicationStatement", {"medicationCodeableConcept": None}, {"lantana"}),
        ("Observation", {"banana": 1}, {"schema", "lantana"}),
        ("Provenance", {"recorded": "yesterday"}, {"schema"}),
    ],
)  # fmt: skip
def test_they_find_the_fault_in_a_spoiled_one(kind: str, content: dict[str, object], judges: set[str]) -> None:
    found = judged(spoiled(bundle(*current(diary())), kind, **content))[0]

    assert {judge for judge, faults in found.items() if faults} == judges
