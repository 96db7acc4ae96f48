"""`quietlegs serve`: the pages, on this machine alone unless a group is hosted."""

from typing import Annotated

import typer

from quietlegs.cli.options import within
from quietlegs.cli.store import server
from quietlegs.words.catalogue import _

_TAKEN = 2


def serve(
    port: Annotated[int, typer.Option(callback=within(1, 65535), help="The port on this machine, 1 to 65535.")] = 8000,
    *,
    host: Annotated[
        str, typer.Option(help="The address to listen at; another than this machine's own only for a hosted group.")
    ] = "127.0.0.1",
    demo: Annotated[bool, typer.Option("--demo", help="Show the simulated person.")] = False,
    reminders: Annotated[
        bool, typer.Option(help="Send reminders beside it; without, start `quietlegs worker` by yourself.")
    ] = True,
) -> None:
    """Show quietlegs in the browser until Ctrl-C; without a hosted group nothing outside this machine can reach it."""
    try:
        server()(port, host=host, demo=demo, reminders=reminders)
    except OSError as error:
        if error.filename is not None:
            raise  # The data folder, not the port.
        typer.echo(
            _(
                "Port {port} cannot be used: {reason}. Try another one: quietlegs serve --port 8001",
                port=port,
                reason=error.strerror,
            ),
            err=True,
        )
        raise typer.Exit(_TAKEN) from error
