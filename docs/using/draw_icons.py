"""Draws the icons of the home screen from the page's own icon: `python docs/using/draw_icons.py`."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGES = Path(__file__).parents[2] / "src" / "quietlegs" / "web" / "pages"
SVG = (PAGES / "frame" / "static" / "frame" / "icon.svg").read_text(encoding="utf-8")
ICONS = PAGES / "offline" / "static" / "offline"
CHROMIUM = "chromium-headless-shell"
# A maskable icon is cut to a circle or a drop: black goes to its edge, the drawing stays within four fifths.
ROUND, WHOLE = SVG, SVG.replace(' rx="14"', "")
MASKED = SVG.replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80"').replace(
    '<rect width="64" height="64" rx="14"', '<rect x="-8" y="-8" width="80" height="80"'
)
DRAWN = {
    "icon-192": (ROUND, 192),
    "icon-512": (ROUND, 512),
    "maskable-512": (MASKED, 512),
    "apple-touch-180": (WHOLE, 180),
}


def main() -> None:
    """Write the pictures."""
    ICONS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=["--no-sandbox"])
        for name, (svg, size) in DRAWN.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
            page.screenshot(path=ICONS / f"{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
