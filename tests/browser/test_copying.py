"""What is shown once is copied by one tap, and stays readable where there is no clipboard."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer

pytestmark = pytest.mark.browser


def made(page: Page, server: RunningServer) -> str:
    page.goto(f"{server.url}/keys/")
    page.get_by_label("What is it for?").fill("My watch")
    page.get_by_role("button", name="Make the key").click()
    return page.get_by_label("Key", exact=True).input_value()


def test_it_copies_a_new_key_by_one_tap(page: Page, server: RunningServer) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    key = made(page, server)
    page.get_by_role("button", name="Copy it").click()

    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == key


def test_it_marks_it_where_copying_is_refused(page: Page, server: RunningServer) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new DOMException('no'))")
    key = made(page, server)
    page.get_by_role("button", name="Copy it").click()

    expect(page.get_by_text("It is marked now: copy it the way your device does.")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == key


def test_it_offers_nothing_where_there_is_no_clipboard(page: Page, server: RunningServer) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    assert made(page, server)
    expect(page.get_by_role("button", name="Copy it")).to_be_hidden()
