"""A night written down by a tired person: three taps, kept on the phone at once, with an undo."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, Route, expect
from tests.browser.conftest import PHONE, RunningServer, start_server
from tests.browser.guiding import everything, restart, tap_severity
from tests.browser.test_learn_library import OPEN_ALL, TOO_SMALL, TOO_WIDE, check

from quietlegs import day
from quietlegs.records.moment import moment, night_of

pytestmark = pytest.mark.browser
BERLIN = "Europe/Berlin"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for all; each test has a night of its own."""
    running = start_server(tmp_path_factory.mktemp("nights"))
    yield running
    running.kill()


def night(back: int) -> str:
    return (night_of(moment(datetime.now(UTC), BERLIN)) - timedelta(days=back)).isoformat()


def noted(server: RunningServer, kind: str, on: str) -> list[dict[str, Any]]:
    return [fact for fact in everything(server, kind) if fact["night"] == on]


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found is not None
    return found


def severity(page: Page, value: int) -> None:
    page.locator(f"#night [name=severity][value='{value}']").check()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def written(page: Page) -> None:
    expect(page.locator("#said")).to_have_text("Written down.")


def test_it_takes_three_taps_and_no_scrolling(shared: RunningServer, page: Page) -> None:
    on = night(1)
    page.goto(f"{shared.url}/log/?night={on}")
    save_button, tabs = box(page.locator("#save")), box(page.locator(".tabs"))
    hour, noon = (box(page.locator(".strip label", has_text=time)) for time in ("23:00", "12:00"))
    assert save_button["y"] + save_button["height"] <= tabs["y"]
    assert save_button["height"] >= 64
    assert noon["y"] + noon["height"] <= save_button["y"]
    assert noon["x"] < 0 < hour["x"] < hour["x"] + hour["width"] <= PHONE["width"]

    taps = ["#night label:has([name=severity][value='4'])", ".strip label:has([value='23:00'])", "#save"]
    for tap in taps:
        page.locator(tap).tap()
    written(page)

    assert len(taps) == 3
    assert page.evaluate("scrollY") == 0
    (fact,) = noted(shared, "night_rating", on)
    began = datetime.combine(date.fromisoformat(on), datetime.min.time(), ZoneInfo(BERLIN)).replace(hour=23)
    assert fact["payload"] == {
        "severity": 4, "began_at": began.astimezone(UTC).isoformat().replace("+00:00", "Z"), "where": [],
    }  # fmt: skip


def test_it_supersedes_the_fact_it_holds_and_goes_back_to_it(shared: RunningServer, page: Page) -> None:
    on = night(2)
    page.goto(f"{shared.url}/log/?night={on}")
    severity(page, 4)
    save(page)
    written(page)
    page.reload()
    expect(page.locator("#night [name=severity][value='4']")).to_be_checked()
    severity(page, 6)
    save(page)
    written(page)

    page.locator("#undo").click()
    expect(page.locator("#said")).to_have_text("Taken back. Written down.")

    first, second, third = noted(shared, "night_rating", on)
    assert (second["supersedes"], third["supersedes"]) == (first["id"], second["id"])
    expect(page.locator("#night [name=severity][value='4']")).to_be_checked()


def test_it_withdraws_what_was_the_first_entry(shared: RunningServer, page: Page) -> None:
    on = night(3)
    page.goto(f"{shared.url}/log/?night={on}")
    severity(page, 4)
    save(page)
    page.locator("#undo").click()
    expect(page.locator("#said")).to_have_text("Taken back. Written down.")

    (fact,), (back,) = noted(shared, "night_rating", on), noted(shared, "withdrawal", on)
    assert back["supersedes"] == fact["id"]
    expect(page.locator("#night [name=severity]:checked")).to_have_count(0)


def test_it_keeps_both_entries_of_two_phones_and_shows_the_newest(shared: RunningServer, chromium: Browser) -> None:
    on = night(4)
    phones = [chromium.new_context(timezone_id=BERLIN) for _ in range(2)]
    pages = [phone.new_page() for phone in phones]
    for page in pages:
        page.goto(f"{shared.url}/log/?night={on}")
    for page, value in zip(pages, (4, 7), strict=True):
        severity(page, value)
        save(page)
        written(page)

    pages[0].reload()

    expect(pages[0].locator("#night [name=severity][value='7']")).to_be_checked()
    assert [fact["supersedes"] for fact in noted(shared, "night_rating", on)] == [None, None]
    for phone in phones:
        phone.close()


def test_it_says_what_does_not_fit_before_it_is_sent(shared: RunningServer, page: Page) -> None:
    on = night(5)
    page.goto(f"{shared.url}/log/?night={on}")
    page.evaluate(OPEN_ALL)
    page.locator("#awakenings").fill("200")
    save(page)

    expect(page.locator("#problem")).to_have_text("Times you woke up: 200 does not fit. From 0 to 100 does.")
    expect(page.locator("#awakenings")).to_be_focused()
    assert noted(shared, "sleep", on) == []


def test_it_opens_a_fold_that_was_open_last_time(shared: RunningServer, page: Page) -> None:
    page.goto(f"{shared.url}/log/?night={night(6)}")
    page.get_by_text("Was it an unusual night?").click()
    page.reload()

    expect(page.get_by_role("radio", name="Sick")).to_be_visible()


def test_it_notes_a_favourite_by_one_tap_and_takes_it_back(shared: RunningServer, page: Page) -> None:
    page.goto(f"{shared.url}/log/")
    page.get_by_text("Something you drank or took").click()
    page.get_by_label("How much").fill("80")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#taken-said")).to_have_text("Written down.")
    page.reload()

    page.get_by_role("button", name="Caffeine, 80 mg", exact=True).click()
    expect(page.locator("#entries li")).to_have_count(2)
    expect(page.locator("#taken-said")).to_have_text("Written down.")
    page.locator("#entries li").last.get_by_role("button").click()
    expect(page.locator("#taken-said")).to_have_text("Taken back. Written down.")

    first, second = noted(shared, "intake", night(0))
    (back,) = noted(shared, "withdrawal", night(0))
    assert "taken_at" in second["payload"]
    assert back["supersedes"] == second["id"]
    assert {**second["payload"], "taken_at": None} == {**first["payload"], "taken_at": None}


def test_it_asks_about_the_night_of_the_devices_clock_however_old_the_page_is(
    shared: RunningServer, context: BrowserContext, page: Page
) -> None:
    page.goto(f"{shared.url}/log/")
    page.goto(f"{shared.url}/")
    bodies = {path: context.request.get(shared.url + path).text() for path in ("/", "/log/")}
    ahead = datetime.now(UTC) + timedelta(days=1)
    on, _ = day.night_to_rate(moment(ahead, BERLIN))

    def old(route: Route) -> None:
        path = route.request.url.removeprefix(shared.url)
        if path in bodies:
            route.fulfill(body=bodies[path], content_type="text/html")
        else:
            route.continue_()

    page.route("**/*", old)
    page.clock.install(time=ahead)
    page.goto(f"{shared.url}/log/")
    expect(page.locator("#when")).to_contain_text(str(on.day))
    severity(page, 3)
    save(page)
    page.clock.run_for(3000)
    written(page)
    page.goto(f"{shared.url}/")

    expect(page.locator("#check-in-said")).to_contain_text("3 of 10.")
    assert [fact["payload"] for fact in noted(shared, "night_rating", on.isoformat())] == [{"severity": 3, "where": []}]


def test_it_says_at_once_that_a_night_is_saved(shared: RunningServer, context: BrowserContext) -> None:
    page = context.new_page()
    on = night(8)
    page.goto(f"{shared.url}/log/?night={on}")
    shared.kill()
    severity(page, 5)
    save(page)

    expect(page.locator("#said")).to_have_text("Saved on this phone.")
    restart(shared)
    expect(page.locator("#said")).to_have_text("Written down.", timeout=60_000)
    assert [fact["payload"]["severity"] for fact in noted(shared, "night_rating", on)] == [5]


@pytest.mark.parametrize("path", ["/log/", "/log/?month=2026-10", "/"])
@pytest.mark.sweep
def test_it_is_readable_and_reachable_with_two_months_of_nights(page: Page, demo: RunningServer, path: str) -> None:
    check(page, demo, path)


@pytest.mark.sweep
def test_it_is_readable_in_every_state_of_a_night(page: Page, shared: RunningServer) -> None:
    page.goto(f"{shared.url}/log/?night={night(9)}")
    page.evaluate(OPEN_ALL)

    def readable(state: str) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        page.set_viewport_size({"width": 320, "height": 844})
        assert (state, page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)) == (state, 0, [])
        page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})

    save(page)
    readable("nothing chosen")
    page.locator("#awakenings").fill("200")
    save(page)
    readable("what does not fit")
    page.locator("#awakenings").fill("2")
    severity(page, 0)
    save(page)
    written(page)
    readable("written, nothing felt")
    page.locator("#undo").click()
    readable("taken back")


def test_it_asks_in_the_morning_and_then_about_sleep(shared: RunningServer, page: Page) -> None:
    morning = datetime.now(ZoneInfo(BERLIN)).replace(hour=8, minute=0) - timedelta(days=20)
    page.clock.install(time=morning)
    page.goto(shared.url)
    on = (morning.date() - timedelta(days=1)).isoformat()
    expect(page.get_by_role("heading", name="Last night?")).to_be_visible()
    tap_severity(page, 4)
    expect(page.locator("#check-in-said")).to_contain_text("Last night: 4 of 10.")
    page.get_by_role("button", name="Sleep 6 of 10").click()
    expect(page.locator("#check-in-sleep")).to_be_hidden()
    page.clock.run_for(3000)
    expect(page.locator("#check-in-said")).to_have_text("Last night: 4 of 10. Written down.")

    assert [fact["payload"]["severity"] for fact in noted(shared, "night_rating", on)] == [4]
    assert [fact["payload"] for fact in noted(shared, "sleep", on)] == [{"quality": 6}]


def test_it_leads_through_the_months_and_to_a_night_by_keyboard(shared: RunningServer, page: Page) -> None:
    page.goto(f"{shared.url}/log/")
    page.get_by_role("link", name="The month before").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="The month after")).to_be_visible()
    first = page.locator("#calendar table.month a").first
    named = first.get_attribute("href") or ""
    first.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#night")).to_have_attribute("data-night", named.rpartition("=")[2])


def test_it_draws_a_night_into_the_calendar_once_it_is_written(shared: RunningServer, page: Page) -> None:
    on = night(10)
    page.goto(f"{shared.url}/log/?night={on}")
    severity(page, 8)
    save(page)

    expect(page.locator(f"#calendar a[href$='night={on}']")).to_have_attribute("aria-label", re.compile("8 of 10"))
