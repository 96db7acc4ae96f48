"""Whatever happens to phones, wire and server: nothing kept is lost, and nothing is doubled (see `histories.py`)."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.histories import FIRST, live, world

pytestmark = pytest.mark.browser

HISTORIES = 40
SEED = 20_261_126
_DELETES = """(how) => {
  for (const { contentWindow: tab } of document.querySelectorAll("iframe")) {
    tab.kept ??= tab.IDBObjectStore.prototype.delete;
    tab.IDBObjectStore.prototype.delete = how === "works" ? tab.kept : () => { throw new Error("not now"); };
  }
}"""
_LYING = """() => new Promise((done) => {
  const request = indexedDB.open("removal", 1);
  request.onsuccess = () => {
    const asked = request.result.transaction("waiting").objectStore("waiting").count();
    asked.onsuccess = () => { request.result.close(); done(asked.result); };
  };
})"""


def test_it_loses_and_doubles_nothing_in_forty_histories(chromium: Browser, tmp_path: Path) -> None:
    with world(chromium, tmp_path) as made:
        live(made, count=HISTORIES, lot=SEED)

    assert made.histories >= HISTORIES


def test_it_counts_as_sent_what_could_not_be_removed_and_removes_it_later(chromium: Browser, tmp_path: Path) -> None:
    wanted = {"kind": "night_rating", "payload": {"severity": 4}, "night": FIRST.isoformat(), "replaced": None}
    with world(chromium, tmp_path) as made:
        north = made.phones["north"]
        north.begin("removal", [])
        north.act("flush", north.at("left"), True)
        north.page.evaluate(_DELETES, "throws")
        north.act("add", north.at("left"), [wanted], {"waits": True, "kill": False})
        said, lying = north.said, north.page.evaluate(_LYING)
        north.page.evaluate(_DELETES, "works")
        north.act("flush", north.at("left"), True)

        assert [len(tab["waiting"]) for tab in said] == [0]
        assert lying == 1
        assert north.page.evaluate(_LYING) == 0
