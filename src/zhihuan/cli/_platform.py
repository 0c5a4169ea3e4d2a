"""What commands need that work on a platform: its settings loaded, and its accounts and bodies by name.

Everything that cannot be is told in words (``click.ClickException``), never as a traceback.
"""

from __future__ import annotations

from typing import Any

import click

__all__ = ["account_named", "organisation_named", "start"]


def start() -> None:
    """Make Django ready with the settings of the environment."""
    from zhihuan.web.environment import BadSettingError
    from zhihuan.web.start import set_up

    try:
        set_up()
    except BadSettingError as error:
        raise click.ClickException(str(error)) from error


def account_named(username: str, *, active: bool = False) -> Any:
    """The account of that name; active: one that is not disabled."""
    from zhihuan.bureau.people.models import User

    accounts = User.objects.filter(is_active=True) if active else User.objects.all()
    user = accounts.filter(username=username).first()
    if user is None:
        raise click.ClickException(f"there is no {'active ' if active else ''}account {username!r}")
    return user


def organisation_named(name: str) -> Any:
    """The one organisation of that name."""
    from zhihuan.bureau.people.models import Organisation

    found = list(Organisation.objects.filter(name=name)[:2])
    if len(found) != 1:
        number = "more than one" if found else "no"
        raise click.ClickException(f"there is {number} organisation {name!r}: --organisation NAME")
    return found[0]
