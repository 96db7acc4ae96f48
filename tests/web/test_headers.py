"""What every answer tells the browser, on one's own machine and at a group's address."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.web.hosted import ADDRESS, ask

from quietlegs.web.pages.offline.assets import version

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "media-src 'self' blob:",
    "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types worker",
}  # fmt: skip
ADDRESSES = [
    "/", "/log/", "/nowhere/", "/api/v1/facts", "/api/v1/nowhere", "/worker.js", "/manifest.webmanifest",
    f"/static/{version()}/frame/frame.css", f"/static/{version()}/frame/noting.js",
]  # fmt: skip
HOSTED = """
answer = client.get("/account/sign-in/")
print(json.dumps({
    "headers": dict(answer.headers), "status": answer.status_code,
    "cookies": [one.OutputString() for one in answer.cookies.values()],
    "static": dict(client.get(f"/{settings.STATIC_URL.strip('/')}/frame/frame.css").headers),
    "plain": [(one := Client(SERVER_NAME="legs.example.org").get("/log/")).status_code, one.headers["Location"]],
    "stranger": Client(SERVER_NAME="elsewhere.example.org").get("/log/").status_code,
}))
"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_shuts_on_every_answer_what_no_page_needs(client: Client, address: str) -> None:
    answer = client.get(address)
    answer.close()
    told = answer.headers

    assert set(told["Content-Security-Policy"].split("; ")) == POLICY
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin"
    assert {"camera=()", "microphone=()", "geolocation=(self)"} <= set(told["Permissions-Policy"].split(", "))
    assert "Access-Control-Allow-Origin" not in told
    assert "Strict-Transport-Security" not in told


@pytest.mark.parametrize("address", ["/", "/log/", "/api/v1/facts", "/nowhere/"])
def test_it_lets_no_other_page_frame_one_of_ours(client: Client, address: str) -> None:
    assert client.get(address).headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/", "/log/", "/learn/", "/settings/", "/reminders/", "/keys/", "/api/v1/tonight"])
def test_it_leaves_nothing_of_the_diary_in_a_shared_cache(client: Client, address: str) -> None:
    told = client.get(address).headers.get("Cache-Control", "")

    assert "private" in told or "no-store" in told


def test_it_binds_browsers_and_cookies_to_https_at_a_groups_address(tmp_path: Path) -> None:
    told = ask(tmp_path, HOSTED)

    assert told["status"] == 200
    assert told["headers"]["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert told["static"]["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    [cookie] = told["cookies"]
    assert cookie.startswith("__Host-csrftoken=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))


def test_it_leads_from_http_to_https_and_answers_no_other_name(tmp_path: Path) -> None:
    told = ask(tmp_path, HOSTED)

    assert told["plain"] == [301, f"{ADDRESS}/log/"]
    assert told["stranger"] == 400


def test_it_passes_the_frameworks_own_check_of_a_hosted_installation(tmp_path: Path) -> None:
    script = """
from django.core.management import call_command
call_command("check", deploy=True, fail_level="INFO")
print(json.dumps(settings.SILENCED_SYSTEM_CHECKS))
"""
    # Preloading binds a whole domain for years: no program decides that.
    assert ask(tmp_path, script) == ["security.W021"]


def test_it_is_one_persons_machine_without_an_address() -> None:
    assert not settings.HOSTED
    assert settings.CSRF_COOKIE_NAME == "csrftoken"


def test_it_leads_no_program_from_http_to_https(tmp_path: Path) -> None:
    script = """
plain = Client(SERVER_NAME=name)
answers = [one.get("/api/v1/facts", headers={"authorization": "Bearer a"}) for one in (plain, client)]
print(json.dumps([[one.status_code, one.headers.get("Location")] for one in answers]))
"""
    # With the key in the clear each time, nobody would notice.
    assert ask(tmp_path, script) == [[403, None], [401, None]]
