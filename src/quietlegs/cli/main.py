"""The command line: one word, one command, one file each."""

import os
import sys

# The matrices here are small, and pages have threads of their own: more for the numbers would only wait for one
# another, and a judged page takes half as long again. It counts only before numbers are loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer

from quietlegs.cli.accounts import accounts
from quietlegs.cli.back import back
from quietlegs.cli.backup import backup
from quietlegs.cli.bring_in import bring_in
from quietlegs.cli.demo import demo
from quietlegs.cli.doctor import doctor
from quietlegs.cli.erase import erase
from quietlegs.cli.export import export
from quietlegs.cli.learn import learn
from quietlegs.cli.log import log
from quietlegs.cli.pause import pause
from quietlegs.cli.relief import relief
from quietlegs.cli.report import report
from quietlegs.cli.restore import restore
from quietlegs.cli.safety import safety
from quietlegs.cli.serve import serve
from quietlegs.cli.server_key import server_key
from quietlegs.cli.speaking import asked_for
from quietlegs.cli.store import why_not
from quietlegs.cli.tonight import tonight
from quietlegs.cli.trial import trial
from quietlegs.cli.worker import worker
from quietlegs.words.language import speak

_STOPPED = 1

app = typer.Typer(
    name="quietlegs",
    help="Self-care for restless legs: calm them now, keep a diary, find out what works for you.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
for _command in (
    relief,
    log,
    tonight,
    pause,
    back,
    learn,
    serve,
    worker,
    safety,
    demo,
    doctor,
    export,
    report,
    backup,
    restore,
    erase,
):
    app.command()(_command)
app.command("import")(bring_in)
app.add_typer(trial)
app.add_typer(server_key)
app.add_typer(accounts)


def run() -> None:
    """Start the command that the words on the command line name; what the machine refuses is told in a sentence."""
    speak(asked_for())
    try:
        app()
    except Exception as error:
        told = why_not(error)
        if told is None:
            raise
        typer.echo(told, err=True)
        _give_up()


def _give_up() -> None:
    """End with 1; what the terminal did not take must not be tried again on the way out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    sys.exit(_STOPPED)


if __name__ == "__main__":
    run()
