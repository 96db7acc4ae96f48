"""The doctor's page on a phone: readable, chosen and saved with the keyboard alone, values entered and seen on it."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.browser.conftest import RunningServer
from tests.browser.test_learn_library import check

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/report/", "/report/values/"])
@pytest.mark.sweep
def test_it_is_readable_and_reachable(page: Page, demo: RunningServer, path: str) -> None:
    check(page, demo, path)


def test_its_page_is_saved_with_the_keyboard_alone(page: Page, demo: RunningServer, tmp_path: Path) -> None:
    page.goto(f"{demo.url}/report/")
    page.get_by_role("button", name="4 weeks", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="4 weeks", exact=True)).to_have_attribute("aria-pressed", "true")
    assert (
        page.locator(".preview img").evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") > 700
    )

    page.get_by_role("link", name="Save it as PDF").focus()
    with page.expect_download() as given:
        page.keyboard.press("Enter")
    given.value.save_as(tmp_path / "page.pdf")

    told = PdfReader(tmp_path / "page.pdf")
    assert given.value.suggested_filename.startswith("quietlegs-20")
    assert len(told.pages) == 1
    assert "28 nights" in told.pages[0].extract_text()


def test_a_value_that_was_entered_stands_on_the_page(page: Page, server: RunningServer) -> None:
    page.goto(f"{server.url}/report/values/")
    for label, text in (("What was measured", "Ferritin"), ("Value", "48,5"), ("Unit, as printed", "ng/mL")):
        page.get_by_label(label).first.fill(text)
    page.get_by_label("Blood taken on").fill("2026-01-31")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("status").filter(has_text="Written down.")).to_be_visible()

    page.goto(f"{server.url}/report/")
    expect(page.get_by_role("rowheader", name="Ferritin")).to_be_visible()
    expect(page.get_by_role("cell", name="48.5 ng/mL")).to_be_visible()


def test_the_diary_is_taken_out_from_the_page(page: Page, demo: RunningServer, tmp_path: Path) -> None:
    page.goto(f"{demo.url}/settings/")
    with page.expect_download() as given:
        page.get_by_role("link", name="For a clinic's programs").click()
    given.value.save_as(tmp_path / "mine.json")

    assert json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["resourceType"] == "Bundle"
