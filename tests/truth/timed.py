"""What `make bench` measured: times, as ratios within one run, and how far the estimate is from sampling it."""

from pathlib import Path
from typing import Any

from tests.truth.measured import Measured
from tests.truth.tables import Row, table

TIMED = Path(__file__).with_name("timed.json")
_ESTIMATE_MS, _LOOK_MS, _REPLAY_S = 3.0, 20.0, 0.5
_NUTS, _SARIMAX = 1_000, 10
_AGREE, _DIARIES = 0.03, 20
_STRAIGHT = 1.5


def timed_section(timed: Measured) -> tuple[list[Row], str]:
    """Return the rows and the text about times, and about NUTS."""
    kept = timed.kept
    rows = [*_agreement(kept.get("nuts")), *_times(kept.get("times")), *_growth(kept.get("nights"))]
    rows.append(Row("published answers", "to the digits printed there", "`pytest tests/golden` holds them", kept=True))
    return rows, _text(kept)


def _agreement(nuts: dict[str, Any] | None) -> list[Row]:
    figure, wanted = "posterior against NUTS on the same model", "mean and SD within 3 % of the SD"
    if not nuts:
        return [Row(figure, wanted, "-", None)]
    mean, sd, noise = nuts["mean_off"], nuts["sd_off"], nuts["sampling_noise"]
    told = f"mean off by {mean:.1%} at most, SD by {sd:.1%}, {nuts['diaries']} diaries (sampling noise {noise:.1%})"
    # Fewer diaries than are asked for are shown, but decide nothing.
    return [Row(figure, wanted, told, kept=max(mean, sd) <= _AGREE if nuts["diaries"] >= _DIARIES else None)]


def _times(times: dict[str, float] | None) -> list[Row]:
    figures = ("time of one estimate", "time of one look (10,000 schedules)", "time of a replay of 77 looks")
    wanted = (f"{_ESTIMATE_MS:g} ms", f"{_LOOK_MS:g} ms", f"{_REPLAY_S:g} s")
    if not times:
        return [Row(figure, wish, "-", None) for figure, wish in zip(figures, wanted, strict=True)]
    estimate, look, replay = times["estimate_ms"], times["look_ms"], times["replay_s"]
    rows = [
        Row(
            figures[0],
            wanted[0],
            f"{times['estimate_best_ms']:.1f} ms best, {estimate:.1f} ms middle",
            estimate <= _ESTIMATE_MS,
        ),
        Row(figures[1], wanted[1], f"{look:.1f} ms middle", look <= _LOOK_MS),
        Row(figures[2], wanted[2], f"{replay:.2f} s middle", replay <= _REPLAY_S),
    ]
    for name, key, wish in (("NUTS, 4 chains", "nuts_s", _NUTS), ("SARIMAX(1,0,0) with arms", "sarimax_s", _SARIMAX)):
        ratio = 1_000 * times[key] / estimate if key in times else None
        told = "-" if ratio is None else f"{ratio:,.0f} x"
        rows.append(
            Row(f"estimate against {name}", f"{wish:,} x faster", told, None if ratio is None else ratio >= wish)
        )
    return rows


def _growth(nights: dict[str, list[float]] | None) -> list[Row]:
    if not nights:
        return [Row("time against nights, 30 to 3,650", "linear", "-", None)]
    first, *_, last = zip(nights["nights"], nights["estimate_ms"], strict=True)
    told = f"{last[0] / first[0]:.0f} x the nights take {last[1] / first[1]:.1f} x the time"
    return [
        Row("time against nights, 30 to 3,650", "linear", told, last[1] / first[1] <= _STRAIGHT * last[0] / first[0])
    ]


def _text(kept: dict[str, Any]) -> str:
    if "times" not in kept:
        return "## Times\n\nNot measured yet: `make bench`.\n"
    machine, nights = kept["machine"], kept["nights"]
    rows = zip(nights["nights"], (f"{ms:.1f}" for ms in nights["estimate_ms"]), strict=True)
    return f"""## Times

`make bench`, one core, 90 nights, 3 arms, 20 % missing. {machine}. Times depend on the machine and on what else
it does; the ratios are within one run. NUTS is NumPyro, 4 chains one after another, 1,000 + 1,000 draws,
compilation included.

{table(("nights", "one estimate, ms"), rows)}
"""
