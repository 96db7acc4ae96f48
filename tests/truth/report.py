"""The page that the measurements make: docs/methods/validation.md. Nothing on it is written by hand."""

from pathlib import Path

from tests.truth.measured import Measured
from tests.truth.relief_section import relief
from tests.truth.sections import SECTIONS
from tests.truth.tables import summary
from tests.truth.timed import TIMED, timed_section

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "validation.md"
_HEAD = """# Validation: what was measured

Written by a tool; do not edit. `make slow` simulates people whose answer is known (`tests/truth`), `make bench`
takes times (`bench/trials.py`); both write this page. The counts behind it are in `tests/truth/measured.json`
and `tests/truth/timed.json`. The seed was fixed beforehand; a run that was cut off goes on where it stopped, so
a cell may have fewer diaries than planned: each table says how many. A miss is printed as a miss.

"Allowance" is two Monte Carlo standard errors. With 41 cells that each hold 5 % exactly, about one is expected
above it.

## In short

"""
_CELLS = """
## The cells

A simulated person has an autocorrelation (phi), a spread (SD, 2 points where not said), a share of missing
nights, a number of arms and a block length, and perhaps one more peculiarity. About 90 nights, whole rounds.
The full product of all these would be thousands of cells. Chosen were:

- every autocorrelation (-0.2, 0, 0.3, 0.5, 0.8) with every kind of missing nights (0, 20, 40 %; extremes), 3
  arms, 1-night blocks;
- around autocorrelations 0.5 and 0.8 with 20 % missing, one change at a time: blocks of 2 and 3 nights, 2 and 4
  arms, a trend of 3 points, 1 point more on Friday and Saturday, flares, whole answers piled at 0 with SD 2 and
  1, and 2 arms in 3-night blocks with 40 % missing;
- everything bad at once.

*Extremes*: nights further than 1.15 SD from the middle are left out with a chance of 0.5, others with 0.1. It
goes by how the night was felt. Where an arm acts, it therefore moves nights into or out of these extremes, so
nights are then missing because of the arm.
*Flares*: skewed nights, and clusters of bad ones that begin on 5 of 100 nights. phi is then that of the skewed
part alone.
*Whole, piled at 0*: answers rounded to 0-10 around a level so low that about a quarter of the comparator's
nights are at 0. The truth is then the difference of the mean answers after rounding.
"""


def page(measured: Measured, timed: Measured | None = None) -> str:
    """Return the page."""
    found = [section(measured) for section in (*SECTIONS, relief)] + [timed_section(timed or Measured.of(TIMED))]
    rows = [row for rows, _ in found for row in rows]
    return _HEAD + summary(rows) + "\n" + _CELLS + "".join(f"\n{text.strip()}\n" for _, text in found)
