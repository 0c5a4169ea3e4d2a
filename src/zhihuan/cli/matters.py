"""``zhihuan matters``: put running matters on another edition of their procedure, after a look at what changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from zhihuan.cli._platform import account_named, start
from zhihuan.cli._whence import whence

if TYPE_CHECKING:
    from zhihuan.bureau.matters.engine.rebasing import Rebasing
    from zhihuan.bureau.matters.models import Matter

_PORTION = 500


@click.group("matters")
def command() -> None:
    """Look after the matters of the platform whose environment this is."""
    start()


@command.command("rebase")
@click.argument("procedure")
@click.option(
    "--from", "source", required=True, metavar="EDITION", help="Of the matters to change."
)
@click.option("--to", "target", required=True, metavar="EDITION", help="The edition they come to.")
@click.option("--matter", "chosen", type=int, multiple=True, help="These alone [all that run].")
@click.option(
    "--state", "states", multiple=True, metavar="OLD=NEW", help="A state under a new name."
)
@click.option("--as", "username", required=True, metavar="ACCOUNT", help="Who decides it.")
@click.option("--why", required=True, help="Kept with every matter.")
@click.option("--do", "does", is_flag=True, help="Do it; else only what would change is told.")
def rebase(procedure: str, source: str, target: str, does: bool, **asked: Any) -> None:
    """Put the running matters of PROCEDURE on another of its editions.

    Without --do nothing is changed: state, steps and time limits are told as they would be. Matters that
    cannot change are told with the reason and left alone; the status is 1 then.
    """
    actor = account_named(asked["username"], active=True)
    renamed = dict(_pair(each) for each in asked["states"])
    _check_editions(procedure, source, target)
    done = left = 0
    for matter in _matters(procedure, source, asked["chosen"]):
        words = _one(matter, target, renamed, actor, asked["why"] if does else "")
        left, done = (left + 1, done) if words else (left, done + 1)
        if words:
            click.echo(f"{matter.pk} {matter}: left: {words}")
    click.echo(f"{done} matters {'changed' if does else 'would change'}, {left} left alone")
    if left:
        raise click.exceptions.Exit(1)


def _one(matter: Matter, target: str, renamed: dict[str, str], actor: Any, why: str) -> str:
    """Tell of one matter, and change it when there is a reason; why it was left alone, "" when not."""
    from zhihuan.bureau.matters.engine import rebasing
    from zhihuan.bureau.matters.engine.refusals import StepRefusedError
    from zhihuan.bureau.matters.engine.taking import Acting

    plan = rebasing.rebasing(matter, target, renamed.get(matter.state, ""))
    if plan.obstacles:
        return "; ".join(str(each) for each in plan.obstacles)
    for line in _changes(matter, plan):
        click.echo(f"{matter.pk} {matter}: {line}")
    if not why:
        return ""
    try:
        rebasing.rebase(matter, plan, Acting(actor, whence()), why, version=matter.version)
    except StepRefusedError as refused:
        return str(refused)
    return ""


def _changes(matter: Matter, plan: Rebasing) -> Iterator[str]:
    if plan.state != matter.state:
        yield f"state {matter.state} -> {plan.state}"
    if plan.steps_gone or plan.steps_new:
        gone = [f"-{step}" for step in plan.steps_gone]
        yield "steps " + " ".join([*gone, *(f"+{step}" for step in plan.steps_new)])
    for change in plan.clocks:
        if change.lapses:
            yield f"time limit {change.row.code} lapses"
        elif change.moves:
            yield f"time limit {change.row.code} {change.before} -> {change.row.last_day}"


def _matters(procedure: str, edition: str, chosen: tuple[int, ...]) -> Iterator[Matter]:
    """In portions: each is done with before the next is read."""
    from zhihuan.bureau.matters.models import Matter

    rows = Matter.objects.filter(procedure=procedure, edition=edition, ended_at__isnull=True)
    if chosen:
        rows = rows.filter(pk__in=chosen)
    last = 0
    while portion := list(rows.filter(pk__gt=last).order_by("pk")[:_PORTION]):
        yield from portion
        last = portion[-1].pk


def _check_editions(procedure: str, *editions: str) -> None:
    from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of

    try:
        for edition in editions:
            edition_of(procedure, edition)
    except UnknownProcedureError as error:
        raise click.ClickException(str(error)) from error


def _pair(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not (old and equals and new):
        raise click.BadParameter(f"{text!r} is not OLD=NEW")
    return old, new
