"""``zhihuan discretion``: fines by the tables and ranges in force, by hand. No platform is needed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import datetime

    from zhihuan.bureau.discretion import Reckoning

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("discretion")
def command() -> None:
    """Reckon fines by the provincial discretion tables and the Code's ranges."""


@command.command("list")
@click.argument("words", nargs=-1)
def list_types(words: tuple[str, ...]) -> None:
    """List tables and case types in which all WORDS occur, one a line."""
    from zhihuan.bureau.discretion import case_types, tables

    lines = [f"{each.number:6} {each.title}  {each.penalty}" for each in tables().values()]
    lines += [f"{each.code:6} {each.name}  {each.clause}" for each in case_types().values()]
    found = [line for line in lines if all(word.casefold() in line.casefold() for word in words)]
    if not found:
        raise click.ClickException("no table and no case type has these words")
    for line in found:
        click.echo(line)


@command.command("show")
@click.argument("case_id")
def show(case_id: str) -> None:
    """Show what the table or case type CASE_ID asks and may give."""
    from zhihuan.bureau.discretion import (
        DiscretionError,
        WeightTable,
        case_type,
        case_types,
        table,
    )
    from zhihuan.bureau.discretion.money import share_words

    if case_id in case_types():
        act = case_type(case_id)
        click.echo(f"{act.code} {act.name}  {act.clause}")
        for place, tier in enumerate(act.tiers):
            click.echo(f"  tier {place}: {tier.condition} {tier.bound.words}")
        click.echo(f"  like: {', '.join(act.like) or '-'}")
        return
    try:
        found = table(case_id)
    except DiscretionError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{found.number} {found.title}  {found.penalty}")
    if isinstance(found, WeightTable) and len(found.situations) > 1:
        click.echo(f"  适用情形: {' | '.join(each.name for each in found.situations)}")
    for factor in found.factors:
        levels = (
            each.name if each.weight is None else f"{each.name} ({share_words(each.weight)})"
            for each in factor.levels
        )
        click.echo(f"  {factor.name}: {' | '.join(levels)}")
    for note in found.notes:
        click.echo(f"  ! {note}")


@command.command("reckon")
@click.argument("case_id")
@click.option(
    "--on", "act_on", type=_DAY, required=True, help="Day of the act; a lasting one's last."
)
@click.option("--decided", "decided_on", type=_DAY, help="Day of the decision.")
@click.option(
    "--level", "levels", multiple=True, metavar="FACTOR=LEVEL", help="What was found out."
)
@click.option(
    "--base", "bases", multiple=True, metavar="NAME=SUM", help="What a formula multiplies, yuan."
)
@click.option(
    "--severity",
    type=click.Choice(["light", "normal", "heavy"]),
    default="normal",
    show_default=True,
    help="Within a band, by §12.",
)
@click.option("--person", is_flag=True, help="Of the persons responsible.")
@click.option(
    "--factor-set", default="", metavar="TABLE", help="Under the Code: whose factors serve."
)
@click.option(
    "--tier", default=0, show_default=True, help="Under the Code: which range of the act."
)
@click.option("--json", "as_json", is_flag=True, help="Plain values instead of words.")
def reckon(
    case_id: str,
    act_on: datetime,
    levels: tuple[str, ...],
    bases: tuple[str, ...],
    as_json: bool,
    **circumstances: Any,
) -> None:
    """Reckon the fine of CASE_ID (2.7, PW08); factors not given count at their lowest level."""
    import json

    from zhihuan.bureau.discretion import DiscretionError, Severity, calculate

    decided = circumstances.pop("decided_on")
    severity = Severity(circumstances.pop("severity"))
    try:
        found = calculate(
            case_id,
            _pairs(levels),
            act_on.date(),
            decided_on=decided.date() if decided else None,
            bases={name: _sum(text) for name, text in _pairs(bases).items()},
            severity=severity,
            **circumstances,
        )
    except DiscretionError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(found.as_values(), ensure_ascii=False, indent=2))
    else:
        _tell(found)


def _tell(found: Reckoning) -> None:
    click.echo(f"{found.case_id} {found.title}")
    for each in found.factors:
        doubt = "" if each.is_given else " (not found out: lowest)"
        click.echo(f"  {each.factor}: {each.level} {each.weight_words}{doubt}")
    for step in found.steps:
        click.echo(f"  {step}")
    click.echo(f"range {found.within.told if found.within else 'not known'}")
    for what, article in found.clauses:
        click.echo(f"{what} {article}")
    for warning in found.warnings:
        click.echo(f"! {warning}")
    for name in found.asks:
        click.echo(f"? {name}")
    click.echo(f"fine {'-' if found.amount is None else f'{found.amount:,f} yuan'}")


def _pairs(texts: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.ClickException(f"{text!r} is no pair; write it as NAME=VALUE")
        found[name] = value
    return found


def _sum(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise click.ClickException(f"{text!r} is no sum of money; write it as 120000.50") from None
