"""A whole store into a folder of slice files; what an earlier backup has already is taken from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhihuan.telemetry.store.backup.slice_file import write_slice
from zhihuan.telemetry.store.backup.slices import Slice, day_of, slices
from zhihuan.telemetry.store.engine import Engine
from zhihuan.telemetry.store.errors import StoreOutdated
from zhihuan.telemetry.store.history import all_migrations, pending

__all__ = ["Progress", "Saved", "Take", "migrations", "save"]

#: (rows done, rows in all)
Progress = Callable[[int, int], None]
#: Puts the earlier backup's file of this slice at the path; False when it has none that is sound.
Take = Callable[["Saved", Path], bool]


@dataclass(frozen=True, slots=True)
class Saved:
    """One slice in a backup. rows: as the reads see them. fingerprint: of the store's copies when it
    was read. received: frames by day of reception (``2026-06-01``), empty for other tables."""

    name: str
    table: str
    kind: int
    rows: int
    fingerprint: int
    received: Mapping[str, int] = field(default_factory=dict)


def migrations() -> list[str]:
    """The schema's history that the files have behind them."""
    return list(all_migrations())


def save(
    engine: Engine, folder: Path, known: Mapping[str, Saved], take: Take, progress: Progress
) -> list[Saved]:
    """Write every slice to ``folder/NAME.parquet``, or take it from before when nothing changed.

    known: the slices of the earlier backup by name. Raises ``StoreOutdated`` when the tables are
    those of another version.
    """
    if missing := pending(engine):
        raise StoreOutdated(f"the store lacks {', '.join(missing)}; run zhihuan telemetry migrate")
    found = slices(engine)
    total, done = sum(of.rows for of in found), 0
    saved = []
    for of in found:
        saved.append(_saved(engine, of, folder, known, take))
        done += of.rows
        progress(done, total)
    return saved


def _saved(
    engine: Engine, of: Slice, folder: Path, known: Mapping[str, Saved], take: Take
) -> Saved:
    path = folder / f"{of.name}.parquet"
    before = known.get(of.name)
    if before is not None and before.fingerprint == of.fingerprint and take(before, path):
        return before
    written = write_slice(engine, of, path)
    received = {day_of(day): count for day, count in sorted(written.by_day.items())}
    return Saved(of.name, of.table, of.kind, written.rows, of.fingerprint, received)
