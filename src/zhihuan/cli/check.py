"""``zhihuan check``: is this installation set up safely? Says what is not, why, and how to mend it."""

from __future__ import annotations

import sys
from typing import Any

import click


@click.command()
@click.option(
    "--deploy", is_flag=True, help="Judge as an installation that other people can reach."
)
def command(deploy: bool) -> None:
    """Explain every unsafe setting. Exits with 1 when something must be mended.

    Without --deploy, what only matters once others can reach the platform is shown as a hint.
    """
    from zhihuan.web.environment import BadSettingError

    try:
        problems = _setting_findings(deploy) + _framework_findings(deploy)
    except BadSettingError as error:
        click.echo(f"ERROR  {error}", err=True)
        sys.exit(1)
    sys.exit(1 if problems else 0)


def _setting_findings(deploy: bool) -> int:
    """Print our own findings; how many of them must be mended."""
    from zhihuan.web.start import set_up

    set_up()
    from django.conf import settings

    from zhihuan.web.safety import findings

    found = findings(settings) + _data_findings()
    for finding in found:
        must = deploy or finding.is_error
        click.secho(f"{'ERROR' if must else 'hint '}  {finding.setting}", bold=must)
        click.echo(f"       {finding.problem}\n       → {finding.remedy}")
    if not found:
        click.echo("Settings: nothing unsafe found.")
    return len([finding for finding in found if deploy or finding.is_error])


def _data_findings() -> list[Any]:
    from django.db import OperationalError

    from zhihuan.web.data_safety import data_findings

    try:
        return data_findings()
    except OperationalError as error:
        why = " ".join(str(error).split())
        click.echo(
            f"hint   the database does not answer ({why}): accounts, devices and migrations were "
            "not judged"
        )
        return []


def _framework_findings(deploy: bool) -> int:
    """What Django's own checks say, beside what the settings check has said already."""
    from django.core import checks

    found: list[Any] = [
        message
        for message in checks.run_checks(include_deployment_checks=deploy)
        if message.id not in _SAID_ALREADY | _NOT_OURS and message.level >= checks.WARNING
    ]
    for message in found:
        click.echo(f"ERROR  {message.id}: {message.msg}\n       → {message.hint or ''}")
    return len(found)


# Django's words for what zhihuan.web.safety says in ours: HSTS, redirect, cookies, DEBUG, key, hosts.
_SAID_ALREADY = frozenset(
    f"security.W{number}" for number in ("004", "008", "009", "012", "016", "018", "020")
)
# HSTS for sub-domains and for browsers' preload lists: for whoever owns the whole domain to decide.
_NOT_OURS = frozenset({"security.W005", "security.W021"})
