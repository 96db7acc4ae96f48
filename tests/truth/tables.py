"""Tables of the validation page: what was wanted, what was measured, and whether it was kept."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_ALLOWANCE = 2.0


class Share(NamedTuple):
    """So many of so many, as a share with its Monte Carlo error."""

    hits: float
    of: float

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.hits / self.of

    @property
    def noise(self) -> float:
        """Two Monte Carlo standard errors of the share."""
        return noise(self.value, self.of)

    def __str__(self) -> str:
        """Per cent, with one digit after the point."""
        return f"{100 * self.value:.1f} %"


class Row(NamedTuple):
    """One figure of the specification; `kept` is None where nothing was measured yet."""

    figure: str
    wanted: str
    measured: str
    kept: bool | None


def noise(share: float, of: float) -> float:
    """Return two Monte Carlo standard errors of a share."""
    return float(_ALLOWANCE * (share * (1 - share) / of) ** 0.5)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [list(heads), ["---"] * len(heads), *([str(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def summary(rows: Iterable[Row]) -> str:
    """Return the table of figures."""
    words = {True: "yes", False: "**no**", None: "not measured yet"}
    return table(
        ("figure", "wanted", "measured", "kept?"), [(r.figure, r.wanted, r.measured, words[r.kept]) for r in rows]
    )


def diaries_of(counts: Iterable[float]) -> str:
    """Say how many diaries a cell has, as a range where cells differ."""
    seen = sorted({int(count) for count in counts})
    return f"{seen[0]:,}" if len(seen) == 1 else f"{seen[0]:,} to {seen[-1]:,}"
