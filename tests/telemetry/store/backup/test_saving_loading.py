"""A store saved as files comes back on either engine with every row, and only changed days are
written again."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rows_of_a_city import MIDNIGHT, MN, NAN, frames, minutes, one, raw_frame

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import StatisticRows
from zhihuan.telemetry.store import Batch, StoreCorrupt
from zhihuan.telemetry.store.backup.counts import counted, frames_by_day
from zhihuan.telemetry.store.backup.loading import differences, has_rows, load
from zhihuan.telemetry.store.backup.saving import Saved, save
from zhihuan.telemetry.store.backup.slice_rows import rows_at_a_time
from zhihuan.telemetry.store.backup.slices import slices

DAY = 86_400
OTHER = "ZS442000W0000000002'@\\"


def never(_saved: Saved, _path: Path) -> bool:
    return False


def quiet(_done: int, _total: int) -> None:
    pass


def filled(store: Any) -> None:
    """Two devices, two days, corrections, a frame that came twice and one without QN, an event, a
    statistic, a seal."""
    store.write(minutes([1.5, NAN, -math.inf, 5e-324], MIDNIGHT))
    store.write(minutes([2.5], MIDNIGHT + DAY, mn=OTHER, flag="标记"))
    store.write(one(MIDNIGHT, 9.5, received=2_000_000_000_000))  # corrects the first minute
    store.write(one(MIDNIGHT, 7.0, kind=Kind.HOUR))
    store.write(frames([1, 2, 3], [1000 * MIDNIGHT + each for each in (1, 2, 3)]))
    store.write(frames([1], [1000 * MIDNIGHT + DAY * 1000]))  # again, a day later
    store.write(frames([4], [1000 * MIDNIGHT + 9], qn="no number at all"))
    batch = Batch()
    batch.events.mn.append(MN)
    batch.events.time.append(1000 * MIDNIGHT - 1)
    batch.events.event.append("offline")
    batch.events.detail.append("断线")
    store.write(batch)
    store.seal_day(date(2026, 6, 1))


def statistic() -> StatisticRows:
    rows = StatisticRows()
    for name, value in {
        "mn": MN, "factor": "w01018", "kind": 3, "time": MIDNIGHT, "value": 1.0, "minimum": 0.5,
        "maximum": 2.0, "total": NAN, "zs_value": NAN, "zs_minimum": NAN, "zs_maximum": NAN,
        "flag": "N", "valid_count": 58, "expected_count": 60, "valid": 1, "rule": "r1",
        "computed": 1000 * MIDNIGHT,
    }.items():  # fmt: skip
        getattr(rows, name).append(value)
    return rows


def save_all(store: Any, folder: Path, **more: Any) -> list[Saved]:
    folder.mkdir(exist_ok=True)
    return save(store.engine, folder, more.get("known", {}), more.get("take", never), quiet)


def emptied(store: Any) -> None:
    for table in ("measurement", "latest", "frame", "device_event", "statistic", "seal"):
        store.engine.command(f"TRUNCATE TABLE @{table}")


def everything(store: Any) -> list[Any]:
    """What the reads say: the promise is about them, not about rows on a disk."""
    series = store.series(MN, "w01018", Kind.MINUTE, 0, 2**32 - 1)
    other = store.series(OTHER, "w01018", Kind.MINUTE, 0, 2**32 - 1)
    kept = store.frames(MN, 0, 2**50)
    events = store.events(None, 0, 2**50)
    ours = store.statistics(MN, "w01018", 3, 0, 2**32 - 1)
    return [
        series.time.tolist(), np.array(series.value).tobytes(), other.value.tolist(),
        other.flag.tolist(), sorted(map(bytes, kept.raw)), sorted(kept.received.tolist()),
        events.event.tolist(), events.detail.tolist(), ours.value.tolist(), ours.rule.tolist(),
        sorted(store.latest().value.tolist()), store.stored_seals(date(2026, 6, 1)),
    ]  # fmt: skip


def test_every_row_comes_back_as_it_was(store: Any, tmp_path: Path) -> None:
    filled(store)
    store.write_statistics(statistic())
    before, saved = everything(store), save_all(store, tmp_path)
    assert raw_frame(1) in before[4]
    emptied(store)
    while has_rows(store.engine):
        pass  # the other replica follows by itself
    load(store.engine, saved, tmp_path, quiet)
    assert everything(store) == before
    assert list(differences(store.engine, saved)) == []
    assert list(store.verify_day(date(2026, 6, 1))) == []


def test_a_frame_counts_on_the_day_it_first_came(store: Any, tmp_path: Path) -> None:
    filled(store)
    saved = save_all(store, tmp_path)
    received = [each.received for each in saved if each.table == "frame"]
    assert received == [{"2026-06-01": 1}, {"2026-06-01": 3}]
    assert sum(frames_by_day(store.engine).values()) == 4


def test_corrections_and_repeats_are_counted_once(store: Any) -> None:
    filled(store)
    filled(store)
    assert counted(store.engine) == {
        "measurement-2-2026-06-01": 4, "measurement-2-2026-06-02": 1, "measurement-3-2026-06-01": 1,
        "latest": 3, "frame-0-1970-01-01": 1, "frame-0-2026-06-01": 3, "device_event-0-2026-05-31": 1,
        "seal-0-2026-06-01": 1,
    }  # fmt: skip


def test_a_changed_day_is_told_by_its_fingerprint_and_no_other(store: Any) -> None:
    filled(store)
    before = {each.name: each.fingerprint for each in slices(store.engine)}
    assert {each.name: each.fingerprint for each in slices(store.engine)} == before
    store.write(one(MIDNIGHT + DAY, 3.5, mn=OTHER, received=2_000_000_000_001))
    after = {each.name: each.fingerprint for each in slices(store.engine)}
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"measurement-2-2026-06-02", "latest"}


def test_only_changed_days_are_written_anew(store: Any, tmp_path: Path) -> None:
    filled(store)
    first = {each.name: each for each in save_all(store, tmp_path / "1")}
    store.write(one(MIDNIGHT + DAY, 3.5, mn=OTHER, received=2_000_000_000_001))
    taken: list[str] = []

    def take(saved: Saved, path: Path) -> bool:
        taken.append(saved.name)
        return True

    save_all(store, tmp_path / "2", known=first, take=take)
    assert {path.stem for path in (tmp_path / "2").iterdir()} == {
        "measurement-2-2026-06-02",
        "latest",
    }
    assert set(taken) == first.keys() - {"measurement-2-2026-06-02", "latest"}


@pytest.mark.cluster
@pytest.mark.parametrize("way", ["embedded to cluster", "cluster to embedded"])
def test_what_one_engine_saved_the_other_loads(
    embedded_store: Any, cluster_store: Any, tmp_path: Path, way: str
) -> None:
    source, target = embedded_store, cluster_store
    if way.startswith("cluster"):
        source, target = target, source
    filled(source)
    source.write_statistics(statistic())
    saved = save_all(source, tmp_path)
    load(target.engine, saved, tmp_path, quiet)
    assert everything(target) == everything(source)
    assert list(differences(target.engine, saved)) == []


def test_a_device_with_very_many_frames_is_read_in_pieces(
    embedded_store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhihuan.telemetry.store.backup.slice_rows._AT_A_TIME", {"frame": 7})
    assert rows_at_a_time("frame") == 7
    embedded_store.write(frames(range(100), [1000 * MIDNIGHT + each for each in range(100)]))
    saved = save_all(embedded_store, tmp_path)
    assert [each.rows for each in saved if each.table == "frame"] == [100]


def test_differences_name_what_is_missing_and_what_is_too_much(
    embedded_store: Any, tmp_path: Path
) -> None:
    filled(embedded_store)
    saved = save_all(embedded_store, tmp_path)
    embedded_store.write(frames([99], [1000 * MIDNIGHT]))
    embedded_store.engine.command("TRUNCATE TABLE @latest")
    assert sorted(differences(embedded_store.engine, saved)) == [
        "2026-06-01: 5 frames received, the backup has 4",
        "frame-0-2026-06-01: 4 rows, the backup has 3",
        "latest: 0 rows, the backup has 3",
    ]


def test_a_file_that_does_not_read_is_corrupt(embedded_store: Any, tmp_path: Path) -> None:
    filled(embedded_store)
    saved = save_all(embedded_store, tmp_path)
    path = tmp_path / "latest.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + bytes(20) + whole[220:])
    with pytest.raises(StoreCorrupt, match=r"latest\.parquet"):
        load(embedded_store.engine, saved, tmp_path, quiet)
