"""A milestone stands once at the routine's end, in small words, and only where the routine was done to its end."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests import quick
from tests.browser.conftest import RunningServer, environment
from tests.browser.guiding import go, play_into_work, play_to_end

from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.wire import to_wire

pytestmark = pytest.mark.browser

TOLD = "That was evening number 10."


def practised(home: Path, evenings: int) -> None:
    """Put so many evenings before tonight into the diary, as from another phone."""
    now = datetime.now(UTC).replace(microsecond=0)
    whens = [moment(now - timedelta(days=ago), "Europe/Berlin") for ago in range(1, evenings + 1)]
    done = Practice("ankle_pumps", 1, Work(both_s=60), Work(both_s=60), routine="first_week")
    facts = [note(done, when, place.to_bytes(10)) for place, when in enumerate(whens)]
    file = home / "from_another_phone.jsonl"
    file.write_text("\n".join(json.dumps(to_wire(fact)) for fact in facts), encoding="utf-8")
    quick.run("import", str(file), "--yes", env=environment(home)).check_returncode()


def test_it_stands_at_the_end_of_the_tenth_evening(page: Page, server: RunningServer) -> None:
    practised(server.home, 9)
    go(page, server, "/guide/routine/", at=datetime.now(UTC))
    page.locator("#ready").click()
    play_to_end(page)

    expect(page.get_by_text(TOLD)).to_be_visible()
    expect(page.get_by_role("link", name="Back to tonight")).to_be_visible()


def test_it_is_not_told_where_the_routine_was_stopped_because_it_hurt(page: Page, server: RunningServer) -> None:
    practised(server.home, 9)
    go(page, server, "/guide/routine/", at=datetime.now(UTC))
    page.locator("#ready").click()
    play_into_work(page)
    page.get_by_role("button", name="It hurts").click()
    page.locator("#skip-pain").click()

    expect(page.get_by_role("link", name="Back to tonight")).to_be_visible()
    expect(page.get_by_text(TOLD)).to_be_hidden()
