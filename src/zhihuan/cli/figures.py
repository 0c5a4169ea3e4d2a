"""``zhihuan figures``: the figures of a period, and their acts counted anew."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from zhihuan.cli._platform import start

if TYPE_CHECKING:
    from zhihuan.indicators.declaration import Indicator
    from zhihuan.indicators.periods import Period

_HEAD = ("code", "title", "unit", "now", "before")


@click.group("figures")
def command() -> None:
    """Tell what the bureau's figures are: cases, penalties, measures, transfers, clues, inspections."""
    start()


@command.command("tell")
@click.option(
    "--period", "text", default="", metavar="PERIOD", help="2026, 2026-Q3 or 2026-09 [this year]."
)
@click.option("--town", default="", metavar="CODE", help="Of this town alone [the whole city].")
@click.option(
    "--by",
    default=None,
    type=click.Choice(["month", "town", "case_type", "source", "law", "industry"]),
    help="Each told apart.",
)
@click.option(
    "--format",
    "form",
    default="csv",
    type=click.Choice(["csv", "json"]),
    show_default=True,
    help="How the rows are written.",
)
def tell(text: str, town: str, by: str | None, form: str) -> None:
    """Print every figure of PERIOD beside that of the same days a year before."""
    period = _period(text)
    rows = _told_apart(period, town, by) if by else _told(period, town)
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    head = (*_HEAD[:3], by, *_HEAD[3:]) if by else _HEAD
    writer = csv.DictWriter(sys.stdout, head, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


@command.command("recount")
def recount() -> None:
    """Count all acts anew from the events of their matters, after an upgrade that brought figures."""
    from zhihuan.indicators.keeping import recount_all

    done = sum(recount_all())
    click.echo(f"{done} matters counted anew")


@command.command("sums")
@click.option("--make", "makes", is_flag=True, help="Make all anew first.")
def sums(makes: bool) -> None:
    """Compare the kept sums that figures are read from with the acts and matters that they sum.

    Nothing is changed without --make. Status 1 where a sum differs: the lines say which, what is kept and what there is.
    """
    from zhihuan.bureau.sums.making import differences, make
    from zhihuan.web.platform.sum_jobs import every_sum

    told = 0
    for each in every_sum():
        if makes:
            make(each)
        for found in differences(each):
            told += 1
            key = ", ".join(map(str, found.key))
            click.echo(f"{found.name}: {key}: kept {found.kept}, counted {found.counted}")
    click.echo(f"{told} sums differ")
    if told:
        raise click.exceptions.Exit(1)


def _period(text: str) -> Period:
    from django.utils import timezone

    from zhihuan.indicators.periods import Period

    today = timezone.localdate()
    try:
        return Period.parse(text or str(today.year)).until(today)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _acts(town: str) -> Any:
    from django.db.models import Q

    from zhihuan.bureau.people.scope import EVERYTHING
    from zhihuan.indicators.within import ActsWithin

    return ActsWithin(EVERYTHING, Q(town=town) if town else Q())


def _told(period: Period, town: str) -> list[dict[str, Any]]:
    from zhihuan.indicators.catalogue import indicators, shares
    from zhihuan.indicators.reckoning import reckoned, share_of

    told = reckoned(_acts(town), indicators(), period)
    lines = [_line(each, told[each.code]) for each in indicators()]
    return lines + [_line(each, share_of(each, told)) for each in shares()]


def _told_apart(period: Period, town: str, by: str) -> list[dict[str, Any]]:
    from zhihuan.indicators.catalogue import indicators
    from zhihuan.indicators.reckoning import told_apart

    acts = _acts(town)
    return [
        _line(each, told) | {by: str(told.key or "-")}
        for each in indicators()
        for told in told_apart(acts, each, period, by)
    ]


def _line(each: Indicator | Any, told: Any) -> dict[str, Any]:
    values = (each.code, str(each.title), str(each.unit), _plain(told.now), _plain(told.before))
    return dict(zip(_HEAD, values, strict=True))


def _plain(figure: Any) -> Any:
    """Counts as numbers, sums as text."""
    return figure if figure is None or isinstance(figure, int) else str(figure)
