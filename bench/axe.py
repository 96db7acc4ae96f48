"""What axe finds on every page of the user guide, in every theme: on a phone, and at 320 px. Nothing is wanted.

The pages, the taps made on them and the diaries behind them are those of `docs/using/page_pictures.py`. What is folded
up is opened first, so that it is looked at too.
"""

import sys
import tempfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from page_pictures import PHONE, SHEETS, THEMES, Sheet, opened, visited
from playwright.sync_api import Browser, sync_playwright

NARROW = (320, 640)
_OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


def found(browser: Browser, sheet: Sheet, url: str, theme: str, size: tuple[int, int]) -> list[str]:
    """Return what axe finds on one page in one look, each with the places where."""
    with opened(browser, sheet, url, theme, size) as page:
        page.evaluate(_OPEN_ALL)
        violations = Axe().run(page).response["violations"]
    return [f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'])}" for one in violations]


def row(browser: Browser, sheet: Sheet, url: str) -> int:
    """Print a page's counts and what was found; return how much."""
    looks = [(theme, PHONE) for theme in THEMES] + [("light", NARROW)]
    each = [found(browser, sheet, url, theme, size) for theme, size in looks]
    print(f"{sheet.name:<18}" + "".join(f"{len(one):>12}" for one in each), flush=True)
    for one in dict.fromkeys(line for lines in each for line in lines):
        print(f"    {one}")
    return sum(map(len, each))


def main() -> int:
    """Print the table; return 1 when anything was found."""
    print("violations by axe")
    print(f"{'':<18}" + "".join(f"{name:>12}" for name in (*THEMES, "light, 320")))
    many = 0
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        many += sum(row(*looked_at) for looked_at in visited(SHEETS, Path(home), playwright))
    print(f"{len(SHEETS)} pages: {many} violations, 0 wanted")
    return 1 if many else 0


if __name__ == "__main__":
    sys.exit(main())
