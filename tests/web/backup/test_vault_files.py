"""Evidence comes back with a backup, byte for byte; what was lost or altered before is told when it is made."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from zhihuan.bureau.vault.keeping import hold, receive
from zhihuan.bureau.vault.origin import Origin
from zhihuan.bureau.vault.vaults import the_vault
from zhihuan.web.backup.parts import Part
from zhihuan.web.backup.restoring import _Restoring
from zhihuan.web.backup.vault_files import altered, missing

WORDS = "情况说明".encode()
NAME = hashlib.sha256(WORDS).hexdigest()
KEEP = """
import io
from zhihuan.web.start import set_up
set_up()
from zhihuan.bureau.vault.keeping import hold, receive
from zhihuan.bureau.vault.origin import Origin
hold(receive(io.BytesIO("情况说明".encode()), "情况说明.txt", Origin()))
"""


def test_a_kept_file_comes_back(city: Any, elsewhere: Any, tmp_path: Path) -> None:
    city.python(KEEP)
    said = city.run("backup", str(tmp_path / "backups"), "--without-keys")
    assert "vault    " not in said
    elsewhere.run("restore", str(tmp_path / "backups"))
    there = elsewhere.home / "vault" / "files" / NAME[:2] / NAME
    assert there.read_bytes() == WORDS


@pytest.fixture
def kept(settings: Any, tmp_path: Path, db: None) -> Path:
    """Where a kept file lies."""
    settings.ZHIHUAN_HOME = tmp_path
    hold(receive(io.BytesIO(WORDS), "情况说明.txt", Origin()))
    return the_vault().path_of(NAME)


def restored(
    home: Path, told: list[str], tables: tuple[str, ...] = ("vault_content",)
) -> list[str]:
    """What a restore into ``home`` finds, of a backup that told ``told``."""
    manifest = SimpleNamespace(
        vault=told, database=SimpleNamespace(tables=dict.fromkeys(tables, 1))
    )
    database = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "x"}}
    settings = SimpleNamespace(
        ZHIHUAN_HOME=home, DATABASES=database, ZHIHUAN_STORE_URL=f"chdb://{home}/telemetry"
    )
    restoring: Any = _Restoring(settings, home, manifest, lambda *_: None)  # type: ignore[arg-type]
    return restoring._vault()


def test_a_sound_vault_is_no_finding(kept: Path, tmp_path: Path) -> None:
    assert missing(tmp_path) == []
    assert restored(tmp_path, []) == []


def test_what_a_restore_lacks_is_a_difference_unless_it_was_lost_before(
    kept: Path, tmp_path: Path
) -> None:
    kept.unlink()
    [words] = missing(tmp_path)
    assert words == f"missing: {NAME} (情况说明.txt)"
    assert restored(tmp_path, []) == [words]
    assert restored(tmp_path, [words]) == []


def test_a_backup_from_before_there_was_a_vault_restores(kept: Path, tmp_path: Path) -> None:
    kept.unlink()
    assert restored(tmp_path, [], tables=()) == []


def test_only_files_named_by_their_content_are_judged_by_their_name() -> None:
    parts = [
        Part("files/vault/files/ab/" + "a" * 64, 1, "b" * 64),
        Part("files/vault/files/aa/" + "a" * 64, 1, "a" * 64),
        Part("files/vault/refused/" + "a" * 64, 1, "b" * 64),
        Part("files/statistics.json", 1, "b" * 64),
    ]
    assert list(altered(parts)) == ["altered: " + "a" * 64]
