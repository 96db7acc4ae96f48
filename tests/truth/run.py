"""Run the truth: `python -m tests.truth.run`, by `make slow`. It can be stopped, and goes on where it was."""

import argparse
import os
import zlib
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import NamedTuple

import numpy as np
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from tests.truth.measured import Measured
from tests.truth.regret_page import PAGE as PLAN_PAGE
from tests.truth.regret_page import plan_page
from tests.truth.report import PAGE, page
from tests.truth.studies import STUDIES, Cell, Study, Sums

_SEED = 20261123
_PROCESSES = 2


class Job(NamedTuple):
    """One chunk of one cell, by its place in the list of studies: that is all that another process needs."""

    study: int
    cell: int
    chunk: int


def measure(job: Job) -> Sums:
    """Measure one chunk; its seed depends on study, version, cell and chunk alone."""
    study = STUDIES[job.study]
    cell = study.cells[job.cell]
    key = zlib.crc32(f"{study.name} {study.version} {cell.name}".encode())
    rng = np.random.Generator(np.random.PCG64([_SEED, key, job.chunk]))
    return study.measure(cell.person, study.chunk, rng)


def open_jobs(measured: Measured, share: float, only: list[str]) -> list[Job]:
    """Return the chunks that are missing, each cell's first before any cell's second."""
    jobs = [
        Job(place, at, chunk)
        for place, study in enumerate(STUDIES)
        if not only or study.name in only
        for at, cell in enumerate(study.cells)
        for chunk in range(int(measured.sums(study, cell)["chunks"]), _chunks(study, share))
    ]
    return sorted(jobs, key=lambda job: (job.chunk / _chunks(STUDIES[job.study], 1.0), job))


def _chunks(study: Study, share: float) -> int:
    return max(1, round(share * study.diaries / study.chunk))


def run(measured: Measured, jobs: list[Job], processes: int = _PROCESSES) -> None:
    """Work through the chunks; each is written down as soon as those before it in its cell are."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress, ProcessPoolExecutor(processes) as pool:
        task = progress.add_task("truth", total=len(jobs))
        for job, sums in _done(pool, jobs):
            study = STUDIES[job.study]
            cell: Cell = study.cells[job.cell]
            measured.add(study, cell, sums)
            progress.update(task, advance=1, description=f"{study.name}: {cell.name}")


def _done(pool: ProcessPoolExecutor, jobs: list[Job]) -> Iterator[tuple[Job, Sums]]:
    """Yield jobs as they end, but a cell's chunks in order, so that what is kept is always its first ones."""
    running: dict[Future[Sums], Job] = {}
    ready: dict[Job, Sums] = {}
    left = iter(jobs)
    order: dict[tuple[int, int], list[Job]] = {}
    for job in jobs:
        order.setdefault(job[:2], []).append(job)
    while True:
        while len(running) < 2 * _PROCESSES and (fresh := next(left, None)):
            running[pool.submit(measure, fresh)] = fresh
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            ready[running.pop(future)] = future.result()
        for waiting in order.values():
            while waiting and waiting[0] in ready:
                yield waiting[0], ready.pop(waiting.pop(0))


def main() -> None:
    """Measure what is missing, then write the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="what part of the diaries to do")
    parser.add_argument("--only", nargs="*", default=[], choices=[study.name for study in STUDIES])
    parser.add_argument("--processes", type=int, default=_PROCESSES, help="how many work at once")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the pages")
    asked = parser.parse_args()
    measured = Measured.of()
    if not asked.page:
        run(measured, open_jobs(measured, asked.share, asked.only), asked.processes)
    for file, told in ((PAGE, page(measured)), (PLAN_PAGE, plan_page(measured))):
        file.write_text(told, encoding="utf-8")
        print(told)  # noqa: T201  # a program run by hand that prints its tables


if __name__ == "__main__":
    # Two processes on two cores: each must keep to one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
