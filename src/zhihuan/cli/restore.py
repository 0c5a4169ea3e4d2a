"""``zhihuan restore``: a backup brought back into a clean home, and proven to be all there."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhihuan.cli._progress import progress_bars
from zhihuan.cli.backup import PASSPHRASE, pass_phrase, told_errors

if TYPE_CHECKING:
    from zhihuan.web.backup.restoring import Restored


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--keys",
    "keys_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"The keys that `zhihuan backup --keys` sealed; {PASSPHRASE} opens them.",
)
@click.option(
    "--put-aside", is_flag=True, help="Rename what is in the home already; delete nothing."
)
@click.option("--check", is_flag=True, help="Only check every file of the backup; touch nothing.")
def command(source: Path, keys_file: Path | None, put_aside: bool, check: bool) -> None:
    """Restore SOURCE (a backup, or a folder of backups: the newest) to where the settings lead.

    Stop the platform first. Every file is checked before anything is touched; afterwards rows of
    every table, measurements and frames of every day and all seals are compared with the manifest.
    Exits with 1 when anything differs. Broken off, give it again.
    """
    with told_errors():
        if check:
            _check(source)
            return
        if keys_file is not None:
            _put_keys(keys_file)
        restored = _restore(source, put_aside)
    _tell(restored)
    sys.exit(1 if restored.wrong else 0)


def _check(source: Path) -> None:
    from zhihuan.web.start import set_up

    set_up()
    from zhihuan.web.backup.restoring import checked, chosen

    folder = chosen(source)
    with progress_bars() as progress:
        manifest = checked(folder, progress)
    click.echo(f"{folder}: {len(manifest.parts)} files, all as written; made {manifest.made}")


def _put_keys(file: Path) -> None:
    """Before Django is set up, which would make new keys in an empty home."""
    from zhihuan.web.backup.errors import NotEmptyError
    from zhihuan.web.backup.sealed_keys import read_keys
    from zhihuan.web.environment import read
    from zhihuan.web.keys import put_key

    keys = read_keys(file, pass_phrase(confirm=False))
    home = Path(read("ZHIHUAN_HOME")).expanduser().resolve()
    for name, text in (("secret.key", keys.secret), ("sealing.key", keys.sealing[0])):
        if not put_key(home / name, text):
            raise NotEmptyError(f"{home / name} is there with another key; move it away first")
    if len(keys.sealing) > 1:
        os.environ["ZHIHUAN_SEALING_KEYS"] = ",".join(keys.sealing)
        click.echo(
            "there are several sealing keys: set ZHIHUAN_SEALING_KEYS as it was, newest first"
        )


def _restore(source: Path, put_aside: bool) -> Restored:
    from zhihuan.web.start import set_up

    set_up()
    from django.conf import settings

    from zhihuan.web.backup.restoring import chosen, restore

    folder = chosen(source.resolve())
    click.echo(f"restoring {folder}")
    with progress_bars() as progress:
        return restore(settings, folder, progress, put_aside=put_aside)


def _tell(restored: Restored) -> None:
    manifest = restored.manifest
    for line in restored.wrong:
        click.echo(f"DIFFERS  {line}", err=True)
    if not restored.wrong:
        click.echo(
            f"database {len(manifest.database.tables)} tables, as many rows as in the backup"
        )
        click.echo(f"store    {restored.rows:,} rows, every day as many as in the backup")
        click.echo(
            f"seals    {len(manifest.seals)} days verified against the ledger, as in the backup"
        )
    click.echo(f"files    {restored.files}")
    if not restored.keys_fit:
        click.echo(
            "keys     the sealing key of this home is not the backup's: device passwords cannot be "
            "opened. Give --keys FILE, or put sealing.key back, before you serve",
            err=True,
        )
