"""Whatever a keyboard comes to can be seen: no bar or button that stays on the screen lies over it (WCAG 2.4.11)."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import RunningServer
from tests.browser.test_learn_library import OPEN_ALL

pytestmark = pytest.mark.browser

_MOST_STOPS = 150
# Of nine places on what has the focus, how many belong to it; none where it lies under something else.
SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const seen = one.closest('label') ?? one;
  const box = seen.getBoundingClientRect();
  const thirds = [0.1, 0.5, 0.9];
  const found = thirds.flatMap((x) => thirds.map((y) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)));
  const own = found.filter((top) => top && (seen.contains(top) || top.contains(seen)));
  return [`${one.tagName} ${one.textContent.trim() || one.getAttribute('name')}`.slice(0, 60), own.length];
}"""


@pytest.mark.parametrize("size", [(390, 844), (320, 640)])
@pytest.mark.parametrize("path", ["/", "/log/", "/learn/trial/", "/report/", "/wishes/"])
@pytest.mark.sweep
def test_it_hides_nothing_that_has_the_focus(page: Page, demo: RunningServer, path: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(demo.url + path)
    page.evaluate(OPEN_ALL)
    stops = []
    for _stop in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(SEEN)
        if found is None:
            break
        stops.append(found)

    assert len(stops) > 10
    assert [name for name, own in stops if not own] == []
