"""``zhihuan clock``: the legal clock by hand: what the law gives, and when it ends."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhihuan.cli._platform import account_named, start

if TYPE_CHECKING:
    from zhihuan.bureau.clock import Due, Extension, Limit, Suspension, WorkCalendar


@click.group("clock")
def command() -> None:
    """Reckon statutory time limits, with working days, standstills and extensions."""


@command.command("limits")
@click.argument("procedure", required=False)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The law of that day [today].")
def limits(procedure: str | None, on: datetime | None) -> None:
    """List the time limits, of one PROCEDURE (行政处罚) or of all, one a line."""
    from zhihuan.bureau.clock import time_limits
    from zhihuan.bureau.clock.history import BEIJING

    day = (on or datetime.now(BEIJING)).date()
    found = [
        each
        for editions in time_limits().values()
        for each in editions
        if each.basis.in_force_on(day) and procedure in {None, each.procedure}
    ]
    if not found:
        known = "、".join(
            sorted({one.procedure for each in time_limits().values() for one in each})
        )
        raise click.ClickException(
            f"no limit of {procedure!r} is in force on {day}; there are: {known}"
        )
    for each in found:
        doubt = "" if each.basis.confidence.doubt == 0 else f" ({each.basis.confidence})"
        source = f"{each.basis.title} {each.basis.clause}{doubt}"
        click.echo(f"{each.code:5} {each.procedure} {each.step}: {_length(each)}  {source}")


@command.command("due")
@click.argument("code")
@click.option(
    "--from", "started", required=True, metavar="TIME", help="Of the event; no zone: Beijing's."
)
@click.option(
    "--extend",
    "extensions",
    multiple=True,
    metavar="WAY=TIME",
    help="An extension and when it was granted.",
)
@click.option(
    "--still",
    "stops",
    multiple=True,
    metavar="REASON=FROM/UNTIL",
    help="The clock stood still; no UNTIL: it does.",
)
@click.option(
    "--calendar",
    "notice",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A year's notice, CSV of date and status.",
)
def due(
    code: str,
    started: str,
    extensions: tuple[str, ...],
    stops: tuple[str, ...],
    notice: Path | None,
) -> None:
    """Say when the limit CODE ends, and how that comes.

    Days of the year and limits towards an event take the day of that event as --from.
    """
    from zhihuan.bureau.clock import ClockError, History, reckon, reckon_back, time_limit

    try:
        begun = _moment(started)
        limit = time_limit(code, on=begun.date())
        calendar = _calendar(notice)
        history = History(begun, tuple(map(_stop, stops)), tuple(map(_extension, extensions)))
        answer = (
            reckon_back(limit, begun.date(), calendar)
            if limit.before
            else reckon(limit, history, calendar)
        )
    except (ClockError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    _tell(limit, answer)


@command.command("load-year")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "username", metavar="ACCOUNT", help="Who loads it, for the audit trail.")
def load_year(file: Path, username: str | None) -> None:
    """Load a year's notice of working days (CSV of date and status) into the platform.

    Every running clock that it concerns is reckoned anew; those whose last day moved are listed. A year
    that was loaded before is replaced. Run it with the environment of the platform.
    """
    start()
    from zhihuan.bureau.clock import ClockError
    from zhihuan.bureau.matters.engine import loading

    actor = account_named(username, active=True) if username else None
    try:
        moved = loading.load_year(file.read_text(encoding="utf-8-sig"), actor)
    except (ClockError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    for each in moved:
        clock = each.clock
        click.echo(
            f"{clock.matter_id} {clock.matter}  {clock.limit}  {each.before} -> {clock.last_day}"
        )
    click.echo(f"loaded; {len(moved)} running clocks end on another day")


@command.command("follow")
def follow() -> None:
    """Reckon every running clock anew by the calendar and limits of this version.

    The platform does so by itself after an upgrade. Run it where processes of the former version went on taking steps
    behind that. Whoever answers for a clock that moves is told.
    """
    start()
    from zhihuan.bureau.matters.engine.following import follow_all

    click.echo(f"{follow_all()} running clocks end on another day")


def _tell(limit: Limit, answer: Due) -> None:
    click.echo(f"{limit.code} {limit.procedure} {limit.step}: {_length(limit)} from {limit.starts}")
    for stage in answer.stages:
        click.echo(f"  {stage.kind:10} {stage.start} -> {stage.end or 'goes on'}")
    click.echo(
        f"  {limit.basis.title} {limit.basis.clause}, in force from {limit.basis.in_force_from}"
    )
    if answer.is_still:
        click.echo("stands still; nothing is due")
    elif limit.in_hours and answer.at:
        click.echo(f"due before {answer.at:%Y-%m-%d %H:%M} (Beijing)")
    else:
        click.echo(f"due on {answer.last_day}")
    if answer.provisional:
        click.echo(
            "provisional: the State Council's notice for that year is not known here; --calendar"
        )


def _length(limit: Limit) -> str:
    from zhihuan.bureau.clock import Yearly

    if limit.length is None:
        return "as decided"
    if isinstance(limit.length, Yearly):
        return ", ".join(f"{month:02}-{day:02}" for month, day in limit.length.days)
    number, unit = limit.length.number, str(limit.length.unit).replace("_", " ")
    return f"{number} {unit}{'s' if number > 1 else ''}{' before' if limit.before else ''}"


def _calendar(notice: Path | None) -> WorkCalendar:
    from zhihuan.bureau.clock import published_calendar
    from zhihuan.bureau.clock.work_calendar import parse_year

    if notice is None:
        return published_calendar()
    return published_calendar().with_year(parse_year(notice.read_text(encoding="utf-8-sig")))


def _moment(text: str) -> datetime:
    from zhihuan.bureau.clock.history import BEIJING

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.ClickException(f"{text!r} is no time; write it as 2026-02-03T09:30") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def _extension(text: str) -> Extension:
    from zhihuan.bureau.clock import Extension

    code, _, when = text.partition("=")
    return Extension(code, _moment(when), by="command line", why="command line")


def _stop(text: str) -> Suspension:
    from zhihuan.bureau.clock import Suspension

    reason, _, span = text.partition("=")
    since, _, until = span.partition("/")
    return Suspension(reason, _moment(since), _moment(until) if until else None)
