"""Slice files into an empty store, and the proof that it then has what they had.

Loading twice changes nothing: rows replace themselves by key. Refuses a store that has rows already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from zhihuan.telemetry.store.backup.counts import counted, frames_by_day
from zhihuan.telemetry.store.backup.saving import Progress, Saved
from zhihuan.telemetry.store.backup.slice_file import read_slice
from zhihuan.telemetry.store.backup.slices import day_of, slices
from zhihuan.telemetry.store.engine import Engine

__all__ = ["differences", "frames_received", "has_rows", "load"]


def has_rows(engine: Engine) -> bool:
    """Whether anything is in the store; its tables must be there."""
    return bool(slices(engine))


def load(engine: Engine, saved: Sequence[Saved], folder: Path, progress: Progress) -> int:
    """Write all slices into the store; returns the rows written."""
    total, done = sum(each.rows for each in saved), 0
    for each in saved:
        for insert in read_slice(each.table, folder / f"{each.name}.parquet"):
            engine.insert([insert])
            done += len(insert)
            progress(done, total)
    return done


def differences(engine: Engine, saved: Sequence[Saved]) -> Iterator[str]:
    """Every count by which the store differs from the backup, told; nothing when all are equal."""
    yield from _different({each.name: each.rows for each in saved}, counted(engine), "rows")
    wanted = frames_received(saved)
    found = {day_of(day): count for day, count in frames_by_day(engine).items()}
    yield from _different(wanted, found, "frames received")


def frames_received(saved: Sequence[Saved]) -> dict[str, int]:
    """Frames of the backup by Beijing day of reception."""
    total: dict[str, int] = {}
    for each in saved:
        for day, count in each.received.items():
            total[day] = total.get(day, 0) + count
    return total


def _different(wanted: Mapping[str, int], found: Mapping[str, int], what: str) -> Iterator[str]:
    for name in sorted(wanted.keys() | found.keys()):
        had, has = wanted.get(name, 0), found.get(name, 0)
        if had != has:
            yield f"{name}: {has} {what}, the backup has {had}"
