"""The store's promises at size: ``python -m bench.store [--quick] [--rows N] [--url URL]``.

Fills a fresh store with a synthetic city (minutes, and a day of hours of all devices), lets it
merge, and asks what people ask. Times are of the whole call, NumPy columns in hand. Rows are made
on the fly by the same doors a gateway uses (``Insert`` columns, sorted), so the insert figure is
rows a second into durable storage, without the cost of decoding frames.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress

from bench._dose import add_doses, dose_of
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import open_store
from zhihuan.telemetry.store.coded import coded
from zhihuan.telemetry.store.engine import Insert

FULL_ROWS, QUICK_ROWS, FEW_ROWS = 200_000_000, 2_000_000, 100_000
POINTS = 10_000
FACTORS = [f"w{number:05}" for number in range(10)]
START = 1_780_243_200  # 2026-06-01 in Beijing
WEEK, DAY, HOUR = 7 * 86_400, 86_400, 3_600
PORTION = 500_000


def main() -> None:
    """Fill, ask, print one JSON line a figure."""
    arguments = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="zhihuan-bench-store-"))
    store = open_store(arguments.url or f"chdb://{folder}/telemetry")
    try:
        store.migrate()
        globals()["POINTS"] = dose_of(arguments, POINTS, POINTS, 100)
        _bench(store, arguments.rows or dose_of(arguments, FULL_ROWS, QUICK_ROWS, FEW_ROWS))
    finally:
        store.close()
        shutil.rmtree(folder, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, f"{QUICK_ROWS:,} rows")
    parser.add_argument("--rows", type=int, help="how many rows of minutes")
    parser.add_argument("--url", help="another store than a fresh embedded one")
    return parser.parse_args()


def _bench(store, rows: int) -> None:
    dice = np.random.default_rng(212)
    # a week of minutes of one factor is 10,080 rows: as many whole series as the dose allows
    series = max(1, rows // (WEEK // 60))
    mns = [f"ZS442000W{number:015}" for number in range(max(1, series // len(FACTORS)))]
    note = f"{rows:,} rows of minutes, {len(mns):,} outlets"
    written, seconds = _fill_minutes(store, mns, dice)
    _figure("insert", written / seconds, "rows/s", None, f"durable, portions of {PORTION:,}")
    _fill_city_day(store, dice)
    store.compact()
    _sizes(store)
    picks = iter(dice.choice(mns, 1000).tolist())
    factors = iter(dice.choice(FACTORS, 1000).tolist())

    def week() -> None:
        found = store.series(next(picks), next(factors), Kind.MINUTE, START, START + WEEK)
        assert len(found) == WEEK // 60

    _timed("a week of one outlet's minutes, p95", week, 100, 150, note)
    _timed(
        "the same in 500 buckets, p95",
        lambda: store.buckets(
            next(picks), next(factors), Kind.MINUTE, START, START + WEEK, count=500
        ),
        50,
        None,
        note,
    )
    _timed(
        f"latest of {POINTS:,} points, p95",
        lambda: _latest(store),
        10,
        300,
        f"{POINTS:,} points x {len(FACTORS)} factors, hours",
    )
    _timed(
        "a day of city-wide hourly aggregates, p95",
        lambda: _city(store),
        10,
        500,
        f"{POINTS:,} points x {len(FACTORS)} factors x 24 hours",
    )


def _fill_minutes(store, mns: list[str], dice: np.random.Generator) -> tuple[int, float]:
    """A week of minutes for every outlet and factor; rows written and the seconds spent writing."""
    times = np.arange(START, START + WEEK, 60, dtype=np.uint32)
    group = max(1, PORTION // (len(times) * len(FACTORS)))
    written, spent = 0, 0.0
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("minutes", total=len(mns))
        for first in range(0, len(mns), group):
            part = mns[first : first + group]
            columns = _columns(part, times, Kind.MINUTE, dice)
            started = time.perf_counter()
            store.engine.insert([Insert("measurement", columns)])
            spent += time.perf_counter() - started
            written += len(columns["time"])
            bar.advance(task, len(part))
    return written, spent


def _fill_city_day(store, dice: np.random.Generator) -> None:
    times = np.arange(START, START + DAY, HOUR, dtype=np.uint32)
    for first in range(0, POINTS, 1000):
        part = [f"ZS442000C{number:015}" for number in range(first, min(first + 1000, POINTS))]
        store.engine.insert([Insert("measurement", _columns(part, times, Kind.HOUR, dice))])
        newest = _columns(part, times[-1:], Kind.HOUR, dice)
        recency = newest["time"].astype(np.uint64) << np.uint64(32)
        store.engine.insert([Insert("latest", {**newest, "recency": recency})])


def _columns(mns: list[str], times: np.ndarray, kind: Kind, dice: np.random.Generator) -> dict:
    """Every (mn, factor, time), sorted by the key; values wander as measured ones do."""
    count = len(mns) * len(FACTORS) * len(times)
    nothing = np.full(count, np.nan)
    steps = dice.normal(0, 0.2, (len(mns) * len(FACTORS), len(times)))
    value = np.round(np.abs(50 + np.cumsum(steps, axis=1)), 2).ravel()
    time_column = np.tile(times, len(mns) * len(FACTORS))
    return {
        "mn": coded("mn", np.repeat(np.array(mns, dtype=object), len(FACTORS) * len(times))),
        "factor": coded(
            "factor", np.tile(np.repeat(np.array(FACTORS, dtype=object), len(times)), len(mns))
        ),
        "kind": np.full(count, kind, dtype=np.uint8),
        "time": time_column,
        "value": value,
        "minimum": np.round(value * 0.97, 2),
        "maximum": np.round(value * 1.03, 2),
        "total": nothing,
        "zs_value": nothing,
        "zs_minimum": nothing,
        "zs_maximum": nothing,
        "flag": coded("flag", np.full(count, "N", dtype=object)),
        "received": time_column.astype(np.int64) * 1000 + dice.integers(60_000, 62_000, count),
        "frame_id": dice.integers(0, 2**63, count, dtype=np.uint64),
    }


def _latest(store) -> None:
    assert len(store.latest()) == POINTS * len(FACTORS)


def _city(store) -> None:
    assert len(store.city_hours(START, START + DAY)) == 24 * len(FACTORS)


def _sizes(store) -> None:
    size = next(one for one in store.table_sizes() if one.table == "measurement")
    note = (
        f"measurement, {size.rows:,} rows, {size.bytes_on_disk / 2**30:.2f} GiB; 8 are the frame_id"
    )
    _figure("on disk", size.bytes_on_disk / size.rows, "bytes a row", None, note)


def _timed(
    name: str, call: Callable[[], object], times: int, target: float | None, note: str
) -> None:
    call()  # the first call finds marks and files cold for everybody
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - started))
    _figure(name, float(np.percentile(taken, 95)), "ms", target, note)


def _figure(name: str, value: float, unit: str, target: float | None, note: str) -> None:
    line = {"bench": f"store: {name}", "figure": round(value, 1), "unit": unit, "target": target,
            "at_most": unit == "ms", "note": note}  # fmt: skip
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
