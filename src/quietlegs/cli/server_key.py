"""`quietlegs server-key`: the key that a group's server locks every diary's own key with."""

import typer

from quietlegs.cli.store import server_keys
from quietlegs.words.catalogue import _, ngettext

server_key = typer.Typer(name="server-key", help="The key of a server that hosts a group.", no_args_is_help=True)


@server_key.command()
def new() -> None:
    """Print a fresh key. Keep it where no copy of the database goes: without it nobody can read the diaries again."""
    typer.echo(server_keys().new_server_key())


@server_key.command()
def rotate() -> None:
    """Lock every diary's key with the server's first key, after a new one was put before the old."""
    count = server_keys().lock_anew()
    typer.echo(
        ngettext("{count} diary is locked with the first key.", "{count} diaries are locked with the first key.", count)
    )
    typer.echo(_("The other keys open nothing more in this database. Older copies of it still need them."))
