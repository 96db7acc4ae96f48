"""A fair trial, started in three taps on a phone: choose, see what it takes, start; and taken back."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import holding
from tests.browser.test_learn_library import check

pytestmark = pytest.mark.browser


def test_it_is_started_in_three_taps_and_taken_back(page: Page, server: RunningServer) -> None:
    page.goto(f"{server.url}/learn/trial/")
    page.get_by_role("button", name="None of these").click()
    check(page, server, "/learn/trial/")
    page.goto(f"{server.url}/learn/trial/")

    page.get_by_text("Wall calf stretch, back knee straight").click()
    page.get_by_role("button", name="What would that take?").click()
    expect(page.get_by_text("a difference of 1 point takes about")).to_be_visible()
    assert holding(server, "trial_start") == []
    page.get_by_role("button", name="Start the trial").click()

    expect(page.get_by_text("The trial is drawn and kept.")).to_be_visible()
    expect(page.get_by_role("region", name="Your trial").get_by_text("cannot tell yet")).to_be_visible()
    (kept,) = holding(server, "trial_start")
    assert kept["arms"] == ["calf_wall_straight", "breath_circles"]
    assert len(kept["turns"]) == 56

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("region", name="Your trial")).to_have_count(0)
    check(page, server, "/learn/")
