"""``zhihuan evaluate``: files of measurements judged by the standards in force, with the reasons."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import click

_USAGE = 2
_WIDE = 200


class _Subjects(click.Group):
    """A group whose commands are the subjects of ``zhihuan.evaluation``, beside its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from zhihuan.evaluation.subject import subject_names

        return sorted([*super().list_commands(ctx), *subject_names()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from zhihuan.evaluation.subject import subject_names

        own = super().get_command(ctx, cmd_name)
        return own or (_subject_command(cmd_name) if cmd_name in subject_names() else None)


@click.group("evaluate", cls=_Subjects)
def command() -> None:
    """Judge a file of measurements by the national standards, each row by the edition of its day.

    Exits with 0 when every row was judged, 1 when rows were refused (each is told with its row),
    2 when the file or the question cannot be used.
    """


# --- one command a subject --------------------------------------------------------------------------


def _subject_command(name: str) -> click.Command:
    from zhihuan.evaluation.subject import subject

    found = subject(name)
    own = [
        click.Option(
            [f"--{choice.name}", f"choice_{choice.name.replace('-', '_')}"],
            type=click.Choice(choice.answers) if choice.answers else str,
            default=choice.default or (choice.answers[0] if choice.answers else ""),
            show_default=bool(choice.answers or choice.default),
            help=choice.about,
        )
        for choice in found.choices
    ]
    return click.Command(
        name,
        params=[
            click.Argument(["file"], type=click.Path(path_type=Path, exists=True, dir_okay=False)),
            *own,
            *_common_options(),
        ],
        callback=lambda **asked: _run(name, **asked),
        help=f"{found.title}: judge FILE (CSV or Parquet).\n\n"
        f"Columns: zhihuan evaluate columns {name}. An example: zhihuan evaluate template {name}.",
    )


def _common_options() -> list[click.Option]:
    return [
        click.Option(
            ["--format", "form"],
            type=click.Choice(["table", "json", "csv", "excel"]),
            default="table",
            show_default=True,
            help="Form of the results.",
        ),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path, dir_okay=False),
            help="File to write; needed for excel.",
        ),
        click.Option(["--why"], type=int, help="Only tell the reasons of the results of this row of FILE."),
        click.Option(["--reasons"], is_flag=True, help="Write the reasons beside every result."),
        click.Option(
            ["--zone"], help="Zone of times that name none, such as Asia/Shanghai."
        ),
        click.Option(
            ["--on"],
            type=click.DateTime(["%Y-%m-%d"]),
            help="Day whose standards judge rows that have no date.",
        ),
        click.Option(["--edition"], help="Force this edition, for example 'HJ 633-2012'."),
        click.Option(
            ["--any-order"], is_flag=True, help="Rows need not be sorted by time (reads all of them)."
        ),
        click.Option(["--synthetic"], is_flag=True, help="Say that the data are made up."),
        click.Option(
            ["--limit"], type=click.IntRange(min=0), default=50, show_default=True,
            help="Results shown by the table at most.",
        ),
    ]  # fmt: skip


def _run(name: str, *, file: Path, form: str, output: Path | None, **given: Any) -> None:
    from zhihuan.evaluation.errors import EvaluationError
    from zhihuan.evaluation.evaluating import Evaluation
    from zhihuan.evaluation.subject import subject
    from zhihuan.standards.errors import StandardsError

    if form == "excel" and output is None:
        raise click.UsageError("--format excel needs -o FILE")
    if output is not None and not output.parent.is_dir():
        raise click.UsageError(f"-o {output}: there is no folder {output.parent}")
    try:
        evaluation = Evaluation.of(subject(name), file, _asked(given), synthetic=given["synthetic"])
        if given["why"] is not None:
            told = evaluation.why(given["why"])
            click.echo("\n\n".join(derivation.text() for derivation in told))
            return
        streams = output is None and form != "table" and sys.stdout.isatty()
        with _progress(evaluation, streams=streams):
            _write(evaluation, form, output, given)
    except (EvaluationError, StandardsError) as error:
        click.echo(str(error), err=True)
        sys.exit(_USAGE)
    except OSError as error:  # no right to write there, or no room left
        click.echo(f"{error.filename or output}：{error.strerror}", err=True)
        sys.exit(_USAGE)
    if not (evaluation.summary.results or evaluation.refusals.rows):
        click.echo(f"{file}：只有表头，没有数据行", err=True)
    if evaluation.refusals.rows:
        _tell_refused(evaluation, form)
        sys.exit(1)


def _asked(given: Mapping[str, Any]) -> Any:
    from zhihuan.evaluation.subject import Asked

    return Asked(
        zone=_zone(given["zone"]),
        edition=given["edition"],
        on=given["on"].date() if given["on"] else None,
        any_order=given["any_order"],
        choices={
            key.removeprefix("choice_").replace("_", "-"): value
            for key, value in given.items()
            if key.startswith("choice_")
        },
    )


def _zone(name: str | None) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if not name:
        return None
    try:
        offset = datetime.strptime(name, "%z").tzinfo
    except ValueError:
        offset = None
    try:
        return offset or ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.BadParameter(
            f"{name!r} is no zone; say Asia/Shanghai or +08:00", param_hint="--zone"
        ) from error


def _write(evaluation: Any, form: str, output: Path | None, given: Mapping[str, Any]) -> None:
    if output is None:
        _write_text(evaluation, form, sys.stdout, given)
        return
    with _whole(output) as path:
        if form == "excel":
            _write_workbook(evaluation, path, given)
        else:
            with path.open("w", encoding="utf-8", newline="") as stream:
                _write_text(evaluation, form, stream, given)
    click.echo(f"{output}：{evaluation.summary.results} 个结果", err=True)


def _write_text(evaluation: Any, form: str, stream: TextIO, given: Mapping[str, Any]) -> None:
    if form == "table":
        from zhihuan.evaluation.writers.table import write_table

        write_table(evaluation, _console(stream), given["limit"])
    elif form == "csv":
        from zhihuan.evaluation.writers.delimited import write_csv

        write_csv(evaluation, stream, reasons=given["reasons"])
    else:
        from zhihuan.evaluation.writers.document import write_json

        write_json(evaluation, stream, reasons=given["reasons"])


def _write_workbook(evaluation: Any, path: Path, given: Mapping[str, Any]) -> None:
    from zhihuan.evaluation.writers.workbook import write_workbook

    left_out = write_workbook(evaluation, path, reasons=given["reasons"])
    if left_out:
        click.echo(f"工作表放不下其中 {left_out} 个结果；请用 --format csv", err=True)


@contextmanager
def _whole(output: Path) -> Iterator[Path]:
    """A file that appears whole or not at all: written beside its place, then renamed."""
    part = output.with_name(f".{output.name}.part")
    try:
        yield part
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _progress(evaluation: Any, *, streams: bool) -> Iterator[None]:
    """Rows read, on standard error, where somebody watches. streams: results run over the same
    screen as they are judged, and tell of progress themselves."""
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if streams or not console.is_terminal:
        yield
        return
    columns = (TextColumn("已读取 {task.completed:,.0f} 行"), TimeElapsedColumn())
    progress = Progress(
        *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
    )
    with progress:
        task = progress.add_task("read", total=None)
        evaluation.read = lambda rows: progress.advance(task, rows)
        evaluation.done = progress.stop  # before anything is printed
        yield


def _console(stream: Any = None) -> Any:
    """Wide where nobody's window limits it: a file or a pipe."""
    from rich.console import Console

    console = Console(file=stream)
    return console if console.is_terminal else Console(file=stream, width=_WIDE)


def _tell_refused(evaluation: Any, form: str) -> None:
    if form == "table":
        return  # told below the table
    refusals = evaluation.refusals
    click.echo(f"{refusals.rows} 行没有参加评价：", err=True)
    for problem in sorted(refusals.problems, key=lambda one: one.row)[:20]:
        click.echo(f"  {problem}", err=True)


# --- columns and templates ----------------------------------------------------------------------


@command.command("columns")
@click.argument("subject_name", metavar="SUBJECT")
def columns_command(subject_name: str) -> None:
    """Explain the columns of a subject's file: names, units, what may be left out."""
    from rich.table import Table

    layout = _layout(subject_name)
    table = Table(title=layout.title, show_lines=True)
    for heading in ("列", "单位", "需要", "也可写作", "说明"):
        table.add_column(heading, overflow="fold")  # Chinese has no blanks to break at
    groups = {key for group in layout.one_of for key in group}
    for column in layout.columns:
        needed = "必需" if column.needed else "至少一列" if column.key in groups else "可选"
        units = "、".join(filter(None, [column.unit, *column.units]))
        chosen = f"（{'、'.join(filter(None, column.choices))}）" if column.choices else ""
        table.add_row(
            column.name, units, needed, "、".join(column.names[1:]), column.about + chosen
        )
    console = _console()
    console.print(table)
    console.print(layout.about, markup=False, highlight=False)


@command.command("template")
@click.argument("subject_name", metavar="SUBJECT")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; standard output without it.",
)
def template_command(subject_name: str, output: Path | None) -> None:
    """Write a small example file of a subject, marked as synthetic data."""
    from zhihuan.evaluation.template import template_text

    text = template_text(_layout(subject_name))
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8-sig", newline="")
    click.echo(f"{output} written", err=True)


def _layout(name: str) -> Any:
    from zhihuan.evaluation.errors import AskedError
    from zhihuan.evaluation.subject import subject

    try:
        return subject(name).layout
    except AskedError as error:
        raise click.UsageError(str(error)) from error


# --- worked cases -------------------------------------------------------------------------------


@command.command("vectors")
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--check", is_flag=True, help="Also compare with what each case expects; counts go to stderr."
)
def vectors_command(file: BinaryIO, check: bool) -> None:
    """Compute worked cases: FILE holds one JSON object a line (default: standard input).

    Prints one JSON object a case, {"id", "output"}, or {"id", "error"} for a case that cannot be
    computed; exits with 1 when there was one. With --check also when an output differs from what
    the case expects.
    """
    from zhihuan.evaluation.cases import Tally, computed

    tally = Tally()
    for case, answer in computed(file):
        click.echo(json.dumps(answer, ensure_ascii=False))
        tally.add(case, answer, check=check)
    if check:
        for line in tally.lines():
            click.echo(line, err=True)
    if tally.failed:
        sys.exit(1)
