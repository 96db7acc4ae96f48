"""Writes every command's own help into commands.md, so that page and program say the same."""

from collections.abc import Iterator
from pathlib import Path

import click
from typer.main import get_command

from quietlegs.cli.main import app

PAGE = Path(__file__).with_name("commands.md")
HEAD = """# Commands

Written by `make docs` from the program's own help. Bad input ends with exit code 2 and changes nothing.
"""


def main() -> None:
    """Write the page."""
    parts = [HEAD]
    for name, command in every(get_command(app)):
        parts.append(f"## quietlegs {name}\n\n{(command.help or '').strip()}\n")
        rows = [_row(option) for option in command.params]
        if rows:
            parts.append("| option | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def every(group: click.Command, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield each command with its full name, and those of a group after it."""
    for name, command in getattr(group, "commands", {}).items():
        yield before + name, command
        yield from every(command, f"{before}{name} ")


def _row(option: click.Parameter) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    default = "" if option.default in (None, False) else f"`{option.default}`"
    return f"| {names} | {getattr(option, 'help', None) or ''} | {default} |"


if __name__ == "__main__":
    main()
