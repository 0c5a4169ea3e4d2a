"""Minutes into hours and days: rows a second of the arithmetic, against a row-at-a-time loop.

    python -m bench.aggregation [--quick]

The same made-up minutes (flue gas and sewage devices, some marked) go through ``hours_of`` and
``days_of``, and, in a smaller dose, through plain Python that does only the flue-gas rule: what a
loop over rows would cost. Then the same through a real store: read, compute, compare, write.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from bench._dose import add_doses, dose_of
from zhihuan.telemetry.aggregation.columns import Coded, CodedMeasurements
from zhihuan.telemetry.aggregation.devices import MonitoredDevice
from zhihuan.telemetry.aggregation.recompute import recompute
from zhihuan.telemetry.aggregation.statistics import days_of, hour_members, hours_of
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch, MeasurementRows
from zhihuan.telemetry.store import open_store

DAY = 1717171200  # 2024-06-01 00:00 in Beijing
GAS = (
    "a21026",
    "a21002",
    "a34013",
    "a00000",
    "a19001",
    "a01011",
    "a01012",
    "a01013",
    "a01014",
    "a21005",
)
WATER = (
    "w00000",
    "w01018",
    "w21003",
    "w01001",
    "w21011",
    "w21001",
    "w01012",
    "w01010",
    "w20122",
    "w20123",
)


def main() -> None:
    """Run all parts and print one JSON object a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "a small dose")
    devices = dose_of(parser.parse_args(), 200, 20, 2)
    gas, water = minutes(devices, "31", GAS), minutes(devices, "32", WATER)
    loop = row_loop(gas, rows=min(len(gas), 200_000))
    for name, table, system_type in (("flue gas", gas, "31"), ("sewage", water, "32")):
        rate = arithmetic(table, known(devices, system_type))
        tell(f"{name}: minutes to hours and days, arithmetic", rate, "rows/s", 1_000_000)
        if system_type == "31":
            tell("row-at-a-time Python loop, hours only", loop, "rows/s", None)
            tell("arithmetic over loop", rate / loop, "x", None)
    stored(min(devices, 50))


def known(devices: int, system_type: str) -> dict[str, MonitoredDevice]:
    """Devices with one-minute data."""
    return {f"D{n:05d}": MonitoredDevice(f"D{n:05d}", system_type, 60) for n in range(devices)}


def minutes(devices: int, system_type: str, factors: tuple[str, ...]) -> CodedMeasurements:
    """A day of minutes of every device and factor, 2 % of them marked."""
    names, slots = tuple(known(devices, system_type)), 1440
    count = devices * len(factors) * slots
    seed = np.random.default_rng(212)
    nothing = np.full(count, np.nan)
    marks = (seed.random(count) < 0.02).astype(np.int32)
    return CodedMeasurements(
        mn=Coded(names, np.repeat(np.arange(devices, dtype=np.int32), len(factors) * slots)),
        factor=Coded(factors, np.tile(np.repeat(np.arange(len(factors), dtype=np.int32), slots), devices)),
        flag=Coded(("N", "D"), marks),
        time=np.tile(DAY + 60 * np.arange(slots, dtype=np.int64), devices * len(factors)),
        value=seed.gamma(4.0, 10.0, count),
        minimum=nothing, maximum=nothing, total=nothing,
        zs_value=nothing, zs_minimum=nothing, zs_maximum=nothing,
    )  # fmt: skip


def arithmetic(table: CodedMeasurements, devices: dict[str, MonitoredDevice]) -> float:
    """Minute rows a second of one core (CPU time), the best of three."""
    none = table.where(np.zeros(len(table), dtype=np.bool_))
    best = math.inf
    for _ in range(3):
        started = time.process_time()
        days_of(hour_members(hours_of(table, devices)), none, devices)
        best = min(best, time.process_time() - started)
    return len(table) / best


def row_loop(table: CodedMeasurements, rows: int) -> float:
    """Minute rows a CPU second of the obvious loop: group, filter, average, judge."""
    columns = zip(
        table.mn.texts()[:rows].tolist(),
        table.factor.texts()[:rows].tolist(),
        table.time[:rows].tolist(),
        table.value[:rows].tolist(),
        table.flag.texts()[:rows].tolist(),
        strict=True,
    )
    given = list(columns)
    started = time.process_time()
    groups: dict[tuple[str, str, int], list[tuple[float, str]]] = defaultdict(list)
    for mn, factor, at, value, flag in given:
        groups[mn, factor, at // 3600].append((value, flag))
    hours = {}
    for key, members in groups.items():
        good = [value for value, flag in members if flag == "N" and value == value]  # noqa: PLR0124 - NaN
        is_normal = sum(flag == "N" for _, flag in members) >= 0.75 * len(members)
        mean = sum(good) / len(good) if good else math.nan
        hours[key] = (
            mean,
            min(good, default=math.nan),
            max(good, default=math.nan),
            len(good),
            is_normal and len(good) >= 45,
        )
    return rows / (time.process_time() - started)


def stored(devices: int) -> None:
    """The same with a real embedded store: how long a city's hour takes at that pace."""
    table = minutes(devices, "31", GAS)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"chdb://{Path(folder).resolve()}/telemetry")
        store.migrate()
        for begin in range(0, len(table), 200_000):
            store.write(Batch(measurements=as_rows(table, begin, min(begin + 200_000, len(table)))))
        chosen = known(devices, "31")
        for name in ("first", "again, nothing changed"):
            started = time.perf_counter()
            done = recompute(store, chosen, DAY, DAY + 86400)
            rate = len(table) / (time.perf_counter() - started)
            note = f"{done.written} written, {done.unchanged} unchanged"
            tell(
                f"store to store: read, compute, compare, write ({name})",
                rate,
                "rows/s",
                None,
                note,
            )
        store.close()


def as_rows(table: CodedMeasurements, begin: int, end: int) -> MeasurementRows:
    """A slice as rows for the store."""
    part: dict[str, Any] = {
        name: getattr(table, name)[begin:end]
        for name in (
            "time",
            "value",
            "minimum",
            "maximum",
            "total",
            "zs_value",
            "zs_minimum",
            "zs_maximum",
        )
    }
    texts = {name: getattr(table, name).texts()[begin:end] for name in ("mn", "factor", "flag")}
    count = end - begin
    return MeasurementRows(
        **part,
        **texts,
        kind=[int(Kind.MINUTE)] * count,
        received=[DAY * 1000] * count,
        frame_id=[0] * count,
    )


def tell(bench: str, figure: float, unit: str, target: float | None, note: str = "") -> None:
    """One figure, one line."""
    line = {
        "bench": f"aggregation: {bench}",
        "figure": round(figure, 1),
        "unit": unit,
        "target": target,
        "note": note,
    }
    print(json.dumps(line, ensure_ascii=False))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
