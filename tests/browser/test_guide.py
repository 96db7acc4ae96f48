"""The guide in a real browser: what a person does, and what the diary holds afterwards."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import (
    MINUTE_MS,
    THREE_AT_NIGHT,
    arrived,
    cues,
    everything,
    go,
    holding,
    play_into_work,
    play_to_end,
    rate,
    soon,
    written_down,
)

pytestmark = pytest.mark.browser


def test_it_guides_both_legs_and_writes_everything_down(server: RunningServer, page: Page) -> None:
    page.clock.install(time=THREE_AT_NIGHT)
    page.goto(server.url)
    page.get_by_role("link", name="Calm my legs now").click()
    page.get_by_role("button", name="None of these").click()

    rate(page, "before", 7)
    play_to_end(page)
    expect(page.get_by_role("heading", name="How bad, right now?")).to_be_visible()
    rate(page, "after", 3)

    written_down(page)
    expect(page.get_by_role("link", name="Back to tonight")).to_be_visible()
    offered = {"movement": "calf_wall_straight", "because": "default", "probability": 1.0, "chances": []}
    assert holding(server, "relief") == [{**offered, "before": 7, "after": 3}]
    (practice,) = holding(server, "practice")
    assert practice["done"] == practice["planned"]
    assert practice["done"]["left_s"] == practice["done"]["right_s"] == 30
    assert practice["done"]["repetitions"] == 6
    assert (practice["level"], practice.get("stopped"), practice.get("routine")) == (2, None, None)


def test_it_writes_the_first_rating_down_at_once_in_its_night(server: RunningServer, page: Page) -> None:
    go(page, server)

    rate(page, "before", 7)

    assert soon(server, "relief")
    (relief,) = everything(server, "relief")
    assert relief["payload"]["before"] == 7
    assert (relief["night"], relief["wall"][:13], relief["zone"]) == ("2026-11-19", "2026-11-20T03", "Europe/Berlin")


def test_it_starts_nothing_by_itself(server: RunningServer, page: Page) -> None:
    go(page, server)

    page.clock.run_for(5 * MINUTE_MS)

    expect(page.locator("#player")).to_be_hidden()
    assert holding(server, "relief") == holding(server, "practice") == []


def test_it_plays_on_without_any_rating(server: RunningServer, page: Page) -> None:
    go(page, server)

    page.locator("#skip-before").click()
    play_to_end(page)
    page.locator("#skip-after").click()

    written_down(page)
    (relief,) = holding(server, "relief")
    assert not {"before", "after"} & set(relief)


def test_it_stops_at_once_when_it_hurts(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    play_into_work(page)

    page.get_by_role("button", name="It hurts - stop").click()
    expect(page.get_by_role("heading", name="Stop.")).to_be_visible()
    assert [practice["stopped"] for practice in soon(server, "practice")] == ["hurt"]
    expect(page.locator("#hurt").get_by_role("link", name="When to get help")).to_be_visible()
    seated = page.locator("#seated-link")
    expect(seated).to_have_text("Seated calf stretch with a towel")
    address = seated.get_attribute("href")
    rate(page, "pain", 5)

    written_down(page)
    (practice,) = holding(server, "practice")
    assert (practice["stopped"], practice["pain"]) == ("hurt", 5)
    assert [relief.get("after") for relief in holding(server, "relief")] == [None]
    page.goto(f"{server.url}{address}")
    expect(page.get_by_role("heading", name="Seated calf stretch with a towel")).to_be_visible()


def test_it_shows_the_change_of_legs(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    expect(page.locator("#side")).to_have_text("LEFT leg")
    expect(page.locator("#count")).to_have_text("1 of 2")
    switch = next(cue for cue in cues(page) if cue["kind"] == "switch_side")

    page.clock.run_for(round(1000 * switch["start_s"]) + 500)

    expect(page.locator("#show")).to_have_text("Other leg")
    expect(page.locator("#side")).to_have_text("RIGHT leg")
    expect(page.locator("#count")).to_have_text("2 of 2")


def test_it_reads_the_clock_after_a_short_lock(server: RunningServer, page: Page) -> None:
    go(page, server, "/guide/calm/?level=5")
    rate(page, "before", 7)
    play_into_work(page)
    before = page.locator("#left").text_content() or ""

    page.clock.fast_forward(30_000)

    expect(page.locator("#left")).to_have_text(f"0:{int(before[2:]) - 30:02}")
    expect(page.locator("#waiting")).to_be_hidden()


def test_it_waits_where_the_phone_slept_through_the_end_of_a_stage(server: RunningServer, page: Page) -> None:
    go(page, server, "/guide/calm/?level=5")
    rate(page, "before", 7)
    play_into_work(page)

    page.clock.fast_forward(10 * MINUTE_MS)
    expect(page.locator("#waiting")).to_be_visible()
    expect(page.locator("#live")).to_have_text("Still there?")
    page.clock.run_for(MINUTE_MS)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#waiting")).to_be_hidden()
    page.locator("#close").click()
    rate(page, "after", 3)

    written_down(page)
    (practice,) = holding(server, "practice")
    assert (practice["done"]["left_s"], practice["stopped"]) == (45, "enough")
    expect(page.locator("#early")).to_be_visible()


def test_it_asks_once_more_after_ten_minutes(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    page.locator("#close").click()
    rate(page, "after", 3)
    expect(page.locator("#later")).to_be_hidden()

    arrived(page)
    page.clock.run_for(10 * MINUTE_MS)
    rate(page, "later", 1)

    expect(page.locator("#later")).to_be_hidden()
    written_down(page)
    (relief,) = holding(server, "relief")
    assert [relief["before"], relief["after"], relief["after_10_min"]] == [7, 3, 1]


def test_it_asks_nothing_when_the_screen_was_dark_for_long(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    page.locator("#close").click()
    rate(page, "after", 3)
    written_down(page)

    page.clock.fast_forward(60 * MINUTE_MS)

    expect(page.locator("#later")).to_be_hidden()


def test_it_notes_each_movement_of_a_routine(server: RunningServer, page: Page) -> None:
    go(page, server, "/guide/routine/")
    wanted = list(dict.fromkeys(cue["exercise"] for cue in cues(page)))

    page.locator("#start").click()
    play_to_end(page)

    written_down(page)
    practised = holding(server, "practice")
    assert sorted(practice["exercise"] for practice in practised) == sorted(wanted)
    assert all(practice["done"] == practice["planned"] for practice in practised)
    assert {practice["routine"] for practice in practised} == {"first_week"}
    assert holding(server, "relief") == []


def test_it_blames_only_the_movement_that_hurt(server: RunningServer, page: Page) -> None:
    go(page, server, "/guide/routine/")
    first, second = list(dict.fromkeys(cue["exercise"] for cue in cues(page)))[:2]
    into_second_s = next(cue["start_s"] for cue in cues(page) if cue["exercise"] == second and cue["works"])

    page.locator("#start").click()
    page.clock.run_for(round(1000 * into_second_s) + 3000)
    page.locator("#hurts").click()
    rate(page, "pain", 4)

    written_down(page)
    noted = {practice["exercise"]: practice for practice in holding(server, "practice")}
    assert set(noted) == {first, second}
    assert (noted[first].get("stopped"), noted[first].get("pain")) == (None, None)
    assert (noted[second]["stopped"], noted[second]["pain"]) == ("hurt", 4)
