"""``zhihuan backup``: everything an installation needs to live again, while it runs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhihuan.cli._progress import progress_bars

if TYPE_CHECKING:
    from zhihuan.web.backup.making import Made

PASSPHRASE = "ZHIHUAN_BACKUP_PASSPHRASE"  # noqa: S105 - the name of a variable


@click.command()
@click.argument("destination", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--keys",
    "keys_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also seal the installation's keys into this file, outside DESTINATION, with the pass phrase "
    f"in {PASSPHRASE} (asked for when it is not set).",
)
@click.option("--without-keys", is_flag=True, help="The keys are kept elsewhere already.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="N",
    help="Afterwards delete all but the N newest backups in DESTINATION.",
)
def command(
    destination: Path, keys_file: Path | None, without_keys: bool, keep: int | None
) -> None:
    """Back up database, telemetry and files into a new folder in DESTINATION.

    The platform may run meanwhile: nothing it acknowledged before the backup began is missing.
    Days that have not changed since the newest backup in DESTINATION are taken from there (hard
    links). The backup is read back from the disk before it gets its name; an interrupted one never
    does.
    """
    if (keys_file is None) == (not without_keys):
        raise click.UsageError(_KEYS_WORDS)
    if keys_file is not None and keys_file.resolve().is_relative_to(destination.resolve()):
        raise click.UsageError(
            "--keys must lie outside DESTINATION: who finds the one has the other"
        )
    phrase = pass_phrase(confirm=True) if keys_file is not None else ""
    with told_errors():
        made = _make(destination, keys_file, phrase)
        _tell(made)
        _forget(destination, keep)


_KEYS_WORDS = (
    "decide about the keys: --keys FILE seals them into a file of its own (without them device "
    "passwords in the backup cannot be opened again), or --without-keys when they are kept elsewhere"
)


def pass_phrase(*, confirm: bool) -> str:
    """From the environment, else asked for."""
    given = os.environ.get(PASSPHRASE)
    return given or str(
        click.prompt(
            "Pass phrase of the keys", hide_input=True, confirmation_prompt=confirm, err=True
        )
    )


def _make(destination: Path, keys_file: Path | None, phrase: str) -> Made:
    from zhihuan.web.start import set_up

    set_up()
    from django.conf import settings

    from zhihuan.web.backup.making import make
    from zhihuan.web.backup.sealed_keys import Keys, write_keys

    if keys_file is not None:  # first: a phrase that is too short is told before the work
        write_keys(keys_file, Keys(settings.SECRET_KEY, settings.ZHIHUAN_SEALING_KEYS), phrase)
        click.echo(f"keys     sealed into {keys_file}; keep it apart from the backup")
    with progress_bars() as progress:
        return make(
            settings, destination.resolve(), progress, lambda words: click.echo(words, err=True)
        )


def _tell(made: Made) -> None:
    manifest = made.manifest
    measurements = sum(manifest.measurements_by_day().values())
    frames = sum(sum(each.received.values()) for each in manifest.store)
    size = sum(each.bytes for each in manifest.parts)
    click.echo(f"backup   {made.folder}")
    click.echo(f"database {sum(manifest.database.tables.values()):,} rows in all tables")
    click.echo(
        f"store    {measurements:,} measurements, {frames:,} frames, {len(manifest.store)} slices, "
        f"{made.reused} of them unchanged"
    )
    findings = sum(sum(day.findings.values()) for day in manifest.seals.values())
    click.echo(f"seals    {len(manifest.seals)} days verified, {findings} findings")
    for words in manifest.vault:
        click.echo(f"vault    {words}", err=True)
    click.echo(f"files    {len(manifest.parts)} of {size:,} bytes, read back and as written")
    click.echo(f"SHA-256 of the manifest: {made.sha256}")


def _forget(destination: Path, keep: int | None) -> None:
    from zhihuan.web.backup.making import forget_old

    for folder in forget_old(destination, keep) if keep else []:
        click.echo(f"deleted  {folder}")


# ---- shared with `restore` ----


@contextlib.contextmanager
def told_errors() -> Iterator[None]:
    """What an operator can mend becomes a sentence and exit code 1."""
    from django.db import Error

    from zhihuan.telemetry.store import StoreError
    from zhihuan.web.backup.errors import BackupError, DamagedBackupError
    from zhihuan.web.environment import BadSettingError

    try:
        yield
    except DamagedBackupError as error:
        for line in error.damaged:
            click.echo(f"damaged  {line}", err=True)
        raise click.ClickException(str(error)) from error
    except (BackupError, BadSettingError, StoreError, OSError, ValueError, Error) as error:
        raise click.ClickException(" ".join(str(error).split())) from error
