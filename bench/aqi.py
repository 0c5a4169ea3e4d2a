"""Hourly AQI on one core: concentrations a second, beside what one would pick otherwise.

The records have six pollutants as the national network reports them: whole µg/m³, CO with one decimal,
two values in a hundred missing. "Default call" is ``hourly_aqi`` with all its checks; it gives AQI, six
individual indices, primary and exceeding pollutants and the level. The peers (aqi-hub, python-aqi,
``numpy.interp``) run on the same records in the same run, and every concentration they may be given
is compared with ours. Seconds are processor time, so that other programs disturb less.
"""

from __future__ import annotations

import argparse
import json
import math
import time
import tracemalloc
import warnings
from collections.abc import Callable
from decimal import Decimal

import numpy as np
from aqi_hub.aqi_cn.aqi import cal_aqi_cn, cal_iaqi_cn
from numpy.typing import NDArray

import aqi as python_aqi
from bench._dose import add_doses, dose_of
from zhihuan.standards.air import curve, daily_aqi, hourly_aqi, iaqi

Floats = NDArray[np.float64]
Columns = dict[str, Floats]

OLD, NEW = "HJ 633-2012", "HJ 633-2026"
MEANS = {"SO2": 12.0, "NO2": 30.0, "CO": 0.8, "O3": 80.0, "PM10": 60.0, "PM25": 40.0}
CURVES = {
    "SO2": "SO2_1h", "NO2": "NO2_1h", "CO": "CO_1h", "O3": "O3_1h",
    "PM10": "PM10_24h", "PM25": "PM25_24h",
}  # fmt: skip
PYTHON_AQI = {
    "SO2_24h": python_aqi.constants.POLLUTANT_SO2_24H,
    "SO2_1h": python_aqi.constants.POLLUTANT_SO2_1H,
    "NO2_24h": python_aqi.constants.POLLUTANT_NO2_24H,
    "NO2_1h": python_aqi.constants.POLLUTANT_NO2_1H,
    "CO_24h": python_aqi.constants.POLLUTANT_CO_24H,
    "CO_1h": python_aqi.constants.POLLUTANT_CO_1H,
    "O3_1h": python_aqi.constants.POLLUTANT_O3_1H,
    "O3_8h": python_aqi.constants.POLLUTANT_O3_8H,
    "PM10_24h": python_aqi.constants.POLLUTANT_PM10,
    "PM25_24h": python_aqi.constants.POLLUTANT_PM25,
}
COLUMNS = tuple(PYTHON_AQI)
SECONDS = 3.0


def made_records(count: int, *, decimals: int = 0) -> Columns:
    """Concentrations of a skewed distribution, reproducible."""
    chance = np.random.default_rng(633)
    columns = {}
    for name, mean in MEANS.items():
        digits = decimals + (name == "CO")
        values = np.round(chance.gamma(1.6, mean / 1.6, count), digits)
        values[chance.random(count) < 0.02] = np.nan
        columns[name] = values
    return columns


def rate(work: Callable[[], object], values: int) -> float:
    """Values a second, the best of several runs."""
    best, until = float("inf"), time.monotonic() + SECONDS
    while best == float("inf") or time.monotonic() < until:
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return values / best


def report(
    name: str, figure: float, unit: str, *, target: float | None = None, note: str = ""
) -> None:
    line = {
        "bench": f"aqi: {name}",
        "figure": round(figure, 3 if figure < 100 else 0),
        "unit": unit,
        "target": target,
        "note": note,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


# --- peers ------------------------------------------------------------------------------------------


def by_aqi_hub(records: Columns) -> list[object]:
    """One call a record, as its documentation shows; missing values as None."""
    rows = zip(*(records[name].tolist() for name in MEANS), strict=True)
    found = []
    for row in rows:
        so2, no2, co, o3, pm10, pm25 = (None if math.isnan(value) else value for value in row)
        found.append(cal_aqi_cn(pm25, pm10, so2, no2, co, o3, "hourly"))
    return found


def by_python_aqi(records: Columns) -> list[object]:
    """One call a record; it wants texts."""
    codes = [PYTHON_AQI[CURVES[name]] for name in MEANS]
    rows = zip(*(records[name].tolist() for name in MEANS), strict=True)
    return [
        python_aqi.to_aqi(
            [
                (code, str(value))
                for code, value in zip(codes, row, strict=True)
                if not math.isnan(value)
            ],
            algo=python_aqi.ALGO_MEP,
        )
        for row in rows
    ]


def by_interp(records: Columns) -> Floats:
    """What one writes in an afternoon: numpy.interp, ceil, maximum. AQI alone."""
    found = []
    for name, column in CURVES.items():
        known = curve(column, edition=OLD)
        found.append(np.ceil(np.interp(records[name], known.nodes, known.indices)))
    return np.fmax.reduce(found)


# --- agreement --------------------------------------------------------------------------------------


def every_concentration(column: str) -> list[Decimal]:
    """All figures that can be reported from 0 to the end of the table."""
    known = curve(column, edition=OLD)
    last = int(known.last) * 10**known.decimals
    return [Decimal(number).scaleb(-known.decimals) for number in range(last + 1)]


def disagreements(column: str, edition: str, index_of: Callable[[Decimal], float]) -> list[Decimal]:
    """Where a peer's index is not ours."""
    texts = every_concentration(column)
    ours = iaqi([float(text) for text in texts], column, edition=edition, checked=False).values
    return [text for text, own in zip(texts, ours.tolist(), strict=True) if index_of(text) != own]


def hub_index(column: str) -> Callable[[Decimal], float]:
    return lambda value: float(cal_iaqi_cn(column.upper(), float(value)) or 0)


def python_aqi_index(column: str) -> Callable[[Decimal], float]:
    def index(value: Decimal) -> float:
        try:
            return float(python_aqi.to_iaqi(PYTHON_AQI[column], str(value), python_aqi.ALGO_MEP))
        except (TypeError, IndexError):  # it has no segment for the value
            return float("nan")

    return index


def interp_index(column: str) -> Callable[[Decimal], float]:
    known = curve(column, edition=OLD)
    return lambda value: float(np.ceil(np.interp(float(value), known.nodes, known.indices)))


def report_agreement() -> None:
    """One figure a peer: how many of all reportable concentrations it gives another index for."""
    total = sum(len(every_concentration(column)) for column in COLUMNS)
    peers = {
        "aqi-hub, rules of 2026": (NEW, hub_index),
        "python-aqi, rules of 2012": (OLD, python_aqi_index),
        "numpy.interp and ceil, rules of 2012": (OLD, interp_index),
    }
    for name, (edition, index_of) in peers.items():
        found = {column: disagreements(column, edition, index_of(column)) for column in COLUMNS}
        places = "; ".join(
            f"{column} {len(values)}, first {values[0]}"
            for column, values in found.items()
            if values
        )
        count = sum(map(len, found.values()))
        report(f"{name}: index differs", count, f"of {total} concentrations", note=places)


# --- figures ----------------------------------------------------------------------------------------


def main() -> None:
    """Print one JSON object a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "a small dose")
    chosen = parser.parse_args()
    globals()["SECONDS"] = dose_of(chosen, SECONDS, 0.5, 0.0)
    warnings.simplefilter("ignore")  # aqi-hub warns of every missing value
    count = dose_of(chosen, 2_000_000, 200_000, 20_000)
    records, values = made_records(count), 6 * count
    days = np.datetime64("2025-12-01", "D") + np.arange(count) * 150 // count
    ours = rate(lambda: hourly_aqi(records, edition=OLD), values)
    note = "AQI, 6 indices, primary, exceeding, level; input checked"
    report("hourly, default call, 2012", ours, "values/s", target=15_000_000, note=note)
    new = rate(lambda: hourly_aqi(records, edition=NEW), values)
    report("hourly, default call, 2026", new, "values/s", target=15_000_000, note=note)
    spanning = rate(lambda: hourly_aqi(records, on=days), values)
    note = "a day a record, both editions in one call"
    report("hourly, days choose", spanning, "values/s", target=15_000_000, note=note)
    tenths = made_records(count, decimals=1)
    figure = rate(lambda: hourly_aqi(tenths, edition=OLD), values)
    note = "one more decimal than reported, not rounded: reckoned, not looked up"
    report("hourly, unrounded means, 2012", figure, "values/s", target=15_000_000, note=note)
    figure = rate(lambda: hourly_aqi(tenths, edition=NEW), values)
    note = "one more decimal than reported, a tenth of them ties"
    report("hourly, rounded first, 2026", figure, "values/s", target=15_000_000, note=note)
    daily = {("O3_8h" if name == "O3" else name): column for name, column in records.items()}
    report("daily", rate(lambda: daily_aqi(daily, edition=OLD), values), "values/s")

    sample_size = dose_of(chosen, 20_000, 2_000, 200)
    sample = {name: column[:sample_size] for name, column in records.items()}
    peers: dict[str, Callable[[Columns], object]] = {
        "aqi-hub": by_aqi_hub,
        "python-aqi": by_python_aqi,
        "numpy.interp and ceil": by_interp,
    }
    for name, peer in peers.items():
        given = records if peer is by_interp else sample
        size = 6 * len(given["CO"])
        figure = rate(lambda peer=peer, given=given: peer(given), size)  # type: ignore[misc]
        report(f"peer, {name}", figure, "values/s", note=f"ours is {ours / figure:.1f} times that")
    report_agreement()
    size = sum(column.nbytes for column in records.values())
    tracemalloc.start()
    hourly_aqi(records, on=days)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    report("memory of the call at its peak, over the input's", peak / size, "times")


if __name__ == "__main__":
    main()
