"""Write docs/cli.md from the help of every command; ``--check`` fails when it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from zhihuan.cli import main as zhihuan

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """# Command line

Written by `scripts/write_cli_reference.py` from the commands' own help; do not edit.
"""


def reference() -> str:
    """The whole page: one section a command, in the order of the names."""
    return HEAD + "".join(_sections(zhihuan, "zhihuan", None))


def _sections(command: click.Command, path: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(
        command, info_name=path.rsplit(maxsplit=1)[-1], parent=parent, terminal_width=96
    )
    yield f"\n## `{path}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                yield from _sections(found, f"{path} {name}", context)


def main() -> int:
    """Write the page, or with ``--check`` compare it; the exit code tells."""
    if "--check" not in sys.argv:
        PAGE.write_text(reference(), "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == reference():
        return 0
    print("docs/cli.md is stale; run: python scripts/write_cli_reference.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
