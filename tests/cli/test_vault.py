"""``zhihuan vault``: every file read, what is wrong named, what nothing rests on taken away."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.origin import Origin
from zhihuan.bureau.vault.vaults import the_vault
from zhihuan.cli.vault import command

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    """The path of a kept file."""
    settings.ZHIHUAN_HOME = tmp_path
    stored = receive(io.BytesIO("说明".encode()), "说明.txt", Origin())
    return the_vault().path_of(stored.content.sha256)


def test_a_sound_vault_verifies_and_an_altered_file_is_named(kept: Path) -> None:
    good = run("verify")
    assert (good.exit_code, "1 files: every one is as it was kept" in good.output) == (0, True)
    kept.chmod(0o600)
    kept.write_bytes("假的".encode())
    bad = run("verify")
    assert bad.exit_code == 1
    assert f"altered: {kept.name} (说明.txt)" in bad.output


def test_a_missing_file_is_named(kept: Path) -> None:
    kept.unlink()
    assert f"missing: {kept.name}" in run("verify").output


def test_a_sweep_takes_what_no_row_names_and_leaves_what_one_does(kept: Path) -> None:
    orphan = the_vault().path_of(the_vault().put(io.BytesIO(b"orphan")).sha256)
    assert "0 files" in run("sweep").output
    os.utime(orphan, (time.time() - 2 * 86_400,) * 2)
    assert "1 files" in run("sweep").output
    assert kept.exists()
    assert not orphan.exists()


def test_a_file_that_no_row_names_is_named_and_no_fault(kept: Path) -> None:
    orphan = the_vault().put(io.BytesIO(b"orphan")).sha256
    told = run("verify")
    assert told.exit_code == 0
    assert f"no row names {orphan} (6 bytes" in told.output
    assert "zhihuan vault sweep" in told.output
    assert kept.name not in told.output
    assert the_vault().size_of(orphan) == 6, "nothing is deleted by looking"


def test_what_is_missing_is_told_with_how_to_mend_it(kept: Path) -> None:
    kept.unlink()
    assert "from a backup (files/vault in it)" in run("verify").output


def test_what_was_set_aside_is_named(kept: Path) -> None:
    kept.chmod(0o600)
    kept.write_bytes("假的".encode())
    receive(io.BytesIO("说明".encode()), "说明.txt", Origin())
    told = run("verify")
    assert told.exit_code == 0
    assert f"set aside, for it was altered when it came again: {kept.name}" in told.output
