"""``zhihuan vault``: prove that kept files are as they were, and take away what nothing rests on."""

from __future__ import annotations

import datetime as dt

import click

from zhihuan.cli._platform import start
from zhihuan.cli._progress import progress_bars

_MOST_TOLD = 100


@click.group("vault")
def command() -> None:
    """Verify and tidy the files of evidence and documents."""


@command.command("verify")
def verify() -> None:
    """Read every file and compare it with the digest under which it was kept; then every chain of custody.

    Status 1 when a file is missing or altered or a chain breaks; each is named. The platform may run
    meanwhile.
    """
    start()
    from zhihuan.bureau.vault.evidence.verifying import broken_custody
    from zhihuan.bureau.vault.examining import examine
    from zhihuan.bureau.vault.models import Content
    from zhihuan.bureau.vault.vaults import the_vault

    with progress_bars() as progress:
        found = list(
            examine(the_vault(), lambda done, total: progress("reading files", done, total))
        )
    words = [finding.words for finding in found]
    words += [
        f"custody of evidence {pk} breaks at entry {number}" for pk, number in broken_custody()
    ]
    for line in words[:_MOST_TOLD]:
        click.echo(line)
    if len(words) > _MOST_TOLD:
        click.echo(f"and {len(words) - _MOST_TOLD} more")
    count = Content.objects.count()
    if words:
        raise click.ClickException(
            f"{len(found)} of {count} files are not as they were kept, custody breaks in "
            f"{len(words) - len(found)} places"
        )
    click.echo(f"{count} files: every one is as it was kept; custody is whole")


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
