"""The short run of what `python -m tests.reliability.power` does 1,000 times."""

from pathlib import Path

from tests.reliability import power


def test_it_loses_nothing_acknowledged_in_a_power_cut(tmp_path: Path) -> None:
    assert power.run(tmp_path / "full", 60, entries=200).good


def test_it_catches_settings_that_ask_the_disk_for_less(tmp_path: Path) -> None:
    for how in ("OFF", "NORMAL"):
        assert power.run(tmp_path / how, 40, how, entries=60).lost > 0, how
