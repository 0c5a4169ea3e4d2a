"""Water classes on one core: station records a second, beside what one would write otherwise.

A record is what an automatic station reports: pH, dissolved oxygen, permanganate index, ammonia nitrogen
and total phosphorus; two values in a hundred are missing, one record in ten is of a lake. "Default call"
is ``water_class`` with all its checks; it gives the class, the class of each item and
how many items had a value. The routes beside it give the class alone, unchecked, from limits typed into
the program: a loop over records, and columns through ``numpy.searchsorted``. All run on the same records
in the same run, and every class is compared. Seconds are processor time.
"""

from __future__ import annotations

import argparse
import json
import math
import time
import tracemalloc
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bench._dose import add_doses, dose_of
from zhihuan.standards.surface_water import water_class

Columns = dict[str, NDArray[np.float64]]

DAY = date(2026, 9, 30)
SECONDS = 3.0
LIMITS = {
    "codmn": [2, 4, 6, 10, 15],
    "nh3n": [0.15, 0.5, 1.0, 1.5, 2.0],
    "tp": [0.02, 0.1, 0.2, 0.3, 0.4],
}
LAKE_TP = [0.01, 0.025, 0.05, 0.1, 0.2]
OXYGEN = [7.5, 6, 5, 3, 2]


def made_records(count: int) -> tuple[Columns, NDArray[np.bool_]]:
    """Records of a nation's rivers, reproducible, and which are of lakes."""
    chance = np.random.default_rng(3838)
    columns = {
        "ph": np.round(chance.normal(7.6, 0.5, count), 2),
        "do": np.round(np.abs(chance.normal(7.0, 2.2, count)), 2),
        "codmn": np.round(chance.gamma(2.0, 2.0, count), 2),
        "nh3n": np.round(chance.gamma(0.7, 0.6, count), 3),
        "tp": np.round(chance.gamma(1.2, 0.09, count), 3),
    }
    for column in columns.values():
        column[chance.random(count) < 0.02] = np.nan
    return columns, chance.random(count) < 0.1


# --- what one would write otherwise ---------------------------------------------------------------------


def record_class(record: dict[str, float], lake: bool) -> int:
    """One record by loops; 0 for one without values."""
    worst = 0
    for item, value in record.items():
        if math.isnan(value):
            continue
        if item == "ph":
            number = 1 if 6 <= value <= 9 else 6
        elif item == "do":
            number = next((n for n, limit in enumerate(OXYGEN, 1) if value >= limit), 6)
        else:
            limits = LAKE_TP if lake and item == "tp" else LIMITS[item]
            number = next((n for n, limit in enumerate(limits, 1) if value <= limit), 6)
        worst = max(worst, number)
    return worst


def plain(columns: Columns, lakes: NDArray[np.bool_]) -> list[int]:
    """A loop over records."""
    names = list(columns)
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [
        record_class(dict(zip(names, row, strict=True)), lake)
        for row, lake in zip(rows, lakes.tolist(), strict=True)
    ]


def searched(columns: Columns, lakes: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Columns through numpy.searchsorted."""
    worst = np.zeros(lakes.shape, dtype=np.int64)
    for item, column in columns.items():
        if item == "ph":
            number = np.where((column >= 6) & (column <= 9), 1, 6)
        elif item == "do":
            number = np.searchsorted([-limit for limit in OXYGEN], -column) + 1
        else:
            number = np.searchsorted(LIMITS[item], column) + 1
            if item == "tp":
                number = np.where(lakes, np.searchsorted(LAKE_TP, column) + 1, number)
        worst = np.maximum(worst, np.where(np.isnan(column), 0, number))
    return worst


# --- figures ------------------------------------------------------------------------------------------


def rate(work: Callable[[], object], count: int) -> float:
    """Records a second, the best of several runs."""
    best, until = float("inf"), time.monotonic() + SECONDS
    while best == float("inf") or time.monotonic() < until:
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return count / best


def peak_bytes(work: Callable[[], object]) -> int:
    """The most memory that a call holds beside its input."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def report(
    name: str, figure: float, unit: str, *, target: float | None = None, note: str = ""
) -> None:
    line = {
        "bench": f"water class: {name}",
        "figure": round(figure, 2 if figure < 100 else 0),
        "unit": unit,
        "target": target,
        "note": note,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def main() -> None:
    """Print one JSON object a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "a small dose")
    chosen = parser.parse_args()
    globals()["SECONDS"] = dose_of(chosen, SECONDS, 0.5, 0.0)
    count = dose_of(chosen, 4_000_000, 400_000, 50_000)
    columns, lakes = made_records(count)
    rivers = np.zeros(count, dtype=bool)
    days = np.datetime64(DAY, "D") + np.arange(count) % 365

    figure = rate(lambda: water_class(columns, on=DAY), count)
    note = "class of sample and items, counts; values guarded; deciding items on demand"
    report("rivers, default call", figure, "records/s", target=5_000_000, note=note)
    mixed = rate(lambda: water_class(columns, on=DAY, waterbody=lakes), count)
    report("rivers and lakes in one call", mixed, "records/s", target=5_000_000)
    dated = rate(lambda: water_class(columns, on=days, waterbody=lakes), count)
    report("the same, a day each record", dated, "records/s", target=5_000_000)
    whole = peak_bytes(lambda: water_class(columns, on=DAY, waterbody=lakes))
    report("memory beside the input", whole / count, "bytes/record", note="40 bytes are the input")

    some = {item: column[:50_000] for item, column in columns.items()}
    looped = rate(lambda: plain(some, lakes[:50_000]), 50_000)
    report(
        "peer, a loop over records", looped, "records/s", note=f"ours is {mixed / looped:.0f} times"
    )
    swept = rate(lambda: searched(columns, lakes), count)
    note = f"ours is {mixed / swept:.2f} times"
    report("peer, numpy.searchsorted, class alone, unchecked", swept, "records/s", note=note)

    ours = water_class(columns, on=DAY, waterbody=lakes).codes
    same = bool((ours == searched(columns, lakes)).all())
    same &= ours[:50_000].tolist() == plain(some, lakes[:50_000])
    only = water_class(columns, on=DAY).codes
    same &= bool((only == searched(columns, rivers)).all())
    report("classes equal on all routes", float(same), "yes/no", target=1)


if __name__ == "__main__":
    main()
