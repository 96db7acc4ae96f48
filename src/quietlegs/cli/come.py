"""How far the reading of a file has come, as a bar in the terminal."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

# Once for its digest, once for what is in it.
_PASSES = 2


@contextmanager
def shown(file: Path, passes: int = _PASSES) -> Iterator[Callable[[int], None]]:
    """Show a bar as long as a file is read, where somebody looks; it is told of bytes."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(file.name, total=passes * file.stat().st_size)
        yield lambda count: bar.advance(task, count)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait for the end of what is done as a whole."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
