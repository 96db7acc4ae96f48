"""The guide for the ears alone: one sound that goes on in the dark, and a timer that believes what was heard."""

import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import THREE_AT_NIGHT, cues, go, look_away, rate

from quietlegs.cues.timeline import timeline
from quietlegs.cues.wire import to_wire
from quietlegs.library.exercise import Routine, Slot
from quietlegs.library.load import load_library

pytestmark = pytest.mark.browser

# Keeps every sound that is played, to look at it later; it is played all the same.
WATCH = """
  window.played = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { window.played.push(this); return play.call(this); };
"""
LISTEN = """async (cues) => {
  const { soundOf } = await import("/guide/track.js");
  const blob = soundOf(cues);
  const sound = await new OfflineAudioContext(1, 8000, 8000).decodeAudioData(await blob.arrayBuffer());
  const wave = sound.getChannelData(0);
  const loudest = (from, to) => Math.max(...wave.slice(8000 * from, 8000 * to).map(Math.abs));
  return {
    bytes: blob.size,
    length_s: sound.duration,
    at: cues.map((cue) => loudest(cue.start_s, cue.start_s + 0.2)),
    before: cues.slice(1).map((cue) => loudest(cue.start_s - 0.5, cue.start_s)),
    least: Math.max(...wave.slice(-1000).map(Math.abs)),
  };
}"""


def calf_cues() -> list[dict[str, Any]]:
    routine = Routine("alone", "Alone", "For the test.", (Slot("calf_wall_straight", 1, "For the test."),))
    return to_wire(timeline(routine, {}, exercises=load_library().exercises))


def test_it_makes_one_sound_with_a_note_where_each_sign_is(alone: Page) -> None:
    wanted = calf_cues()

    heard = alone.evaluate(LISTEN, wanted)

    assert heard["length_s"] == pytest.approx(wanted[-1]["start_s"] + 2)
    assert heard["bytes"] == 44 + 2 * 8000 * heard["length_s"]
    for cue, loud in zip(wanted, heard["at"], strict=True):
        assert (loud > 0.05) == bool(cue["signal"]), cue
    assert 0 < max(heard["before"]) < 0.001
    assert 0 < heard["least"] < 0.001


def test_it_is_silent_until_it_is_asked(server: RunningServer, page: Page) -> None:
    page.add_init_script(WATCH)
    go(page, server)
    rate(page, "before", 7)
    page.clock.run_for(30_000)
    assert page.evaluate("window.played.length") == 0

    page.locator("#sound").click()

    expect(page.locator("#sound")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => window.played.length === 1 && !window.played[0].paused")
    assert page.evaluate("navigator.mediaSession.playbackState") == "playing"
    assert page.evaluate("navigator.mediaSession.metadata.title") == "Wall calf stretch, back knee straight"


@pytest.mark.parametrize("hour", [2, 12])
def test_it_keeps_the_quiet_hours_that_were_chosen(server: RunningServer, page: Page, hour: int) -> None:
    page.add_init_script("""
      localStorage.setItem("quietlegs.guide.sound", "on");
      localStorage.setItem("quietlegs.quiet.from", "12:30");
      localStorage.setItem("quietlegs.quiet.until", "14:00");
    """)
    go(page, server, at=THREE_AT_NIGHT.replace(hour=hour))
    rate(page, "before", 7)

    # The phone is in Berlin, an hour ahead of the clock's UTC.
    expect(page.locator("#sound")).to_have_attribute("aria-pressed", "false" if hour == 12 else "true")


def begin_aloud(page: Page, server: RunningServer) -> None:
    """Start a movement with its sound, on the real clock, at its second stage."""
    page.add_init_script(WATCH)
    page.goto(server.url + "/guide/calm/?level=1")
    page.get_by_role("button", name="None of these").click()
    page.locator("#skip-before").click()
    page.locator("#sound").click()
    page.wait_for_function("() => window.played[0]?.currentTime > 0")


def test_it_follows_pause_and_skip_and_the_timer(server: RunningServer, page: Page) -> None:
    begin_aloud(page, server)
    page.locator("#pause").click()
    assert page.evaluate("window.played[0].paused")

    page.locator("#skip").click()
    page.locator("#pause").click()

    second_s = sorted({cue["span_start_s"] for cue in cues(page)})[1]
    page.wait_for_function("() => window.played[0].currentTime > 0 && !window.played[0].paused")
    assert page.evaluate("window.played[0].currentTime") == pytest.approx(second_s, abs=1.5)


def test_it_believes_what_was_heard_while_nobody_could_look(server: RunningServer, page: Page) -> None:
    begin_aloud(page, server)
    asleep(page, seconds=12.5)

    expect(page.locator("#waiting")).to_be_hidden()
    left_s = page.evaluate("window.played[0].currentTime")
    assert left_s > 12
    cue = next(one for one in reversed(cues(page)) if one["start_s"] <= left_s)
    shown = page.locator("#left").text_content() or ""
    assert int(shown[2:]) == pytest.approx(cue["span_start_s"] + cue["span_length_s"] - left_s, abs=1.5)


def test_it_believes_no_more_than_was_heard(server: RunningServer, page: Page) -> None:
    begin_aloud(page, server)
    page.evaluate("window.played[0].playbackRate = 0.0625")
    asleep(page, seconds=12.5)

    expect(page.locator("#waiting")).to_be_visible()


def test_it_stands_when_the_phone_stops_the_sound_for_a_call(server: RunningServer, page: Page) -> None:
    begin_aloud(page, server)

    page.evaluate("window.played[0].pause()")

    expect(page.locator("#paused")).to_be_visible()
    expect(page.locator("#live")).to_have_text("Paused.")


def asleep(page: Page, *, seconds: float) -> None:
    """Lock the phone: no script runs, and then it does again; the sound goes on."""

    def late(route: Route) -> None:
        time.sleep(seconds)
        route.fulfill(body="")

    page.route("**/late", late)
    look_away(page, hidden=True)
    # The page stands still until it is answered.
    page.evaluate("() => { const ask = new XMLHttpRequest(); ask.open('GET', '/late', false); ask.send(); }")
    look_away(page, hidden=False)
