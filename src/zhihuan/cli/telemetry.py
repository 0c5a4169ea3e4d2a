"""``zhihuan telemetry``: look after the store: schema, sizes, files out and in, seals."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from zhihuan.telemetry.store import TelemetryStore
    from zhihuan.telemetry.store.journal.leftovers import Leftover

_BEIJING = timezone(timedelta(hours=8))
_ERRORS_SHOWN = 20


@click.group("telemetry")
@click.option(
    "--store",
    "store_url",
    envvar="ZHIHUAN_STORE_URL",
    help="chdb:///folder or clickhouse://host,host/database?cluster=name. Default: "
    "$ZHIHUAN_STORE_URL, else the folder telemetry in $ZHIHUAN_HOME (./var).",
)
@click.pass_context
def command(context: click.Context, store_url: str | None) -> None:
    """Look after the telemetry store.

    An embedded store can be opened by one process at a time: stop `zhihuan serve` first.
    Days and times are Beijing's.
    """
    home = Path(os.environ.get("ZHIHUAN_HOME", "var")).resolve()
    context.obj = {"url": store_url or f"chdb://{home / 'telemetry'}", "home": home}


@contextmanager
def _opened(context: click.Context, *, migrated: bool = True) -> Iterator[TelemetryStore]:
    """The store; its errors become the command's."""
    from zhihuan.telemetry.store import StoreError, open_store

    try:
        store = open_store(context.obj["url"])
        try:
            if migrated:
                store.migrate()
            yield store
        finally:
            store.close()
    except (OSError, ValueError, StoreError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error; yields what to call with each step."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)


class _Moment(click.ParamType):
    """``2026-06-01`` or ``2026-06-01T08:30``, Beijing time unless it carries an offset."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time; write 2026-06-01 or 2026-06-01T08:30", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=_BEIJING)


class _Day(click.ParamType):
    """``2026-06-01``, or ``yesterday``."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        if value == "yesterday":
            return (datetime.now(_BEIJING) - timedelta(days=1)).date()
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write 2026-06-01 or yesterday", param, ctx)


@command.command("migrate")
@click.pass_context
def migrate(context: click.Context) -> None:
    """Bring the store's tables up to date."""
    with _opened(context, migrated=False) as store:
        names = store.migrate()
    for name in names:
        click.echo(f"ran {name}")
    click.echo(f"{len(names)} migrations ran" if names else "nothing to do, the tables are current")


@command.command("stats")
@click.pass_context
def stats(context: click.Context) -> None:
    """Show rows, bytes and parts of every table."""
    from rich.console import Console
    from rich.table import Table

    with _opened(context) as store:
        sizes = store.table_sizes()
    table = Table("table", *(f"{name}" for name in ("rows", "on disk", "bytes a row", "parts")))
    for size in sizes:
        a_row = f"{size.bytes_on_disk / size.rows:.1f}" if size.rows else "–"
        table.add_row(
            size.table, f"{size.rows:,}", f"{size.bytes_on_disk:,}", a_row, f"{size.parts:,}"
        )
    Console().print(table)
    _print_journal(context)


def _journal_folder(context: click.Context) -> Path | None:
    from zhihuan.telemetry.store.opening import JOURNAL, embedded_folder

    folder = embedded_folder(context.obj["url"])
    return None if folder is None else folder / JOURNAL


def _print_journal(context: click.Context) -> None:
    from zhihuan.telemetry.store.journal.leftovers import totals

    folder = _journal_folder(context)
    if folder is None:
        return
    for kind, (files, size) in totals(folder).items():
        click.echo(f"journal, {kind}: {files} files, {size:,} bytes")
    click.echo(f"journal folder: {folder}")


@command.command("journal")
@click.option("--apply", is_flag=True, help="Give refused writes to the engine once more.")
@click.pass_context
def journal(context: click.Context, apply: bool) -> None:
    """List what lies in the embedded store's journal: waiting, refused, damaged.

    Listing may be done while the platform runs; --apply needs the store to itself. A refused write
    the engine takes now is removed; one it refuses again stays, with the reason, and the command
    exits with 1.
    """
    from zhihuan.telemetry.store.journal.leftovers import leftovers

    folder = _journal_folder(context)
    if folder is None:
        raise click.ClickException("a cluster has no journal; the servers keep their own")
    found = leftovers(folder)
    for each in found:
        when = datetime.fromtimestamp(each.modified, _BEIJING)
        rows = ", ".join(f"{name} {count}" for name, count in each.tables().items()) or "unreadable"
        click.echo(f"{each.kind:8} {each.path.name}  {each.bytes:,} bytes  {when:%F %T}  {rows}")
    click.echo(f"{len(found)} files in {folder}")
    refused = [each for each in found if each.kind == "refused"]
    if apply and refused and not _apply(context, refused):
        raise SystemExit(1)


def _apply(context: click.Context, refused: Sequence[Leftover]) -> bool:
    """Whether the engine took them all."""
    from zhihuan.telemetry.store.embedded import EmbeddedEngine
    from zhihuan.telemetry.store.errors import StoreError
    from zhihuan.telemetry.store.journal.leftovers import apply_refused

    with _opened(context):
        pass  # brings the tables up to date, applies what waits
    try:
        engine = EmbeddedEngine(refused[0].path.parents[1])
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    try:
        answers = [(each.path.name, apply_refused(engine, each)) for each in refused]
    finally:
        engine.close()
    for name, why in answers:
        click.echo(f"{name}: {'still refused: ' + why if why else 'taken'}")
    return not any(why for _name, why in answers)


@command.command("compact")
@click.pass_context
def compact(context: click.Context) -> None:
    """Merge what lies in many parts. Answers stay the same; space and time are saved."""
    with _opened(context) as store:
        partitions = store.fragmented_partitions()
        with _progress("partitions", len(partitions)) as done:
            for partition in partitions:
                store.compact_partition(partition)
                done(1)
    click.echo(f"merged {len(partitions)} partitions")


# ---- files ----


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--kind", default="hour", show_default=True, help="realtime, minute, hour, day, ...")
@click.option("--from", "start", type=_Moment(), required=True, help="First moment.")
@click.option("--to", "end", type=_Moment(), required=True, help="Moment after the last.")
@click.option("--mn", "mns", multiple=True, help="Only this device. Repeatable.")
@click.option("--factor", "factors", multiple=True, help="Only this factor code. Repeatable.")
@click.pass_context
def export(context: click.Context, file: Path, **wanted: Any) -> None:
    """Write measurements into FILE (.csv or .parquet)."""
    from zhihuan.telemetry.store.transfer.exporting import export_rows, rows_to_export

    span = _export(**wanted)
    with _opened(context) as store:
        total = sum(rows_to_export(store, span).values())
        with _progress("rows", total) as done:
            written = export_rows(store, span, file, done)
    click.echo(f"wrote {written:,} rows into {file}")


def _export(kind: str, start: datetime, end: datetime, mns: Any, factors: Any) -> Any:
    from zhihuan.telemetry.kinds import Kind
    from zhihuan.telemetry.store.transfer.exporting import Export
    from zhihuan.telemetry.store.transfer.form import KIND_NAMES

    if kind not in KIND_NAMES:
        raise click.BadParameter(f"{kind!r} is no kind; one of {', '.join(KIND_NAMES)}")
    if start >= end:
        raise click.BadParameter("--from must lie before --to")
    return Export(
        kind=Kind(KIND_NAMES[kind]),
        start=int(start.timestamp()),
        end=int(end.timestamp()),
        mns=tuple(mns) or None,
        factors=tuple(factors) or None,
    )


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--all-or-nothing", is_flag=True, help="Write nothing when any row has a fault.")
@click.option(
    "--errors",
    "errors_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the faults into this CSV file.  [default: FILE.errors.csv]",
)
@click.pass_context
def import_(
    context: click.Context, file: Path, all_or_nothing: bool, errors_file: Path | None
) -> None:
    """Read measurements from FILE (.csv or .parquet), as `export` writes them.

    Rows with a fault are left out and told by line; the command then ends with status 1. Doing it
    again is harmless.
    """
    from zhihuan.telemetry.store.transfer.importing import import_rows

    with _opened(context) as store, _progress("rows", None) as done:
        report = import_rows(store, file, all_or_nothing=all_or_nothing, on_rows=done)
    click.echo(f"wrote {report.written:,} rows, left out {report.refused:,}")
    if report.errors:
        _tell_errors(report.errors, errors_file or file.with_name(file.name + ".errors.csv"))
        raise SystemExit(1)


def _tell_errors(errors: list[Any], file: Path) -> None:
    import csv

    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["line", "column", "text", "problem"])
        writer.writerows([each.line, each.column, each.text, each.problem] for each in errors)
    for each in errors[:_ERRORS_SHOWN]:
        where = f"line {each.line}" + (f", {each.column}" if each.column else "")
        click.echo(f"{where}: {each.text!r} {each.problem}", err=True)
    if len(errors) > _ERRORS_SHOWN:
        click.echo(f"... and {len(errors) - _ERRORS_SHOWN:,} more", err=True)
    click.echo(f"all {len(errors):,} faults: {file}", err=True)


# ---- seals ----

_LEDGER = click.option(
    "--ledger",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of the roots; best on another disk.  [default: seals.jsonl in $ZHIHUAN_HOME]",
)


def _ledger(context: click.Context, file: Path | None) -> Any:
    from zhihuan.telemetry.store.ledger import FileLedger

    return FileLedger(file or context.obj["home"] / "seals.jsonl")


@command.command("seal")
@click.argument("day", type=_Day())
@_LEDGER
@click.pass_context
def seal(context: click.Context, day: date, ledger: Path | None) -> None:
    """Seal the raw frames received on DAY, device by device, and record the roots."""
    kept = _ledger(context, ledger)
    with _opened(context) as store:
        new = store.seal_day(day)
        # not only the new ones: a crash may have come between sealing and recording
        kept.record(store.stored_seals(day))
    click.echo(f"sealed {len(new):,} devices, {sum(each.frames for each in new):,} frames")


@command.command("verify")
@click.argument("first", type=_Day())
@click.argument("last", type=_Day(), required=False)
@_LEDGER
@click.pass_context
def verify(context: click.Context, first: date, last: date | None, ledger: Path | None) -> None:
    """Verify the seals of the days FIRST to LAST (inclusive).

    Prints every frame that was altered, removed or added, and ends with status 1 if there is one.
    """
    kept = _ledger(context, ledger)
    days = [first + timedelta(days=n) for n in range(((last or first) - first).days + 1)]
    found = 0
    with _opened(context) as store, _progress("days", len(days)) as done:
        for day in days:
            number = day.year * 10_000 + day.month * 100 + day.day
            for finding in store.verify_day(day, kept.roots(number)):
                found += 1
                click.echo(_told(finding))
            done(1)
    click.echo(f"{len(days)} days verified, {found:,} findings")
    if found:
        raise SystemExit(1)


def _told(finding: Any) -> str:
    frame = ""
    if finding.received:
        at = datetime.fromtimestamp(finding.received / 1000, UTC).astimezone(_BEIJING)
        moment = at.isoformat(" ", "milliseconds")
        frame = f" frame {finding.frame_id:016x} received {moment}:"
    return f"{finding.day} {finding.mn} {finding.what}:{frame} {finding.detail}"
