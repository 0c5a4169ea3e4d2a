"""``zhihuan manage …``: Django's management commands, with this project's settings."""

from __future__ import annotations

import sys

import click


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run a Django management command, e.g. `zhihuan manage showmigrations`."""
    from zhihuan.web.start import set_up

    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zhihuan manage", *(arguments or ("help",))])
    sys.exit(0)
