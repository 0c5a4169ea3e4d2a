"""``zhihuan inspection``: draws computed again, credit classes of firms."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click

from zhihuan.cli._platform import start


@click.group("inspection")
def command() -> None:
    """Draws of random inspections, and what weighs in them."""


@command.command("draw-verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def draw_verify(file: Path) -> None:
    """Compute the draw in FILE (draw.json of a published plan) again; status 1 where it does not agree.

    Needs no platform and no network. The published verify.py does the same with Python alone.
    """
    from zhihuan.lines.inspection.drawing import differences

    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        found = differences(told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise click.ClickException(f"{file} is no record of a draw: {error!r}") from error
    for each in found:
        click.echo(each)
    if found:
        raise click.ClickException(f"{len(found)} differences")
    click.echo(f"{len(told['result'])} results agree")


@command.command("standings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def standings(file: Path) -> None:
    """Take credit classes of firms from FILE: a CSV table with code, credit (A to D), since, source.

    A class of a firm and day that is there already is left as it is. Nothing is taken when a line is wrong.
    """
    start()
    from zhihuan.lines.inspection.standings import StandingsError, load_standings

    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    try:
        added = load_standings(rows)
    except StandingsError as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(f"{added} of {len(rows)} credit classes are new")
