"""A backup is complete under its name or not there; what has not changed is not written twice."""

from __future__ import annotations

import json
import signal
import time

from zhihuan.web.backup.making import backups_in, forget_old
from zhihuan.web.backup.manifest import read_manifest
from zhihuan.web.backup.restoring import checked


def test_a_backup_killed_anywhere_leaves_no_finished_one_that_is_not_whole(city, tmp_path):
    for pause in (0.4, 0.9, 1.4, 1.9, 2.4, 3.0):
        process = city.start("backup", str(tmp_path), "--without-keys")
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    city.run("backup", str(tmp_path), "--without-keys")
    found = backups_in(tmp_path)
    assert found
    for folder in found:
        checked(folder, lambda *_: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [".lock", *(folder.name for folder in found)]
    )
    assert not (city.home / "telemetry" / "snapshot").exists()


def test_unchanged_days_are_shared_with_the_backup_before(city, backup, tmp_path):
    city.run("backup", str(tmp_path), "--without-keys")
    time.sleep(1.1)  # a backup is named by its second
    said = city.run("backup", str(tmp_path), "--without-keys")
    first, second = backups_in(tmp_path)
    slices = read_manifest(second).store
    assert f"{len(slices)} slices, {len(slices)} of them unchanged" in said
    for each in slices:
        name = f"telemetry/{each.name}.parquet"
        assert (first / name).samefile(second / name)


def test_a_damaged_file_of_the_backup_before_is_not_taken_over(city, tmp_path):
    city.run("backup", str(tmp_path), "--without-keys")
    (first,) = backups_in(tmp_path)
    (first / "telemetry" / "latest.parquet").write_bytes(b"rotten")
    time.sleep(1.1)
    said = city.run("backup", str(tmp_path), "--without-keys")
    assert "latest.parquet is no longer sound" in said
    checked(backups_in(tmp_path)[-1], lambda *_: None)


def test_old_backups_go_and_what_newer_ones_share_stays(city, tmp_path):
    city.run("backup", str(tmp_path), "--without-keys")
    time.sleep(1.1)
    said = city.run("backup", str(tmp_path), "--without-keys", "--keep", "1")
    assert "deleted" in said
    (left,) = backups_in(tmp_path)
    checked(left, lambda *_: None)
    assert forget_old(tmp_path, 1) == []


def test_the_store_is_untouched_by_being_backed_up(city, tmp_path):
    def parts() -> dict[str, tuple[int, bytes]]:
        engine = city.home / "telemetry" / "engine"
        return {
            f"{path}": (path.stat().st_mtime_ns, path.read_bytes())
            for path in engine.glob("store/*/*/*_*_*_*/*")
            if path.is_file()
        }

    before = parts()
    assert before
    city.run("backup", str(tmp_path), "--without-keys")
    assert parts() == before


def test_two_backups_into_one_folder_do_not_mix(city, tmp_path):
    import fcntl

    with (tmp_path / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = city.run("backup", str(tmp_path), "--without-keys", code=1)
    assert "another backup into" in said


def test_the_keys_must_be_decided_about_and_lie_elsewhere(city, tmp_path):
    assert "decide about the keys" in city.run("backup", str(tmp_path), code=2)
    inside = str(tmp_path / "keys.json")
    assert "must lie outside" in city.run("backup", str(tmp_path), "--keys", inside, code=2)
    assert backups_in(tmp_path) == []


def test_the_home_remembers_when_it_was_backed_up(city, backup):
    facts = json.loads((city.home / "last-backup.json").read_text())
    assert set(facts) == {"made", "folder", "manifest_sha256"}


def test_the_manifest_counts_every_day(backup):
    manifest = read_manifest(backup)
    days = manifest.measurements_by_day()
    assert len(days) >= 2
    assert all(count > 0 for count in days.values())
    facts = json.loads((backup / "manifest.json").read_text())
    assert facts["measurements_by_day"] == days


def test_no_key_is_in_the_backup(city, backup):
    secrets = [(city.home / name).read_bytes().strip() for name in ("secret.key", "sealing.key")]
    for path in backup.rglob("*"):
        if path.is_file():
            assert not any(secret in path.read_bytes() for secret in secrets), path
