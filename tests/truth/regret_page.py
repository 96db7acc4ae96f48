"""The page on the plan as a whole: docs/methods/plan.md. All figures on it are made by the tool."""

from pathlib import Path

from tests.truth.measured import Measured
from tests.truth.regret import SIMPLE, share_of
from tests.truth.regret_causes import CAUSES
from tests.truth.regret_words import HEAD, TAIL, TOLD
from tests.truth.sections import Of, cells_of
from tests.truth.tables import Row, noise, summary, table

from quietlegs.records.tried import Choice

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "plan.md"
_HALF, _FEW = 0.5, 0.05
_POLICIES = (*SIMPLE, "plan")
_NIGHTS = 182
_COUNTED = (*(f"proposed: {choice.value}" for choice in Choice), "claimed rightly", "claimed wrongly")


def plan_page(measured: Measured) -> str:
    """Return the page."""
    usual = cells_of(measured, "regret")
    parts = [HEAD, "## In short\n", summary(_rows(usual)), ""]
    if usual:
        parts += [_spared(usual[0]), _harmed(usual[0]), _spent(usual[0]), _caused(usual[0])]
        parts.append(_elsewhere([*usual, *cells_of(measured, "regret elsewhere")]))
    return "\n".join([*parts, TAIL])


def _rows(usual: list[Of]) -> list[Row]:
    gap = "share of the gap between the article's routine and the oracle closed by week 26: (e)"
    harm = "harmed people who are still on a harmful movement in week 12: (e)"
    wanted = ("at least 50 %", "under 5 %")
    if not usual:
        return [Row(gap, wanted[0], "-", None), Row(harm, wanted[1], "-", None)]
    sums = usual[0].sums
    share, still = share_of(sums, "plan")[0], _rate(sums, "plan: still", "plan: harmed")
    told = f"{_share(sums, 'plan')} of the whole burden; {_share(sums, 'plan', 'last')} of that of the last four weeks"
    return [Row(gap, wanted[0], told, share >= _HALF), Row(harm, wanted[1], _percent(*still), still[0] < _FEW)]


def _spared(of: Of) -> str:
    rows = [
        (
            TOLD[name],
            _burden(of.sums, name, "all", _NIGHTS),
            _share(of.sums, name),
            _share(of.sums, name, "last"),
            _share(of.sums, name, to="best one"),
        )
        for name in _POLICIES
    ]
    heads = ("each evening", "burden a night", "share closed", "last 4 weeks", "share to the best single thing")
    return f"""## What is spared

{int(of.sums["diaries"])} people, {_NIGHTS} nights each; behind ± is one standard error. Burden: true severity of a
night, 0 to 10, on average. Share closed: of the gap between the article's routine and one who knows everything.

{table(heads, rows)}
"""


def _harmed(of: Of) -> str:
    rows = [
        (
            TOLD[name],
            _percent(*_rate(of.sums, f"{name}: harmed", "made worse")),
            _percent(*_rate(of.sums, f"{name}: still", f"{name}: harmed")),
            _percent(*_rate(of.sums, f"{name}: harmed then", "made worse")),
        )
        for name in _POLICIES
    ]
    heads = ("each evening", "harmed by week 8", "of these, still on it in week 12", "on any harmful one in week 12")
    return f"""## Who is harmed

Of the {int(of.sums["made worse"])} people whom exercise makes worse. Harmed: given, on at least one night of the first
eight weeks, a movement that adds 0.5 points or more. Still on it: given one of these again on a night of week 12.
The last column counts newly tried ones too, of all whom exercise makes worse.

{table(heads, rows)}
"""


def _spent(of: Of) -> str:
    sums = of.sums
    lost = sum(value for name, value in sums.items() if name.startswith("lost: "))
    gap = sums["all to oracle: gap"]
    purposes = sorted((name[6:] for name in sums if name.startswith("lost: ")), key=lambda one: -sums[f"lost: {one}"])
    nights = sum(sums[f"nights: {purpose}"] for purpose in purposes)
    rows = [
        (
            purpose,
            f"{sums[f'nights: {purpose}'] / nights:.0%}",
            f"{sums[f'lost: {purpose}'] / gap:.1%}",
            f"{sums[f'lost: {purpose}'] / sums[f'nights: {purpose}']:.2f}",
        )
        for purpose in purposes
    ]
    ends = [
        (end, *(f"{sums.get(f'{end}: {does}', 0) / sums['diaries']:.2f}" for does in ("helps", "does little", "harms")))
        for end in ("kept", "dropped")
    ]
    return f"""## Where the rest is lost

What (e) loses to one who knows everything, {lost / gap:.1%} of the gap, by what the night was for. "Helps" and
"harms" mean by 0.5 points or more.

{table(("night", "share of nights", "lost, share of the gap", "points lost a night"), rows)}

In the end, things a person:

{table(("", "that help", "that do little", "that harm"), ends)}
"""


def _caused(of: Of) -> str:
    lost = {name: of.sums[f"cause: {name}"] for name in CAUSES}
    told = {name: of.sums.get(f"count: {name}", 0) / of.sums["diaries"] for name in _COUNTED}
    rows = [(name, f"{value / sum(lost.values()):.0%}") for name, value in lost.items()]
    return f"""## Why it is lost

The same by what was on or missing, on nights on which all was done, before the scale ends at 0; each line takes away
what the lines above have left.

{table(("on a night", "share of what is lost"), rows)}

A person meets in 26 weeks {told["proposed: keep"]:.1f} proposals to keep, {told["proposed: switch"]:.1f} to switch,
{told["proposed: drop"]:.2f} to drop and {told["proposed: go_on"]:.2f} to go on, and {told["claimed rightly"]:.2f} right
and {told["claimed wrongly"]:.2f} wrong claims.
"""


def _elsewhere(cells: list[Of]) -> str:
    rows = [
        (
            of.cell.name,
            str(int(of.sums["diaries"])),
            _burden(of.sums, "article", "all", _NIGHTS),
            _burden(of.sums, "oracle", "all", _NIGHTS),
            _burden(of.sums, "plan", "all", _NIGHTS),
            _share(of.sums, "plan"),
            _percent(*_rate(of.sums, "plan: still", "plan: harmed")) if of.sums.get("plan: harmed") else "-",
        )
        for of in cells
    ]
    heads = ("people", "how many", "(a)", "(d)", "(e)", "share closed by (e)", "harmed, still on it in week 12")
    return f"""## If people are otherwise

Each line changes one assumption; the rules stay.

{table(heads, rows)}
"""


def _rate(sums: dict[str, float], hits: str, of: str) -> tuple[float, float]:
    """Return a share and its standard error."""
    count = sums.get(of, 0.0)
    if not count:
        return 0.0, 0.0
    return sums.get(hits, 0.0) / count, noise(sums.get(hits, 0.0) / count, count) / 2


def _share(sums: dict[str, float], name: str, span: str = "all", to: str = "oracle") -> str:
    return _percent(*share_of(sums, name, span, to))


def _burden(sums: dict[str, float], name: str, span: str, nights: int) -> str:
    people = sums["diaries"]
    mean = sums[f"{span} {name}: burden"] / people
    spread = sums[f"{span} {name}: burden burden"] / people - mean**2
    return f"{mean / nights:.2f} ± {(spread / people) ** 0.5 / nights:.2f}"


def _percent(share: float, error: float) -> str:
    return f"{100 * share:.1f} ± {100 * error:.1f} %"
