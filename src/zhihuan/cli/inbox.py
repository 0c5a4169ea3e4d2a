"""``zhihuan inbox``: the kept to-dos, made anew."""

from __future__ import annotations

import click

from zhihuan.cli._platform import start


@click.group("inbox")
def command() -> None:
    """Look after the to-dos that are kept for every running matter.

    Run it with the environment of the platform (ZHIHUAN_HOME, ZHIHUAN_DATABASE_URL). The platform may
    go on working.
    """
    start()


@command.command("renew")
def renew() -> None:
    """Make the to-dos and watched clocks of every running matter anew.

    Needed after somebody has written to the database by hand. Doing it again is harmless.
    """
    from zhihuan.bureau.inbox.renewing import renew_all

    click.echo(f"{renew_all()} matters")
