"""Whatever happens to phones, wire and server: nothing kept is lost, and nothing is doubled (see `histories.py`)."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.histories import live, world

pytestmark = pytest.mark.browser

HISTORIES = 100
SEED = 20_261_126


def test_it_loses_and_doubles_nothing_in_a_hundred_histories(chromium: Browser, tmp_path: Path) -> None:
    with world(chromium, tmp_path) as made:
        live(made, count=HISTORIES, lot=SEED)

    assert made.histories >= HISTORIES
