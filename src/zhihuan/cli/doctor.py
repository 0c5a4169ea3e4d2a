"""``zhihuan doctor``: what is wrong here, why it matters, and how to mend it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zhihuan.web.doctor.diagnosis import Diagnosis

    Said = Sequence[tuple[str, Diagnosis]]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.option("--deep", is_flag=True, help="Also open a snapshot of the embedded store (minutes).")
@click.option("--all", "show_all", is_flag=True, help="Also show what is fine.")
@click.option("--only", multiple=True, metavar="CHECK", help="Only this check. Repeatable.")
def command(as_json: bool, deep: bool, show_all: bool, only: tuple[str, ...]) -> None:
    """Look at the whole installation and say what is wrong and how to mend it.

    Changes nothing and may run beside the platform. Run it as the account, and with the
    environment, of the platform. Exits with 0 when all is fine, 1 when there are warnings, 2 when
    there are errors.
    """
    said = _examined(deep, only)
    if as_json:
        _print_json(said)
    else:
        _print_table([each for each in said if show_all or each[1].level], len(said))
    sys.exit(max((int(each.level) for _, each in said), default=0))


def _examined(deep: bool, only: tuple[str, ...]) -> Said:
    from zhihuan.web.environment import BadSettingError
    from zhihuan.web.start import set_up

    try:
        set_up()
    except BadSettingError as error:
        raise click.ClickException(f"{error}; nothing else can be looked at before") from error
    from django.conf import settings
    from django.utils import timezone

    from zhihuan.web.doctor.examining import all_checks, examine
    from zhihuan.web.doctor.patient import Patient

    known = all_checks()
    if unknown := sorted(set(only) - known.keys()):
        raise click.BadParameter(
            f"{unknown[0]!r} is no check; one of {', '.join(known)}", param_hint="--only"
        )
    wanted = {name: look for name, look in known.items() if not only or name in only}
    return list(examine(Patient(settings, timezone.now(), deep), wanted))


def _print_json(said: Iterable[tuple[str, Diagnosis]]) -> None:
    import json

    findings = [each.facts(check) for check, each in said]
    click.echo(json.dumps({"findings": findings}, ensure_ascii=False, indent=1))


def _print_table(shown: Said, looked_at: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from zhihuan.web.doctor.diagnosis import Level

    console = Console()
    table = Table("", "check", "what, why, how to mend", show_lines=True)
    style = {Level.FINE: "green", Level.WARNING: "yellow", Level.ERROR: "bold red"}
    for check, each in sorted(shown, key=lambda one: -one[1].level):
        lines = [each.what, each.why, f"→ {each.mend}" if each.mend else ""]
        table.add_row(
            Text(each.level.name, style[each.level]), check, Text("\n".join(filter(None, lines)))
        )
    if shown:
        console.print(table)
    worse = sum(1 for _, each in shown if each.level)
    console.print(f"{looked_at} things looked at, {worse} to mend")
