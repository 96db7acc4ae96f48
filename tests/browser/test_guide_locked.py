"""The guide on a phone that Chromium itself locks: hidden, frozen, and shown again."""

import json

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import RunningServer
from tests.browser.locking import LockablePage

pytestmark = pytest.mark.browser

TAP = "document.getElementById({!r}).click()"
NONE_OF_THESE = """
  [...document.querySelectorAll("button")]
    .filter((one) => /None/.test(one.textContent)).some((one) => (one.click(), true))
"""
SHOWN = "document.getElementById({!r}).textContent"
# Each new second on the screen, with the browser's own clock, which the guide does not use.
WATCH = """
  window.seconds = [];
  new MutationObserver(() => window.seconds.push([document.getElementById("left").textContent, performance.now()]))
    .observe(document.getElementById("left"), { childList: true, characterData: true, subtree: true });
"""
NEAR_MS = 250


def begin(chromium: Browser, url: str) -> LockablePage:
    """Come in through the safety questions, and start."""
    phone = LockablePage(chromium, chromium.new_page(), url)
    phone.until(NONE_OF_THESE)
    phone.until("document.querySelector('#ready:enabled') !== null")
    phone.evaluate(TAP.format("start"))
    return phone


def test_it_stands_at_the_right_second_after_two_locks(server: RunningServer, chromium: Browser) -> None:
    phone = begin(chromium, server.url + "/guide/movement/legs_up_wall/?level=3")
    phone.until(f"{SHOWN.format('breath')} || ({TAP.format('skip')}, false)")
    phone.evaluate(WATCH)
    phone.wait(2.5)

    phone.lock(12)
    phone.wait(1.5)
    phone.lock(3)
    phone.wait(2.5)

    seconds = phone.evaluate("window.seconds")
    begun = [at_ms + 1000 * int(text[2:]) for text, at_ms in seconds]
    whole = [begun[0], begun[1], *begun[-2:]]
    assert max(whole) - min(whole) < NEAR_MS, seconds
    assert phone.evaluate("document.hidden") is False


def test_it_waits_after_a_lock_that_outlived_the_stage(server: RunningServer, chromium: Browser) -> None:
    phone = begin(chromium, server.url + "/guide/movement/heel_raise_seated/?level=1")
    phone.wait(1)
    stage = phone.evaluate("document.getElementById('guide-data').textContent")
    first_s = json.loads(stage)["cues"][0]["span_length_s"]
    assert first_s < 14

    phone.lock(first_s + 3)

    phone.until("!document.getElementById('waiting').hidden")
    assert phone.evaluate(SHOWN.format("pause")) == "Go on"
    assert phone.evaluate(SHOWN.format("live")) == "Still there?"
