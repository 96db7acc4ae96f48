"""`quietlegs accounts`: who may sign in where a group is hosted."""

from collections.abc import Callable
from typing import Annotated

import typer

from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import desk
from quietlegs.records.bounds import RangeError
from quietlegs.words.catalogue import _

accounts = typer.Typer(name="accounts", help="Who may sign in where a group is hosted.", no_args_is_help=True)

_Email = Annotated[str, typer.Argument(help="The person's e-mail address.")]


@accounts.command()
def invite(
    email: _Email, *, send: Annotated[bool, typer.Option("--send", help="Send the link by e-mail too.")] = False
) -> None:
    """Print a link that lets somebody make an account; it is good once, for a week."""
    typer.echo(_made(lambda: desk().invite(email, send=send)))


@accounts.command()
def make_host(email: _Email) -> None:
    """Let somebody look after the accounts; where they have none yet, print a link that makes it."""
    link = _made(lambda: desk().make_host(email))
    typer.echo(link or _("{email} looks after the accounts now.", email=email))


def _made(make: Callable[[], str]) -> str:
    try:
        return make()
    except RangeError as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
