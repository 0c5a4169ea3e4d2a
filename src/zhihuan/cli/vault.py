"""``zhihuan vault``: prove that kept files are as they were, and take away what nothing rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from zhihuan.cli._platform import start
from zhihuan.cli._progress import progress_bars

_MOST_TOLD = 100
_BRING_BACK = (
    "find out who could write there; bring each file back from a backup (files/vault in it) under its own name, "
    "then verify again"
)
_UNNAMED = (
    "an upload is under way, or a process was killed before it wrote the row: the platform deletes what is a day "
    "old every hour, `zhihuan vault sweep` does the same now"
)


@click.group("vault")
def command() -> None:
    """Verify and tidy the files of evidence and documents."""


@command.command("verify")
def verify() -> None:
    """Read every file and compare it with the digest under which it was kept; then every chain of custody.

    Status 1 when a file is missing or altered or a chain breaks; each is named, with how to mend it. Files that
    no row names are named too and are no fault. Changes nothing; the platform may run meanwhile.
    """
    start()
    from zhihuan.bureau.vault.evidence.verifying import (
        newest_evidence,
        verify_custody,
        verify_evidence_gone,
    )
    from zhihuan.bureau.vault.examining import examine
    from zhihuan.bureau.vault.models import Content
    from zhihuan.bureau.vault.vaults import the_vault

    with progress_bars() as progress:
        found = list(
            examine(the_vault(), lambda done, total: progress("reading files", done, total))
        )
    custody = [*verify_evidence_gone(), *verify_custody(1, newest_evidence())]
    _tell([each.words for each in found])
    _tell([f"{each.fault}: {each.words}" for each in custody])
    _tell_unnamed()
    if found:
        click.echo(_BRING_BACK)
    count = Content.objects.count()
    if found or custody:
        raise click.ClickException(
            f"{len(found)} of {count} files are not as they were kept, custody differs in "
            f"{len(custody)} places"
        )
    click.echo(f"{count} files: every one is as it was kept; custody is whole")


def _tell(lines: Sequence[str]) -> None:
    for line in lines[:_MOST_TOLD]:
        click.echo(line)
    if len(lines) > _MOST_TOLD:
        click.echo(f"and {len(lines) - _MOST_TOLD} more")


def _tell_unnamed() -> None:
    """Files that no row names, and what was found altered when it was given again."""
    from zhihuan.bureau.vault.examining import named_contents
    from zhihuan.bureau.vault.orphans import orphans
    from zhihuan.bureau.vault.vaults import the_vault

    vault = the_vault()
    unnamed = [f"no row names {each}" for each in orphans(vault, named_contents)]
    _tell(unnamed)
    if unnamed:
        click.echo(_UNNAMED)
    _tell([f"set aside, for it was altered when it came again: {name}" for name in vault.aside()])


@command.command("sweep")
@click.option(
    "--grace-hours",
    type=click.IntRange(min=1),
    default=24,
    show_default=True,
    help="Leave what is younger: an upload may be under way.",
)
def sweep(grace_hours: int) -> None:
    """Delete uploads nobody took up and files no row names. The platform does it every hour itself."""
    start()
    from django.conf import settings

    from zhihuan.bureau.vault.sweeping import sweep as tidy
    from zhihuan.bureau.vault.vaults import the_vault

    swept = tidy(
        the_vault(),
        grace=dt.timedelta(hours=grace_hours),
        unclaimed=dt.timedelta(days=settings.ZHIHUAN_VAULT_UNCLAIMED_DAYS),
    )
    click.echo(
        f"deleted {swept.uploads} unclaimed uploads, {swept.contents} contents, {swept.files} files, "
        f"{swept.half} half-written files"
    )
