"""The command line: parses, calls one function, prints.

One file per command. A module ``foo.py`` beside this one that defines ``command`` (a click
command or group) *is* ``zhihuan foo``; nothing registers it. Modules are imported only when their
command runs, so ``zhihuan --help`` stays fast.
"""

from __future__ import annotations

import importlib
import pkgutil

import click

from zhihuan import __version__

__all__ = ["main"]


class _FoundCommands(click.Group):
    """A group whose commands are the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        modules = (module.name for module in pkgutil.iter_modules(__path__))
        return sorted(name for name in modules if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name}")
        command: click.Command = module.command
        return command


@click.command(
    cls=_FoundCommands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="zhihuan")
def main() -> None:
    """智环: the online platform of a city ecology-and-environment bureau."""
