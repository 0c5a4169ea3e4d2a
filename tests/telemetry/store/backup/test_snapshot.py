"""A snapshot holds what was acknowledged before it, is refused when a part does not read, and leaves
the store alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rows_of_a_city import MIDNIGHT, MN, minutes

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import StoreCorrupt, StoreHeld, open_store
from zhihuan.telemetry.store.backup.snapshot import opened_snapshot, take_snapshot
from zhihuan.telemetry.store.folder_lock import FolderLock

#: Writes one row at a time, says how many are acknowledged, never closes.
_WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from rows_of_a_city import MIDNIGHT, minutes
from zhihuan.telemetry.store import open_store
store = open_store(sys.argv[2]); store.migrate()
for number in range(10_000):
    store.write(minutes([number], MIDNIGHT + 60 * number))
    if number % 20 == 0:
        store.latest()
    print(number, flush=True)
"""


def values(folder: Path) -> list[float]:
    with opened_snapshot(folder) as store:
        series = store.series(MN, "w01018", Kind.MINUTE, MIDNIGHT, MIDNIGHT + 10**6)
        return series.value.tolist()


def test_what_another_process_acknowledged_before_is_in_the_snapshot(tmp_path: Path) -> None:
    folder = tmp_path / "telemetry"
    here = str(Path(__file__).parents[1])
    command = [sys.executable, "-c", _WRITER, here, f"chdb://{folder}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) == 150:
                break
        found = values(folder)
        writer.kill()
    assert found[:151] == [float(number) for number in range(151)]
    assert not (folder / "snapshot").exists()


def filled(folder: Path) -> None:
    store = open_store(f"chdb://{folder}")
    store.migrate()
    store.write(minutes([1, 2, 3]))
    store.latest()
    store.close()


def test_a_part_that_does_not_read_is_no_backup(tmp_path: Path) -> None:
    folder = tmp_path / "telemetry"
    filled(folder)
    for path in folder.glob("engine/store/*/*/2-*_*_*_*/columns.txt"):
        path.write_bytes(b"nothing the engine knows")
    with (
        pytest.raises(StoreCorrupt, match="parts of the store do not read"),
        opened_snapshot(folder),
    ):
        pass
    assert not (folder / "snapshot").exists()


def test_two_snapshots_of_one_store_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "telemetry"
    filled(folder)
    held = FolderLock(folder / "snapshot.lock")
    with pytest.raises(StoreHeld), opened_snapshot(folder):
        pass
    held.release()


def test_a_part_that_goes_away_while_being_linked_begins_the_table_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihuan.telemetry.store.backup import snapshot

    folder = tmp_path / "telemetry"
    filled(folder)
    real, tries = snapshot._link_part, []

    def going_away(part: Path, place: Path) -> None:
        tries.append(part)
        real(part, place)
        if len(tries) == 1:
            raise FileNotFoundError(part)

    monkeypatch.setattr(snapshot, "_link_part", going_away)
    take_snapshot(folder, tmp_path / "place")
    parts = {path.name for path in folder.glob("engine/store/*/*/*_*_*_*") if path.is_dir()}
    taken = {path.name for path in (tmp_path / "place").glob("engine/store/*/*/*_*_*_*")}
    assert taken == parts


def test_what_a_killed_backup_left_is_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "telemetry"
    filled(folder)
    (folder / "snapshot" / "engine").mkdir(parents=True)
    (folder / "snapshot" / "engine" / "left").write_text("over")
    assert values(folder) == [1, 2, 3]
