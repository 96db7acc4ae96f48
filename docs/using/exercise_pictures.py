"""Draws every step of every exercise in all themes, large and small, and each movement frame by frame, to be looked at.

`python docs/using/exercise_pictures.py` writes one picture an exercise; names of exercises after it write those alone.
"""

import shutil
import sys
from base64 import b64decode
from html import escape
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from quietlegs.library.exercise import Exercise, Step
from quietlegs.library.load import load_library
from quietlegs.library.pictures import picture

FOLDER = Path(__file__).with_name("pictures")
CHROMIUM = "chromium-headless-shell"
QUALITY = 25
LARGE, SMALL = 240, 160
LOOKS = [(theme, size) for theme in ("night", "dark", "light") for size in (LARGE, SMALL)]
STYLE = """
body { max-width: none; margin: 0; min-height: 0; display: block; }
body > * { min-width: max-content; } section { background: var(--bg); color: var(--text); padding: 6px; }
.row { display: flex; flex-wrap: nowrap; gap: 4px; align-items: flex-start; }
.cell { font-size: 14px; line-height: 1.25; } .cell p { margin: 0; }
.strip svg { width: 110px; }
.strip .f { opacity: 0; animation: none; }
"""


def main() -> None:
    """Write the pictures."""
    wanted = sys.argv[1:]
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(reduced_motion="reduce")
        for key, exercise in load_library().exercises.items():
            if not wanted or key in wanted:
                page.set_content(sheet(exercise))
                write(page, FOLDER / f"{key}.webp")
        browser.close()


def write(page: Page, path: Path) -> None:
    """Keep the whole page as WebP, which a browser writes smaller than PNG."""
    page.set_viewport_size({"width": 800, "height": 600})
    width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    page.set_viewport_size({"width": width, "height": height})
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    path.write_bytes(b64decode(taken["data"]))


def sheet(exercise: Exercise) -> str:
    """Return one page: the steps in each look, then the frames of each movement."""
    parts = [f"<h2>{escape(exercise.name)}</h2>"]
    steps = (*exercise.steps, *(way for way in exercise.other_ways if way.pose))
    for theme, size in LOOKS:
        cells = "".join(cell(exercise, step, size, said=theme == LOOKS[0][0]) for step in steps)
        parts.append(f'<section data-theme="{theme}"><div class="row">{cells}</div></section>')
    parts += [strip(exercise, name) for name in dict.fromkeys(step.pose for step in steps if step.pose)]
    return f"<html data-theme='dark'><style>{style()}</style><body>{''.join(parts)}</body></html>"


def cell(exercise: Exercise, step: Step, size: int, *, said: bool) -> str:
    """Return the drawing of one step, with its words where they are said."""
    drawn = picture(exercise, step.pose) if step.pose else ""
    words = escape(step.show) if said and size == LARGE else ""
    return (
        f'<div class="cell figure" style="width:{size}px"><div style="width:{size}px">{drawn}</div><p>{words}</p></div>'
    )


def strip(exercise: Exercise, name: str) -> str:
    """Return the frames of one movement beside one another; nothing where the drawing is still."""
    drawn = picture(exercise, name)
    shown = [number for number in range(12) if f'class="f f{number}"' in drawn]
    cells = [f'<div class="figure s{n}"><style>.strip .s{n} .f{n} {{ opacity: 1 }}</style>{drawn}</div>' for n in shown]
    title = f"{name}: {len(shown)} frames"
    return (
        f'<section class="strip" data-theme="dark"><p>{title}</p><div class="row">{"".join(cells)}</div></section>'
        if cells
        else ""
    )


def style() -> str:
    """Return the program's own style sheet; here a part of a page can have a theme of its own."""
    frame = files("quietlegs.web.pages.frame").joinpath("static/frame/frame.css").read_text(encoding="utf-8")
    return frame.replace(":root[data-theme", "[data-theme") + STYLE


if __name__ == "__main__":
    main()
