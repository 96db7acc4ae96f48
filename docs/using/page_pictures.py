"""Makes a contact sheet of every page: night, dark and light, on a phone and on a desk, from a simulated diary.

`PYTHONPATH=. python docs/using/page_pictures.py` writes them all; names of sheets after it write those alone. The clock
is that of a place where it is evening now, so that the pages are those of an evening.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from exercise_pictures import CHROMIUM, FOLDER, write
from group_pages import gathered
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

THEMES = ("night", "dark", "light")
PHONE, DESK = (390, 844), (1280, 800)
EVENING = 21
_STARTS_WITHIN_S = 60
_SETTLED_MS = 400
ROOT = Path(__file__).resolve().parents[2]
STYLE = """
body { margin: 0; padding: 6px; background: #777; display: flex; gap: 6px; }
.phones, .desks { display: flex; gap: 6px; } .desks { flex-direction: column; }
img { display: block; } .phones img { width: 300px; } .desks img { width: 342px; }
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its address, what is tapped on it first, whether the diary is nearly empty, whether an entry waits.

    `who` looks at it where a group is hosted; its address may be the name of a link of `group_pages`. A `file` is
    chosen before anything is tapped. Where a reminder waits for its answer, the page is the one that answers it,
    whatever the address. `after` is tapped once the picture is taken, so that the next picture finds the diary as it
    was.
    """

    name: str
    path: str
    taps: tuple[str, ...] = ()
    new: bool = False
    waits: bool = False
    after: tuple[str, ...] = ()
    reminds: bool = False
    who: str = ""
    file: str = ""
    cookies: tuple[tuple[str, str], ...] = ()


TABLE = (
    "Date,Legs (0-10),Bed,Up,Note\n2026-01-05,7,22:30,6:45,late coffee\n2026-01-06,3,23:10,7:00,\n2026-01-07,14,,,\n"
)
HAND_OVER = "main .main-button"
LEAVE = "form[action$='/leave/'] button"
RATE, GO = "#before [data-rating='6']", "#drawn .main-button"
SHEETS = (
    Sheet("tonight", "/"),
    Sheet("tonight_new", "/", new=True),
    Sheet("wishes", "/wishes/"),
    Sheet("pause", "/pause/"),
    Sheet("reminders", "/reminders/"),
    Sheet("reminder_answer", "", reminds=True),
    Sheet("paper_tonight", "/paper/tonight/"),
    Sheet("paper_routine", "/paper/routine/first_week/"),
    Sheet("report", "/report/"),
    Sheet("values", "/report/values/"),
    Sheet("measures", "/measures/"),
    Sheet("measure", "/measures/knee_to_wall_cm/"),
    Sheet("guide_before", "/guide/calm/?movement=calf_wall_straight"),
    Sheet("guide_drawn", "/guide/calm/", (RATE,)),
    Sheet("guide_player", "/guide/calm/?movement=calf_wall_straight", (RATE, "#skip", "#skip", "#skip")),
    Sheet("guide_after", "/guide/movement/ankle_pumps/", ("#start", "#close")),
    Sheet("guide_hurt", "/guide/movement/calf_wall_straight/", ("#start", "#hurts")),
    Sheet("guide_routine", "/guide/routine/"),
    Sheet("guide_choose", "/guide/calm/choose/"),
    Sheet("nights", "/log/"),
    Sheet("nights_calendar", "/log/#calendar"),
    Sheet("what_works", "/learn/"),
    Sheet("goes_along", "/learn/#along"),
    Sheet("what_works_new", "/learn/", new=True),
    Sheet("trial_start", "/learn/trial/", new=True),
    Sheet("trial_takes", "/learn/trial/", ("[name=tried] >> nth=0", ".main-button"), new=True),
    Sheet("stage", "/learn/stage/"),
    Sheet("stage_decided", "/learn/stage/", ("[value=accept]",), after=(".quiet-button",)),
    Sheet("placebo", "/learn/placebo/"),
    Sheet("calming", "/learn/calm/"),
    Sheet("more", "/library/"),
    Sheet("exercises", "/library/exercises/"),
    Sheet("exercise", "/library/exercise/calf_wall_straight/"),
    Sheet("claims", "/library/claims/"),
    Sheet("topic", "/library/topic/is_it/"),
    Sheet("sources", "/library/sources/"),
    Sheet("safety", "/safety/", new=True),
    Sheet("help", "/safety/help/"),
    Sheet("settings", "/settings/"),
    Sheet("keys", "/keys/"),
    Sheet("imports", "/imports/"),
    Sheet("imports_columns", "/imports/", (HAND_OVER,), file=TABLE, after=(LEAVE,)),
    Sheet("imports_receipt", "/imports/", (HAND_OVER, HAND_OVER), file=TABLE, after=(LEAVE,)),
    Sheet("imports_unknown", "/imports/", (HAND_OVER,), file="Dear doctor"),
    Sheet("offline", "/offline/"),
    Sheet("waiting", "/waiting/", waits=True),
    Sheet("missing", "/nowhere/"),
    # First: some minutes later it asks again whether it is still you.
    Sheet("phone", "/account/phone/", (HAND_OVER,), who="host"),
    Sheet("trials_beside", "/learn/", who="host"),
    Sheet("sharing", "/sharing/", who="host"),
    Sheet("sharing_offered", "offered", who="stranger"),
    Sheet("sharing_with_me", "/sharing/with-me/", who="doctor"),
    Sheet("sharing_report", "/sharing/with-me/1/report/", who="doctor"),
    Sheet("sharing_nights", "/sharing/with-me/1/nights/", who="doctor"),
    Sheet("sharing_over", "/sharing/with-me/99/report/", who="doctor"),
    Sheet("sign_in", "/account/sign-in/", who="stranger"),
    Sheet("invited", "invited", who="stranger"),
    Sheet("forgotten", "/account/password/forgotten/", who="stranger"),
    Sheet("security", "/account/", who="host"),
    Sheet("people", "/account/people/", who="host"),
)


def main() -> None:
    """Write the sheets."""
    wanted = sys.argv[1:]
    chosen = [sheet for sheet in SHEETS if not wanted or sheet.name in wanted]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for looked_at in visited(chosen, Path(folder), playwright):
            keep(*looked_at)


def visited(sheets: Sequence[Sheet], folder: Path, playwright: Playwright) -> Iterator[tuple[Browser, Sheet, str]]:
    """Give each page with a browser that may open it, and the address of its server, which runs meanwhile."""
    browser = launched(playwright)
    for new in (False, True):
        own = [one for one in sheets if not one.who and one.new == new]
        if own:
            home = folder / str(new)
            with served(home, new=new) as url:
                for one in own:
                    yield browser, replace(one, path=answer_page(home)) if one.reminds else one, url
    browser.close()
    grouped = [one for one in sheets if one.who]
    if grouped:
        with gathered(folder / "group", zone()) as group:
            browser = launched(playwright, f"--ignore-certificate-errors-spki-list={group.fingerprint}")
            for one in grouped:
                path = group.links.get(one.path, one.path)
                yield browser, replace(one, path=path, cookies=group.cookies[one.who]), group.url
            browser.close()


def launched(playwright: Playwright, *words: str) -> Browser:
    """Start a browser."""
    args = ["--no-sandbox", "--disable-quic", *words]
    return playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=args)


def answer_page(home: Path) -> str:
    """Leave a reminder that waits in the simulated person's diary, and return the path of the page that answers it."""
    command = [sys.executable, "-m", "tests.browser.reminded", "demo"]
    env = os.environ | {"QUIETLEGS_HOME": str(home)}
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def zone() -> str:
    """Return a zone where it is evening now."""
    ahead = (EVENING - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@contextmanager
def served(home: Path, *, new: bool) -> Iterator[str]:
    """Serve the simulated person's diary, or a new one whose safety questions are answered; gives its address."""
    env = os.environ | {"QUIETLEGS_HOME": str(home), "TZ": zone()}
    program = [sys.executable, "-m", "quietlegs.cli.main"]
    # None of the safety questions is true for the newcomer.
    first, said = ("safety", "n\n") if new else ("demo", "")
    subprocess.run([*program, first], env=env, check=True, stdout=subprocess.DEVNULL, input=said, text=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*program, "serve", "--port", str(port), *([] if new else ["--demo"])]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _answering(url: str) -> str:
    until = time.perf_counter() + _STARTS_WITHIN_S
    while time.perf_counter() < until:
        with suppress(OSError), urlopen(url, timeout=2):
            return url
        time.sleep(0.1)
    raise TimeoutError(url)


def keep(browser: Browser, sheet: Sheet, url: str) -> None:
    """Take a page in all its looks, and keep them side by side."""
    phones, desks = ([taken(browser, sheet, url, theme, size) for theme in THEMES] for size in (PHONE, DESK))
    page = browser.new_page()
    images = [
        f'<div class="{kind}">' + "".join(f'<img src="data:image/png;base64,{one}">' for one in each) + "</div>"
        for kind, each in (("phones", phones), ("desks", desks))
    ]
    page.set_content(f"<html><style>{STYLE}</style><body>{''.join(images)}</body></html>")
    write(page, FOLDER / f"page_{sheet.name}.webp")
    page.close()


def taken(browser: Browser, sheet: Sheet, url: str, theme: str, size: tuple[int, int]) -> str:
    """Return one picture, as text that a page can hold."""
    with opened(browser, sheet, url, theme, size) as page:
        return b64encode(page.screenshot()).decode()


@contextmanager
def opened(browser: Browser, sheet: Sheet, url: str, theme: str, size: tuple[int, int]) -> Iterator[Page]:
    """Open a page in one look, with all its taps made."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        timezone_id=zone(),
        locale="en-GB",
        reduced_motion="reduce",
        service_workers="block" if sheet.waits else "allow",  # a worker's requests pass the route by
    )
    told = {"theme": theme, "zone": quote(zone(), safe=""), **dict(sheet.cookies)}
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in told.items()])
    page = context.new_page()
    _walk(page, sheet, url)
    yield page
    for tap in sheet.after:
        page.locator(tap).click()
        page.wait_for_timeout(_SETTLED_MS)
    context.close()


def _walk(page: Page, sheet: Sheet, url: str) -> None:
    if sheet.waits:
        _leave_waiting(page, url)
    page.goto(url + sheet.path)
    page.wait_for_timeout(_SETTLED_MS)
    if sheet.file:
        chosen = {"name": "diary.csv", "mimeType": "text/csv", "buffer": sheet.file.encode()}
        page.locator("input[type=file]").set_input_files(chosen)
    for tap in sheet.taps:
        page.locator(tap).click()
        page.wait_for_load_state()
        if sheet.file:
            page.get_by_role("heading", name="Reading the file").wait_for(state="hidden")
    page.wait_for_timeout(_SETTLED_MS)


def _leave_waiting(page: Page, url: str) -> None:
    """Save a night that does not reach the diary; a last word that outlives its page would pass the route by."""
    page.add_init_script("addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true)")
    page.route("**/facts/", lambda route: route.abort())
    page.goto(url + "/log/")
    page.locator("input[name=severity][value='4']").check()
    page.locator("#save").click()
    page.wait_for_timeout(_SETTLED_MS)


if __name__ == "__main__":
    main()
