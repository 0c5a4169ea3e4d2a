"""``zhihuan registry``: what is registered, as files in and out.

The same plan, rights, history and audit as the pages under ``/registry/imports/``: a file given here stands
there too, and either side can confirm or undo it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhihuan.cli._platform import account_named, start
from zhihuan.cli._progress import progress_bars
from zhihuan.cli._whence import whence

if TYPE_CHECKING:
    from zhihuan.bureau.registry.importing.sheet import Sheet
    from zhihuan.bureau.registry.models import ImportFile

_SHOWN = 20
_REFUSED_ROWS, _UNUSABLE = 1, 2
_AS = click.option(
    "--as", "username", required=True, metavar="ACCOUNT", help="In whose name; with their rights."
)
_WHY = click.option("--why", required=True, metavar="TEXT", help="Kept with the change.")


@click.group("registry")
def command() -> None:
    """Import, export and undo what is registered.

    Run it with the environment of the platform (ZHIHUAN_HOME, ZHIHUAN_DATABASE_URL). Kinds of files:
    `zhihuan registry kinds`.
    """
    start()


@command.command("kinds")
def kinds() -> None:
    """List the kinds of files, each with its columns; those with * must be filled in."""
    from zhihuan.bureau.registry.importing.sheet import SHEETS

    for sheet in SHEETS.values():
        heads = (sheet.heading(name) + "*" * sheet.is_needed(name) for name in sheet.names)
        click.echo(f"{sheet.code:14}{sheet.title}\n    {'、'.join(heads)}")


@command.command("template")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def write_template(kind: str, file: Path) -> None:
    """Write an empty FILE (.xlsx) of a KIND, with a note on each column."""
    from zhihuan.bureau.registry.importing.workbook import template

    file.write_bytes(template(_sheet(kind)))
    click.echo(f"written  {file}")


@command.command("export")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_AS
def write_export(kind: str, file: Path, username: str) -> None:
    """Write what ACCOUNT may see of a KIND into FILE (.xlsx), as the import reads it back."""
    from zhihuan.bureau.audit.record import record
    from zhihuan.bureau.people.scope import scope_of
    from zhihuan.bureau.registry.importing.workbook import export

    user, sheet = account_named(username, active=True), _sheet(kind)
    _refuse_without_right(user, sheet)
    rows = scope_of(user, sheet.permission).filter(sheet.model._default_manager.all())
    total = rows.count()
    with progress_bars() as progress:
        content = export(sheet, rows, lambda done: progress("rows", done, total))
    file.write_bytes(content)
    record("registry.export", kind, actor=user, address=whence())
    click.echo(f"written  {file}: {total:,} rows")


@command.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_AS
@click.option("--apply", "apply_it", is_flag=True, help="Do it after the preview; needs --why.")
@click.option("--why", metavar="TEXT", help="Kept with the change.")
@click.option(
    "--errors",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the refused rows (.xlsx).  [default: FILE.errors.xlsx]",
)
def import_file(kind: str, file: Path, username: str, **asked: Any) -> None:
    """Check FILE (.xlsx or .csv) row by row and say what it would do; with --apply, do it.

    Without --apply the registry stays as it is; `zhihuan registry apply NUMBER` or the page does what
    was previewed. Rows with a problem stay out and are written into a file to be mended. Exits with 1
    when there are such rows, 2 when the file cannot be used.
    """
    if asked["apply_it"] and not (asked["why"] or "").strip():
        raise click.UsageError("--apply needs --why TEXT")
    user, sheet = account_named(username, active=True), _sheet(kind)
    _refuse_without_right(user, sheet)
    taken = _taken(sheet, file, user)
    _tell_preview(taken)
    if taken.summary.get("refused"):
        _write_errors(taken, asked["errors"] or file.with_name(f"{file.name}.errors.xlsx"))
    if asked["apply_it"] and (taken.summary["create"] or taken.summary["update"]):
        _apply(taken, asked["why"])
    sys.exit(_REFUSED_ROWS if taken.summary.get("refused") else 0)


@command.command("apply")
@click.argument("number", type=int)
@_AS
@_WHY
def apply_file(number: int, username: str, why: str) -> None:
    """Do what the preview of the import NUMBER said."""
    _apply(_own_file(number, account_named(username, active=True)), why)


@command.command("undo")
@click.argument("number", type=int)
@_AS
@_WHY
def undo_import(number: int, username: str, why: str) -> None:
    """Take the import NUMBER back, whole; refused when a record was changed since."""
    from zhihuan.bureau.audit.record import record
    from zhihuan.bureau.history.past import CannotUndoError, undo

    user = account_named(username, active=True)
    file = _own_file(number, user)
    if file.change_set is None:
        raise click.ClickException(f"import {number} was not applied: {file.get_state_display()}")
    try:
        undo(file.change_set, user, why)
    except CannotUndoError as error:
        raise click.ClickException(str(error)) from error
    record("registry.import_undo", f"import:{file.pk}", actor=user, address=whence())
    click.echo(f"import {number} is taken back")


def _taken(sheet: Sheet, file: Path, user: Any) -> ImportFile:
    """The file, kept and checked. Ends with status 2 when it cannot be used."""
    from zhihuan.bureau.audit.record import record
    from zhihuan.bureau.registry.importing import running
    from zhihuan.bureau.registry.importing.table_file import MOST_BYTES
    from zhihuan.bureau.registry.models import ImportFile

    if file.stat().st_size > MOST_BYTES:
        click.echo(f"{file}: more than {MOST_BYTES >> 20} MB; split it", err=True)
        sys.exit(_UNUSABLE)
    taken = running.take(sheet.code, file.name, file.read_bytes(), user)
    record(
        "registry.upload", f"import:{taken.pk}", actor=user, address=whence(), sha256=taken.sha256
    )
    with progress_bars() as progress:
        running.check_here(taken, _teller(progress, "checking"))
    if taken.state != ImportFile.State.CHECKED:
        click.echo(f"import {taken.pk}: {taken.get_state_display()}: {taken.trouble}", err=True)
        sys.exit(_UNUSABLE)
    return taken


def _teller(progress: Callable[[str, int, int], None], what: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(what, done, total)


def _tell_preview(file: ImportFile) -> None:
    found = file.summary
    click.echo(
        f"import {file.pk}: {found['total']:,} rows: {found['create']:,} new, {found['update']:,} changed, "
        f"{found['same']:,} as they are, {found['refused']:,} refused, {found['warnings']:,} warnings"
    )
    if found["unused"]:
        click.echo(f"columns nothing is read from: {'、'.join(found['unused'])}")
    for row, heading, given, text, refuses in found["problems"][:_SHOWN]:
        place = (
            f"row {row}" + (f", {heading}" if heading else "") + (f" “{given}”" if given else "")
        )
        click.echo(f"    {'refused' if refuses else 'warning'}  {place}: {text}")
    if len(found["problems"]) > _SHOWN:
        click.echo("    …")


def _write_errors(file: ImportFile, target: Path) -> None:
    from zhihuan.bureau.registry.importing import running
    from zhihuan.bureau.registry.importing.table_file import read_table
    from zhihuan.bureau.registry.importing.workbook import faulty_rows

    problems = running.plan_of(file).problems
    target.write_bytes(faulty_rows(read_table(bytes(file.content)), problems))
    click.echo(f"refused rows, each with what is wrong: {target}; mend them and import that file")


def _apply(file: ImportFile, why: str) -> None:
    from zhihuan.bureau.registry.importing import running
    from zhihuan.bureau.registry.models import ImportFile

    with progress_bars() as progress:
        begun = running.apply_here(file, why, _teller(progress, "importing"))
    if not begun or file.state != ImportFile.State.APPLIED:
        raise click.ClickException(
            f"import {file.pk} was not applied: {file.get_state_display()} {file.trouble}".strip()
        )
    click.echo(f"import {file.pk} is applied; to take it back: zhihuan registry undo {file.pk}")


def _own_file(number: int, user: Any) -> ImportFile:
    from zhihuan.bureau.registry.models import ImportFile

    found = ImportFile.objects.filter(pk=number, uploaded_by=user).first()
    if found is None:
        raise click.ClickException(f"there is no import {number} of {user.username}")
    _refuse_without_right(user, _sheet(found.sheet))
    return found


def _sheet(kind: str) -> Sheet:
    from zhihuan.bureau.registry.importing.sheet import SHEETS

    if kind not in SHEETS:
        raise click.BadParameter(
            f"{kind!r} is no kind; one of {', '.join(SHEETS)}", param_hint="KIND"
        )
    return SHEETS[kind]


def _refuse_without_right(user: Any, sheet: Sheet) -> None:
    from zhihuan.bureau.people.scope import may

    if not (may(user, "registry.import_registry") and may(user, sheet.permission)):
        raise click.ClickException(f"{user.username} may not import {sheet.code}")
