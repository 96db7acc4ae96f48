"""The section of the validation page on relief: what is claimed, covered and replayed."""

from collections.abc import Callable

from tests.truth.measured import Measured
from tests.truth.restless import Restless
from tests.truth.sections import Of, Section, cells_of
from tests.truth.tables import Row, Share, diaries_of, noise, table

from quietlegs.trials.design import ERROR

_CLAIMS = "relief: false claims, looked at after every moment"
_MODEL = "relief: coverage of the model, nothing changes"
_CHANGED = "relief: coverage of the model, the movement changed"
_WEIGHED = "relief: coverage by inverse probability"
_REPLAY = "relief: replayed p value up to 5 %, nothing acts"
_LOW, _HIGH = 0.93, 0.97
_AT_MOST, _WITHIN = "at most 5 % + allowance in every cell", "93 to 97 % in every cell"


def relief(measured: Measured) -> Section:
    """As-needed movements offered by lot."""
    cells = cells_of(measured, "relief")
    if not cells:
        wanted = ((_CLAIMS, _AT_MOST), (_MODEL, _WITHIN), (_CHANGED, _WITHIN), (_WEIGHED, _WITHIN), (_REPLAY, _AT_MOST))
        return [Row(figure, wish, "-", None) for figure, wish in wanted], ""
    steady, changed = [of for of in cells if not _later(of)], [of for of in cells if _later(of)]
    replayed = [of for of in cells if of.sums.get("replays")]
    rows = [
        _at_most(_CLAIMS, steady, lambda of: of.share("false")),
        _within(_MODEL, steady, "model"),
        _within(_CHANGED, changed, "model"),
        _within(_WEIGHED, cells, "weighed"),
        _at_most(_REPLAY, replayed, lambda of: of.share("replay_low", "replays")),
    ]
    return rows, _text(cells, replayed)


def _later(of: Of) -> bool:
    person: Restless = of.cell.person
    return person.later is not None


def _at_most(figure: str, cells: list[Of], share: Callable[[Of], Share]) -> Row:
    if not cells:
        return Row(figure, _AT_MOST, "-", None)
    shares = [share(of) for of in cells]
    over = sum(one.value > ERROR + noise(ERROR, one.of) for one in shares)
    all_of = Share(sum(one.hits for one in shares), sum(one.of for one in shares))
    worst = max(shares, key=lambda one: one.value)
    told = f"{all_of} over all {len(shares)} cells; {over} above the allowance; worst {worst}"
    return Row(figure, _AT_MOST, told, not over)


def _within(figure: str, cells: list[Of], kind: str) -> Row:
    if not cells:
        return Row(figure, _WITHIN, "-", None)
    shares = [of.share(f"{kind}_covered", "told") for of in cells]
    inside = sum(_LOW <= one.value <= _HIGH for one in shares)
    far = sum(not _LOW - one.noise <= one.value <= _HIGH + one.noise for one in shares)
    all_of = Share(sum(one.hits for one in shares), sum(one.of for one in shares))
    lowest, highest = (end(shares, key=lambda one: one.value) for end in (min, max))
    told = f"{all_of} over all; {inside} of {len(shares)} cells; {far} further off than the allowance; "
    return Row(figure, _WITHIN, f"{told}{lowest} to {highest}", inside == len(shares))


def _text(cells: list[Of], replayed: list[Of]) -> str:
    return f"""## Relief

As-needed movements offered by lot (`tests/truth/restless.py`): one moment a day, 10 % not rated. Ratings before
are whole, 6.5 on average (SD 1.5), and bad days come in a row; 0.6 of what is above 4 falls by itself, and the
noise of a drop is 1.5. So a movement that does nothing goes with a drop of about 1.5 points. *Gain*: what each
movement adds to the drop beyond the comparator's. *Spells*: the noise has that autocorrelation. *Chances used
for 10 moments*: they come from an older history, as on a phone that was offline. {_people(cells)} people a cell.

A claim is false when the movement does nothing, or the other way (at the last moment). "Said": the answer leads
with "calms best now"; wrongly, if another is best or two are. "Finds": the movement put first is the best one.

{table(("cell", "claimed", "false claims", "said", "said wrongly", "finds the best"), map(_claims, cells))}

How often the 95 % intervals of the second movement less the comparator hold the truth at one look at the end,
how far they are off on average and how wide they are, in points. The model is held against the last moment,
the others against the mean of the moments counted. *Means* compares the mean drops (Welch), *before and after*
takes the movement's own drop for its effect. People with fewer than 3 moments of either
movement are told nothing.

{_intervals(cells)}

The rule replayed 10,000 times; a share of the people of the cells in which nothing acts and chances are fresh.

{table(("cell", "people", "p up to 5 %"), map(_replays, replayed))}
"""


def _people(cells: list[Of]) -> str:
    return diaries_of(of.sums["diaries"] for of in cells)


def _claims(of: Of) -> tuple[object, ...]:
    # Where two are equally good there is no best one to find.
    now = of.cell.person.acting[-1].tolist()
    finds = of.share("best") if now.count(max(now)) == 1 else "-"
    return (of.cell.name, *(of.share(name) for name in ("claimed", "false", "said", "said_wrong")), finds)


def _intervals(cells: list[Of]) -> str:
    heads = [f"{kind}: {what}" for kind in ("model", "weighed", "means") for what in ("covers", "bias", "width")]
    return table(("cell", "told", *heads, "before and after: bias"), map(_interval, cells))


def _interval(of: Of) -> tuple[object, ...]:
    people = of.sums["told"]
    found: list[object] = [of.cell.name, f"{people:.0f}"]
    for kind in ("model", "weighed", "naive"):
        off, width = (of.sums[f"{kind}_{what}"] / people for what in ("off", "width"))
        found += [of.share(f"{kind}_covered", "told"), f"{off:+.2f}", f"{width:.1f}"]
    return (*found, f"{of.sums['bare_off'] / people:+.2f}")


def _replays(of: Of) -> tuple[object, ...]:
    return (of.cell.name, f"{of.sums['replays']:.0f}", of.share("replay_low", "replays"))
