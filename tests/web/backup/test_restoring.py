"""A backup comes back whole on a clean machine, and nothing that is not whole comes back."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from zhihuan.web.backup.errors import DamagedBackupError
from zhihuan.web.backup.manifest import read_manifest
from zhihuan.web.backup.restoring import checked


def quiet(*_progress: object) -> None:
    """Nobody looks at the bars."""


def test_a_clean_home_gets_equal_counts_and_verified_seals(city, backup, elsewhere):
    said = elsewhere.run("restore", str(backup))
    manifest = read_manifest(backup)
    assert len(manifest.seals) >= 1
    assert all(day.findings == {} for day in manifest.seals.values())
    assert sum(day.frames for day in manifest.seals.values()) > 100
    assert f"seals    {len(manifest.seals)} days verified against the ledger" in said
    assert not (elsewhere.home / "restoring.json").exists()
    assert (elsewhere.home / "statistics.json").read_text() == '{"looked": 1}'
    with sqlite3.connect(elsewhere.home / "zhihuan.sqlite3") as ours:
        tables = manifest.database.tables
        assert tables["registry_device"] == 7
        for name, rows in tables.items():
            assert ours.execute(f"SELECT count(*) FROM {name}").fetchone() == (rows,)


def test_the_store_of_a_restored_home_has_what_the_first_had(city, backup, elsewhere):
    elsewhere.run("restore", str(backup))
    ours, theirs = (
        [line for line in each.run("telemetry", "stats").splitlines() if "│" in line]
        for each in (elsewhere, city)
    )

    def rows(table: list[str]) -> dict[str, str]:
        return {line.split("│")[1].strip(): line.split("│")[2].strip() for line in table}

    for name in ("latest", "frame", "seal"):
        assert rows(ours)[name] == rows(theirs)[name], name


def test_a_flipped_byte_in_any_file_is_found_and_named(backup, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    assert {"manifest.json", "manifest.sha256", "zhihuan.sqlite3", "latest.parquet"} <= {
        path.name for path in files
    }
    checked(copy, quiet)
    for path in files:
        whole = path.read_bytes()
        if not whole:
            continue
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        with pytest.raises(DamagedBackupError) as refused:
            checked(copy, quiet)
        named = "".join(refused.value.damaged)
        assert path.name in named or path.name.startswith("manifest"), path
        path.write_bytes(whole)
    checked(copy, quiet)


def test_a_file_that_is_missing_or_short_is_found(backup, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    (copy / "telemetry" / "latest.parquet").unlink()
    database = copy / "database" / "zhihuan.sqlite3"
    database.write_bytes(database.read_bytes()[:-1])
    with pytest.raises(DamagedBackupError) as refused:
        checked(copy, quiet)
    assert [line.split(":")[0] for line in sorted(refused.value.damaged)] == [
        "database/zhihuan.sqlite3",
        "telemetry/latest.parquet",
    ]


def test_a_damaged_backup_touches_nothing(backup, elsewhere, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    (copy / "telemetry" / "latest.parquet").write_bytes(b"nothing")
    said = elsewhere.run("restore", str(copy), code=1)
    assert "damaged  telemetry/latest.parquet" in said
    assert not (elsewhere.home / "zhihuan.sqlite3").exists()
    assert not (elsewhere.home / "telemetry").exists()


def test_a_home_that_holds_something_is_refused_and_put_aside_when_told(backup, elsewhere):
    elsewhere.home.mkdir()
    (elsewhere.home / "zhihuan.sqlite3").write_text("precious")
    said = elsewhere.run("restore", str(backup), code=1)
    assert "there is something already" in said
    assert (elsewhere.home / "zhihuan.sqlite3").read_text() == "precious"
    elsewhere.run("restore", str(backup), "--put-aside")
    (aside,) = elsewhere.home.glob("zhihuan.sqlite3.before-*")
    assert aside.read_text() == "precious"


def test_a_restore_killed_anywhere_is_given_again_and_then_whole(backup, elsewhere):
    for pause in (0.3, 0.8, 1.3, 1.8, 2.4):
        process = elsewhere.start("restore", str(backup))
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    elsewhere.run("restore", str(backup))
    assert not (elsewhere.home / "restoring.json").exists()


def test_the_platform_does_not_start_on_a_half_restored_home(elsewhere):
    elsewhere.home.mkdir()
    (elsewhere.home / "restoring.json").write_text(json.dumps({"from": "/b/1", "made": "x"}))
    said = elsewhere.run("serve", "--listen", "127.0.0.1:0", "--gateway", "127.0.0.1:0", code=1)
    assert "zhihuan restore /b/1" in said


def test_rows_that_went_missing_on_the_way_are_told_and_the_mark_stays(backup, elsewhere, tmp_path):
    """As a loader that drops rows would leave it: the files are sound, the store is not."""
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    facts = json.loads((copy / "manifest.json").read_text())
    facts["store"][0]["rows"] += 1
    day = next(iter(facts["seals"]))
    facts["seals"][day]["findings"] = {"missing": 1}
    _write_again(copy, facts)
    said = elsewhere.run("restore", str(copy), code=1)
    assert f"DIFFERS  {facts['store'][0]['name']}" in said
    assert f"DIFFERS  {day}: seals" in said
    assert (elsewhere.home / "restoring.json").exists()


def _write_again(folder: Path, facts: dict) -> None:
    import hashlib

    text = json.dumps(facts).encode()
    (folder / "manifest.json").write_bytes(text)
    guard = f"{hashlib.sha256(text).hexdigest()}  manifest.json\n"
    (folder / "manifest.sha256").write_text(guard)
