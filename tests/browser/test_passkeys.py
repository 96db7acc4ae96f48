"""A hosted group in a real Chromium with a passkey: in, out, in again; what a shared phone keeps, and of whom."""

import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.carrying import the_worker, until
from tests.browser.conftest import CHROMIUM, PHONE
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor
from tests.web.tls import fingerprint

pytestmark = pytest.mark.browser

_PASSKEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def trusting(group: Group, chromium: Browser) -> Iterator[Browser]:
    """Another Chromium, that knows the certificate of this one server."""
    known = f"--ignore-certificate-errors-spki-list={fingerprint(group.home)}"
    words = ["--no-sandbox", "--disable-quic", known]
    browser = chromium.browser_type.launch(executable_path=shutil.which(CHROMIUM), args=words)
    yield browser
    browser.close()


@pytest.fixture
def phone(trusting: Browser) -> Iterator[BrowserContext]:
    context = trusting.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]}, has_touch=True, is_mobile=True,
        color_scheme="dark", timezone_id="Europe/Berlin", locale="en-GB",
    )  # fmt: skip
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """A page on a phone that makes passkeys."""
    page = phone.new_page()
    told = phone.new_cdp_session(page)
    told.send("WebAuthn.enable")
    told.send("WebAuthn.addVirtualAuthenticator", {"options": _PASSKEY})
    return page


def sign_up(page: Page, group: Group, email: str, *, makes_host: bool = False) -> None:
    page.goto(group.invitation(email, makes_host=makes_host))
    page.get_by_role("button", name="Go on with a passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("Your passkey is saved.")).to_be_visible()


def sign_out(page: Page, group: Group) -> None:
    page.goto(f"{group.url}/account/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()


def test_it_signs_up_out_and_in_with_a_passkey(page: Page, group: Group) -> None:
    sign_up(page, group, "anna@example.org")
    sign_out(page, group)
    page.goto(f"{group.url}/log/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page).to_have_url(f"{group.url}/log/")
    page.goto(f"{group.url}/account/")
    expect(page.get_by_text("You are signed in as anna@example.org.")).to_be_visible()


def test_it_refuses_a_passkey_that_is_not_known_here(page: Page, group: Group) -> None:
    sign_up(page, group, "carl@example.org")
    sign_out(page, group)
    group.write(
        "DELETE FROM mfa_authenticator WHERE user_id = (SELECT id FROM account WHERE email = 'carl@example.org')"
    )
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("This code is not right.")).to_be_visible()
    expect(page).to_have_url(re.compile("/account/sign-in/"))


def test_it_lets_somebody_back_in_whose_passkey_is_lost(page: Page, group: Group, trusting: Browser) -> None:
    sign_up(page, group, "dora@example.org")
    page.get_by_role("link", name="Make codes to get back in").click()
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("button", name="Make the codes").click()
    code = page.locator(".codes code").first.inner_text()

    other = Visitor(group)
    other.send("/account/password/forgotten/", email="dora@example.org")
    link = re.search(r"https://\S+", group.post.letters[-1].get_content())
    assert link
    new = other.get(link[0])
    other.send(new.url.removeprefix(group.url), password1=GOOD_PASSWORD)
    asked = other.sign_in("dora@example.org")
    assert asked.url == f"{group.url}/account/sign-in/code/"
    assert other.send("/account/sign-in/code/", code=code).url == f"{group.url}/"
    again = Visitor(group)
    again.sign_in("dora@example.org")
    assert "This code is not right." in again.send("/account/sign-in/code/", code=code).text  # it was good once


def test_it_never_sends_what_waits_here_to_another_ones_diary(page: Page, group: Group, phone: BrowserContext) -> None:
    Visitor(group).sign_up("bert@example.org")
    sign_up(page, group, "emil@example.org")
    phone.route("**/api/v1/**", lambda route: route.abort())
    page.goto(f"{group.url}/log/")
    page.locator("#night [name=severity][value='4']").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{group.url}/account/sign-out/")
    expect(page.locator("#left-here")).to_contain_text("1 entry waits on this phone.")
    page.get_by_role("button", name="Sign out").click()
    phone.unroute("**/api/v1/**")

    page.get_by_text("With a password").click()
    page.get_by_label("E-mail address").fill("bert@example.org")
    page.get_by_label("Password", exact=True).fill(GOOD_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{group.url}/")
    page.goto(f"{group.url}/waiting/")
    expect(page.locator("#state")).to_contain_text("Nothing waits.")
    assert _diary(page, group) == 0
    sign_out(page, group)

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{group.url}/")
    page.goto(f"{group.url}/waiting/")
    expect(page.locator("#state")).to_contain_text("Everything is in your diary.")
    assert _diary(page, group) == 1


def test_it_leaves_no_kept_page_behind_at_sign_out(page: Page, group: Group, phone: BrowserContext) -> None:
    sign_up(page, group, "fritz@example.org")
    page.goto(f"{group.url}/")
    page.wait_for_function("async () => (await (await caches.open('ledger')).keys()).length > 0")
    page.wait_for_function(_KEPT)
    sign_out(page, group)

    assert page.evaluate(f"({_KEPT})()") is False
    phone.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(f"{group.url}/log/")


def test_it_leaves_none_behind_that_it_was_still_keeping_at_sign_out(
    page: Page, group: Group, phone: BrowserContext
) -> None:
    sign_up(page, group, "grit@example.org")
    page.goto(f"{group.url}/")
    page.wait_for_function(_KEPT)
    worker = the_worker(phone)
    worker.evaluate(_KEEPS_SLOWLY)
    page.evaluate("caches.delete('ledger')")  # so that all pages are brought again
    page.goto(f"{group.url}/account/sign-out/")
    until(lambda: worker.evaluate("self.keeping > 0"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()

    until(lambda: worker.evaluate("self.keeping === 0"))
    assert page.evaluate(f"({_KEPT})()") is False


def test_it_forgets_the_pages_it_keeps_once_it_was_ended_elsewhere(page: Page, group: Group) -> None:
    desk = Visitor(group)
    desk.sign_up("hilde@example.org")
    page.goto(f"{group.url}/account/sign-in/")
    page.get_by_text("With a password").click()
    page.get_by_label("E-mail address").fill("hilde@example.org")
    page.get_by_label("Password", exact=True).fill(GOOD_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_function(_KEPT)
    again = desk.send("/account/devices/end-others/", page="/pause/")
    desk.send(again.url.removeprefix(group.url), password=GOOD_PASSWORD)

    page.goto(f"{group.url}/log/")  # the next time that the phone reaches the server

    expect(page).to_have_url(re.compile("/account/sign-in/"))
    page.wait_for_function(f"async () => !(await ({_KEPT})())")


def test_it_ends_another_device_after_the_passkey_was_asked_for(page: Page, group: Group) -> None:
    sign_up(page, group, "irma@example.org")
    page.goto(f"{group.url}/account/phone/")
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("button", name="Show the picture").click()
    phone = Visitor(group)
    phone.web.headers["User-Agent"] = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"
    phone.send(page.get_by_label("Or open this address there").input_value().removeprefix(group.url))
    assert phone.get("/log/").url == f"{group.url}/log/"
    page.goto(f"{group.url}/account/devices/")
    expect(page.get_by_text("Firefox on Android")).to_be_visible()
    page.get_by_role("button", name="Sign out: Firefox on Android").click()

    expect(page.get_by_text("That device is signed out.")).to_be_visible()
    expect(page.get_by_text("Firefox on Android")).to_have_count(0)
    assert "/account/sign-in/" in phone.get("/log/").url


def test_it_deletes_account_and_diary_after_the_passkey_and_leaves_what_others_keep_on_the_phone(
    page: Page, group: Group
) -> None:
    sign_up(page, group, "jutta@example.org")
    page.goto(f"{group.url}/account/delete/")
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_text("The diary and my account").click()
    page.get_by_label("To delete it, type the word: delete").fill("delete")
    mark = page.locator("html").get_attribute("data-account")
    page.evaluate(
        "([mine, other]) => [mine, other].forEach((one) => localStorage.setItem(`quietlegs.log.noted.${one}`, '[]'))",
        [mark, "somebodyelse0000"],
    )
    page.get_by_role("button", name="Delete everything").click()

    expect(page.get_by_text("This device keeps nothing of it any more.")).to_be_visible()
    kept = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('quietlegs.log.noted'))")
    assert kept == ["quietlegs.log.noted.somebodyelse0000"]
    assert group.ask("SELECT count(*) FROM account WHERE email = 'jutta@example.org'") == 0
    page.goto(f"{group.url}/log/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This code is not right.")).to_be_visible()


ANYBODYS = ("/account/sign-in/", "/account/sign-up/", "/account/password/forgotten/", "/account/off/")
MEMBERS = (
    "/account/", "/account/email/", "/account/passkeys/", "/account/sign-out/", "/account/people/", "/account/delete/",
    "/account/devices/", "/account/password/set/", "/account/app/on/", "/account/codes/new/", "/account/passkeys/add/",
)  # fmt: skip


@pytest.mark.sweep
def test_it_is_readable_and_reachable_on_every_page(page: Page, group: Group) -> None:
    seen = [_looked_at(page, group, path) for path in ANYBODYS]
    page.goto(group.invitation("gerda@example.org", makes_host=True))
    seen.append(_checked(page))
    sign_up(page, group, "gerda@example.org", makes_host=True)
    seen.append(_looked_at(page, group, "/account/codes/new/"))  # asks for the passkey first
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("button", name="Make the codes").click()
    expect(page.locator(".codes")).to_be_visible()
    seen.append(_checked(page))
    seen += [_looked_at(page, group, path) for path in MEMBERS]

    assert len(seen) == len(ANYBODYS) + len(MEMBERS) + 3


_KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-") || name === "ledger");
  for (const name of names) for (const key of await (await caches.open(name)).keys()) {
    const held = await (await caches.open(name)).match(key);
    if (name !== "ledger" || (await held.json()).pages?.length) return true;
  }
  return false;
}"""
# On a slow disk: pages take a second to be put down, and another one to be looked through.
_KEEPS_SLOWLY = """() => {
  const { put, keys } = Cache.prototype;
  const later = () => new Promise((done) => setTimeout(done, 1000));
  self.keeping = 0;
  Cache.prototype.put = async function (key, body) {
    if (!String(key).startsWith("/body/")) return put.call(this, key, body);
    self.keeping += 1;
    await later();
    await put.call(this, key, body);
    self.keeping -= 1;
  };
  Cache.prototype.keys = async function () {
    await later();
    return keys.call(this);
  };
}"""
_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), summary")].filter((one) => {
  const box = (one.closest("label") ?? one).getBoundingClientRect();
  return one.checkVisibility() && box.width && box.left >= 0 && (box.height < 47.5 || box.width < 47.5);
}).map((one) => one.outerHTML)"""


def _looked_at(page: Page, group: Group, path: str) -> str:
    page.goto(group.url + path)
    return _checked(page)


def _checked(page: Page) -> str:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for theme in ("night", "light"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url} {theme}: {found.generate_report()}"
    assert page.evaluate(_SMALL) == [], page.url
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    return page.url


def _diary(page: Page, group: Group) -> int:
    told: str = page.evaluate("async () => (await fetch('/settings/data/jsonl')).text()")
    return len(told.splitlines())
