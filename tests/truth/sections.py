"""One section of the validation page for each study: its row in short, and its table cell by cell."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scipy.special import chdtrc
from tests.truth.measured import Measured
from tests.truth.studies import STUDIES, Cell, Study, Sums
from tests.truth.tables import Row, Share, diaries_of, noise, table

_ERROR, _POWER, _PROMISED = 0.05, 0.95, 0.8
_LOW, _HIGH = 0.93, 0.97
_BIAS = 0.1
_AIMS = {"low": 0.1, "middle": 0.5, "high": 0.9}
Section = tuple[list[Row], str]


class Of(NamedTuple):
    """A cell that was measured, with its sums."""

    cell: Cell
    sums: Sums

    def share(self, name: str, of: str = "diaries") -> Share:
        """Return one count as a share."""
        return Share(self.sums[name], self.sums[of])

    @property
    def bias(self) -> float:
        """How far the estimate is off on average."""
        return self.sums["off"] / self.sums["diaries"]

    @property
    def bias_noise(self) -> float:
        """Two Monte Carlo standard errors of the bias."""
        spread = self.sums["squared"] / self.sums["diaries"] - self.bias**2
        return float(2 * (spread / self.sums["diaries"]) ** 0.5)


def study_of(name: str) -> Study:
    """Return a study by its name."""
    return {study.name: study for study in STUDIES}[name]


def cells_of(measured: Measured, name: str) -> list[Of]:
    """Return the cells of a study that have any diaries."""
    study = study_of(name)
    found = [Of(cell, measured.sums(study, cell)) for cell in study.cells]
    return [of for of in found if of.sums["diaries"]]


def false_claims(measured: Measured) -> Section:
    """Claims about arms that do nothing."""
    cells, figure = cells_of(measured, "claims"), "false claims, looked at every night from night 14"
    wanted = "at most 5 % + allowance in every cell"
    if not cells:
        return [Row(figure, wanted, "-", None)], ""
    shares = [of.share("claimed") for of in cells]
    over = [share for share in shares if share.value > _ERROR + noise(_ERROR, share.of)]
    all_of = Share(sum(s.hits for s in shares), sum(s.of for s in shares))
    worst = max(shares, key=lambda share: share.value)
    told = f"{all_of} over all {len(cells)} cells; {len(over)} above the allowance; worst {worst}"
    rows = [(of.cell.name, f"{of.sums['diaries']:,.0f}", s) for of, s in zip(cells, shares, strict=True)]
    away = sum((s.value - _ERROR) ** 2 / (_ERROR * (1 - _ERROR) / s.of) for s in shares)
    done, allowed = diaries_of(s.of for s in shares), 100 * noise(_ERROR, shares[0].of)
    text = f"""## False claims

No arm does anything. A claim at any look, about any arm, either way, is false. Planned
{study_of("claims").diaries:,} diaries a cell, done {done}; the allowance is {allowed:.1f} points with
{shares[0].of:,.0f} diaries. All cells together: {all_of} of {all_of.of:,.0f} diaries, give or take
{100 * all_of.noise:.1f} points. Were the chance 5 % in every cell, shares would differ from it and from one
another at least as much as these do with a chance of {chdtrc(len(cells), away):.2f} (chi-squared).

{table(("cell", "diaries", "claimed"), rows)}
"""
    return [Row(figure, wanted, told, not over)], text


def power(measured: Measured) -> Section:
    """The claim's power as a part of the oracle's."""
    figure, wanted = "power of the claim, looked at every night", "at least 95 % of the oracle's in every cell"
    oracle = {of.cell.name: of for of in cells_of(measured, "oracle")}
    cells = [of for of in cells_of(measured, "power") if of.cell.name in oracle]
    if not cells:
        return [Row(figure, wanted, "-", None)], ""
    ratios = [_ratio(of, oracle[of.cell.name]) for of in cells]
    kept = sum(ratio >= _POWER for ratio, _ in ratios)
    near = sum(ratio < _POWER <= ratio + allowed for ratio, allowed in ratios)
    lowest = min(ratio for ratio, _ in ratios)
    told = f"{kept} of {len(cells)} cells; {near} more within the allowance; lowest {100 * lowest:.0f} %"
    rows = [
        (
            of.cell.name,
            of.share("right"),
            base.share("looks"),
            base.share("once"),
            f"{100 * ratio:.0f} +- {100 * e:.0f} %",
        )
        for of, (ratio, e) in zip(cells, ratios, strict=True)
        for base in [oracle[of.cell.name]]
    ]
    wrong = Share(sum(of.sums["wrong"] for of in cells), sum(of.sums["diaries"] for of in cells))
    done = diaries_of(of.sums["diaries"] for of in cells)
    text = f"""## Power

One arm acts. A right claim names it and its direction by the last night. The oracle knows autocorrelation,
spread and trend, looks on the same nights and spends alike, with critical values from 20,000 people of its own
without effect; its power is from 4,000 others. Planned {study_of("power").diaries} diaries a cell, done {done}.
Claims about another arm or the wrong way: {wrong} of all diaries.

The oracle weighs nights as if they were bell-shaped with the cell's phi: with flares it is no ceiling, and the
claim may well beat it. With long blocks there are few rounds, and a test that must learn the spread from the
same nights pays for it, as a t test with few degrees of freedom does.

{table(("cell", "claim", "oracle", "oracle, one look", "claim as part of the oracle"), rows)}
"""
    return [Row(figure, wanted, told, all(ratio >= _POWER for ratio, _ in ratios))], text


def _ratio(of: Of, oracle: Of) -> tuple[float, float]:
    """Return the claim's power as a part of the oracle's, and the allowance, which counts the claim's noise alone."""
    known = oracle.share("looks").value
    return of.share("right").value / known, of.share("right").noise / known


def coverage(measured: Measured) -> Section:
    """Intervals at one look."""
    cells, figure, wanted = cells_of(measured, "coverage"), "interval coverage, one look", "93 to 97 % in every cell"
    if not cells:
        return [Row(figure, wanted, "-", None)], ""
    shares = [of.share("covered") for of in cells]
    inside = sum(_LOW <= share.value <= _HIGH for share in shares)
    far = sum(not _LOW - s.noise <= s.value <= _HIGH + s.noise for s in shares)
    all_of = Share(sum(s.hits for s in shares), sum(s.of for s in shares))
    lowest = min(shares, key=lambda share: share.value)
    told = f"{all_of} over all; {inside} of {len(cells)} cells; {far} further off than the allowance; lowest {lowest}"
    done = diaries_of(s.of for s in shares)
    text = f"""## Coverage and bias of the estimate

How often the 95 % interval holds the truth at one look at the end, and how far the estimate is off on average,
in points. {done} diaries a cell. Where an arm acts and extremes are missing, nights are missing because of the
arm, and the estimate is biased towards 0: no analysis of the answered nights alone can tell.

{_covered(cells)}
"""
    return [Row(figure, wanted, told, inside == len(cells))], text


def carried(measured: Measured) -> Section:
    """Bias when part of the effect is felt on the night after."""
    cells, figure = cells_of(measured, "carried"), "bias with carry-over 0.3, 0.5 declared"
    wanted = "less than 0.1 point"
    if not cells:
        return [Row(figure, wanted, "-", None)], ""
    worst = max(abs(of.bias) for of in cells)
    text = f"""## Carry-over

An arm that acts by -1 point, of which a share is felt on the night after; carry-over declared.

{_covered(cells)}
"""
    return [Row(figure, wanted, f"largest {worst:.2f} points, {len(cells)} cells", worst < _BIAS)], text


def _covered(cells: list[Of]) -> str:
    rows = [(of.cell.name, of.share("covered"), f"{of.bias:+.2f} +- {of.bias_noise:.2f}") for of in cells]
    return table(("cell", "covered", "bias"), rows)


def as_needed(measured: Measured) -> Section:
    """Stretching because the legs are bad."""
    cells, figure = cells_of(measured, "as needed"), "stretching because the legs are bad (true effect -1)"
    wanted = "the answer by assignment covers -1 in 93 to 97 %; patterns give no verdict"
    if not cells:
        return [Row(figure, wanted, "-", None)], ""
    rows, kept = [], True
    for of in cells:
        share, diaries = of.share("covered"), of.sums["diaries"]
        kept &= _LOW <= share.value <= _HIGH and of.sums["refused"] == diaries
        means, regression, assigned = (
            f"{of.sums[name] / diaries:+.2f}" for name in ("means", "regression", "assigned")
        )
        rows.append((of.cell.name, means, regression, assigned, str(share), str(of.share("refused"))))
    done = diaries_of(of.sums["diaries"] for of in cells)
    text = f"""## The as-needed trap

In the evening a routine is drawn by lot; it acts by -1 point. Apart from it the person stretches when the legs
are already bad, and that acts by -1 point too. Whoever compares the nights with stretching and those without
it, by means or by AR(1) regression with the routine beside it, finds the opposite of the truth. The routine's
effect is estimated by what was assigned. How steeply stretching follows bad legs was set so that means come out
about as far off as in the lab run that this repeats. {done} diaries.

{table(("cell", "means", "regression", "by assignment", "covers -1", "patterns refuse"), rows)}
"""
    _, means, regression, assigned, covers, refused = rows[0]
    found = f"means {means}, regression {regression}; by assignment {assigned}, covers {covers}; refused {refused}"
    return [Row(figure, wanted, found, kept)], text


def planned(measured: Measured) -> Section:
    """Calibration of the N that planning names."""
    cells, figure = cells_of(measured, "planned"), "nights planned for 80 % power"
    wanted = "80 % find the effect by then, less the allowance"
    if not cells:
        return [Row(figure, wanted, "-", None)], ""
    rows = [(of.cell.name, f"{of.sums['nights'] / of.sums['diaries']:.0f}", of.share("found")) for of in cells]
    shares = [of.share("found") for of in cells]
    kept = all(s.value + s.noise >= _PROMISED for s in shares)
    done = diaries_of(s.of for s in shares)
    text = f"""## Nights planned

`plan_nights` names N for a difference of 1 point with 80 % power, looked at every night. Of {done} simulated
people a cell, so many had their claim by N. N is whole rounds.

{table(("cell", "N", "claimed by N"), rows)}
"""
    found = f"{min(shares, key=lambda s: s.value)} to {max(shares, key=lambda s: s.value)} in {len(cells)} cells"
    return [Row(figure, wanted, found, kept)], text


def more(measured: Measured) -> Section:
    """Calibration of "about N more nights"."""
    cells, figure = cells_of(measured, "more"), '"about N more nights", said on night 30'
    wanted = "10, 50, 90 % have their verdict by low end, N, high end, give or take the allowance"
    if not cells:
        return [Row(figure, wanted, "-", None)], ""
    rows = [(of.cell.name, f"{of.sums['open']:.0f}", *_ends(of)) for of in cells]
    text = f"""## Nights still needed

Said on the 30th night of 120 to people whose effect was drawn with a mean of 0 and an SD of 1; the verdict (a
claim, or "not worth it") was then waited for. A range is as wide as it should be when a tenth have their
verdict by its low end, half by its middle and nine tenths by its high end, counted among those for whom that
end lies within the trial. The last columns: expected and real share that has a verdict by the end.

{table(("cell", "asked", "by the low end", "by the middle", "by the high end", "end: expected", "end: real"), rows)}
"""
    ends = [(of.share(f"by_{name}", name), aim) for of in cells for name, aim in _AIMS.items() if of.sums[name]]
    kept = all(abs(share.value - aim) <= noise(aim, share.of) for share, aim in ends)
    told = "; ".join(", ".join(map(str, [*_ends(of)][: len(_AIMS)])) for of in cells)
    return [Row(figure, wanted, told, kept)], text


def _ends(of: Of) -> Iterator[Share]:
    for name in _AIMS:
        yield of.share(f"by_{name}", name)
    yield of.share("expected", "open")
    yield of.share("ended", "open")


def wager(measured: Measured) -> Section:
    """The e-process."""
    cells, figure = cells_of(measured, "wager"), "e-process without a horizon, false or wrong"
    wanted = "at most 5 % + allowance in every cell"
    if not cells:
        return [Row(figure, wanted, "-", None)], ""
    wrong = [of.share("wrong") for of in cells]
    rows = [(of.cell.name, of.share("right"), share) for of, share in zip(cells, wrong, strict=True)]
    text = f"""## The wager

The e-process, valid for ever, by the last of about 90 nights; {diaries_of(s.of for s in wrong)} diaries a cell.

{table(("cell", "right", "false or wrong"), rows)}
"""
    kept = all(share.value <= _ERROR + noise(_ERROR, share.of) for share in wrong)
    return [Row(figure, wanted, f"worst {max(wrong, key=lambda s: s.value)}, {len(cells)} cells", kept)], text


SECTIONS: tuple[Callable[[Measured], Section], ...] = (
    false_claims,
    power,
    coverage,
    carried,
    as_needed,
    planned,
    more,
    wager,
)
