"""The short run of what `python -m tests.reliability.kills` does 200 times."""

from pathlib import Path

import pytest
from tests.reliability import kills


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """Real sockets, on this machine alone."""


def test_it_loses_nothing_acknowledged_when_the_server_is_killed(tmp_path: Path) -> None:
    counted = kills.run(tmp_path, 3)

    assert counted.acknowledged > 10
    assert (counted.lost, counted.doubled, counted.sound) == (0, 0, True)


def test_it_catches_a_server_that_acknowledges_before_it_writes(tmp_path: Path) -> None:
    assert kills.run(tmp_path, 2, early=True).lost > 0
