"""``zhihuan documents``: templates that can be relied on, numbers without a gap, files that are there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from zhihuan.cli._platform import organisation_named, start
from zhihuan.cli._whence import whence

_BRING_BACK = (
    "bring each back from a backup (files/documents in it) under its own name; `zhihuan documents mend` makes "
    "anew what facts and template give byte for byte"
)


@click.group("documents")
def command() -> None:
    """Templates and numbers of the documents that procedures make."""


@command.command("check")
def check() -> None:
    """Prove that every declared document can be made, that no number is missing or unused, no file lost.

    Renders each template with specimen facts; reads every document kept. Names files that no row names
    (they are no fault). Status 1 on any fault. Changes nothing; the platform may run meanwhile.
    """
    start()
    from zhihuan.bureau.documents.leftovers import leftovers
    from zhihuan.bureau.documents.numbers.keeping import gaps, unused
    from zhihuan.bureau.documents.proving import document_faults
    from zhihuan.bureau.documents.stored import stored_faults
    from zhihuan.bureau.matters.catalogue import procedures

    every = procedures()
    found = [fault for each in every for fault in document_faults(each)]
    found += gaps() + unused()
    lost = stored_faults()
    for fault in found + lost:
        click.echo(fault)
    for orphan in leftovers():
        click.echo(f"no row names {orphan}; `zhihuan documents sweep` deletes it")
    if lost:
        click.echo(_BRING_BACK)
    if found or lost:
        raise click.ClickException(f"{len(found) + len(lost)} faults")
    declared = sum(len(step.documents) for each in every for step in each.steps)
    click.echo(
        f"{declared} documents of {len(every)} procedures can be made; numbers and files are whole"
    )


@command.command("mend")
def mend() -> None:
    """Make the documents anew whose file is missing or altered: from the facts on record and the template of that
    time, byte for byte. Status 1 when something could not be mended; it is named."""
    start()
    from zhihuan.bureau.documents.mending import mend as make_anew
    from zhihuan.bureau.documents.stored import stored_faults

    mended, left = make_anew(), stored_faults()
    click.echo(f"{len(mended)} documents made anew")
    for fault in left:
        click.echo(fault)
    if left:
        raise click.ClickException(f"{len(left)} faults are left: {_BRING_BACK}")


@command.command("sweep")
@click.option(
    "--grace-hours",
    type=click.IntRange(min=1),
    default=24,
    show_default=True,
    help="Leave what is younger: a step may be under way.",
)
def sweep(grace_hours: int) -> None:
    """Delete files that no row names, which processes that were killed left. Nothing else deletes them."""
    start()
    from zhihuan.bureau.documents.leftovers import sweep as tidy

    click.echo(f"deleted {tidy(dt.timedelta(hours=grace_hours))} files")


@command.command("clean")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def clean(source: Path, target: Path) -> None:
    """Write SOURCE (.docx) to TARGET with nothing but what a reader sees, fit for a template.

    Comments, tracked changes, hidden text, properties, pictures, headers and footers go.
    """
    from zhihuan.bureau.documents.docx.package import NotADocumentError, written
    from zhihuan.bureau.documents.docx.plain import seen_only

    try:
        data = written(seen_only(source.read_bytes()))
    except NotADocumentError as error:
        raise click.ClickException(f"{source}: {error}") from error
    target.write_bytes(data)
    click.echo(f"{target}: {len(data)} bytes")


@command.command("mark")
@click.argument("organisation")
@click.argument("mark")
def mark(organisation: str, mark: str) -> None:
    """Lay down MARK, the characters in brackets within the numbers of ORGANISATION (its name)."""
    start()
    from django.core.exceptions import ValidationError

    from zhihuan.bureau.documents.issuing import lay_down_mark

    try:
        lay_down_mark(organisation_named(organisation), mark, whence())
    except ValidationError as error:
        raise click.ClickException("; ".join(error.messages)) from error
    click.echo(f"numbers of {organisation} carry （{mark}）")
