"""The command line: one word, one command, one file each."""

import typer

from quietlegs.cli.demo import demo
from quietlegs.cli.doctor import doctor
from quietlegs.cli.export import export
from quietlegs.cli.learn import learn
from quietlegs.cli.log import log
from quietlegs.cli.relief import relief
from quietlegs.cli.serve import serve
from quietlegs.cli.tonight import tonight

app = typer.Typer(
    name="quietlegs",
    help="Self-care for restless legs: calm them now, keep a diary, find out what works for you.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
for _command in (relief, log, tonight, learn, serve, demo, doctor, export):
    app.command()(_command)


def run() -> None:
    """Start the command that the words on the command line name."""
    app()


if __name__ == "__main__":
    run()
