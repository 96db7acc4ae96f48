"""Writes every command's own help into commands.md, so that page and program say the same."""

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
    group = get_command(app)
    for name, command in group.commands.items():
        parts.append(f"## quietlegs {name}\n\n{(command.help or '').strip()}\n")
        rows = [_row(option) for option in command.params]
        if rows:
            parts.append("| option | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _row(option: click.Parameter) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    default = "" if option.default in (None, False) else f"`{option.default}`"
    return f"| {names} | {getattr(option, 'help', None) or ''} | {default} |"


if __name__ == "__main__":
    main()
