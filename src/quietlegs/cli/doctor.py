"""`quietlegs doctor`: what is installed, where the data lies, whether the database is sound."""

import platform
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from quietlegs.cli.store import examine
from quietlegs.library.load import load_library
from quietlegs.words.catalogue import _

_SHOWN = ("quietlegs", "django", "gunicorn", "pysqlite3", "numpy", "scipy")
_UNSOUND = 1


def doctor(
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Look at the simulated person's database.")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Look too at what must hold in every row.")] = False,
) -> None:
    """Look at the installation, the machine and the database; ends with 1 when something is unsafe or wrong."""
    findings = [("python", platform.python_version(), True)]
    findings += [(name, version(name), True) for name in _SHOWN]
    findings.append(_library())
    try:
        findings += examine(demo=demo, deep=deep)
    except Exception as error:  # noqa: BLE001 - whatever stops the store from opening is the finding
        findings.append(("store", str(error), False))
    table = Table(_("Looked at"), _("Found"), "", box=None)
    for name, found, good in findings:
        table.add_row(name, found, _("good") if good else f"[red]{_('wrong')}[/red]")
    Console().print(table)
    if not all(good for _, _, good in findings):
        raise typer.Exit(_UNSOUND)


def _library() -> tuple[str, str, bool]:
    library = load_library()
    return (
        "library",
        _("{movements} movements, {sources} sources", movements=len(library.exercises), sources=len(library.sources)),
        True,
    )
