"""A synthetic year of a nation's hourly air in one Parquet file. Every number in it is made up.

Levels, seasons and hours of the day are shaped like a nation's, and the gaps like real ones: outages of
hours to days (half of them without rows, half with empty cells), single lost hours, and the gases'
nightly calibration. Cities are called 模拟城市001 …, and the file's metadata say ``synthetic``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

YEAR = 2026  # the law changes on 1 March: both editions are at work
POLLUTANTS = ("SO2", "NO2", "CO", "O3", "PM10", "PM25")
LEVEL = {"SO2": 9.0, "NO2": 24.0, "CO": 0.7, "O3": 62.0, "PM10": 58.0, "PM25": 31.0}
# winter over summer, and how strongly the afternoon lifts (ozone) or lowers (the rest)
SEASON = {"SO2": 0.3, "NO2": 0.35, "CO": 0.3, "O3": -0.4, "PM10": 0.35, "PM25": 0.45}
AFTERNOON = {"SO2": 0.1, "NO2": -0.3, "CO": -0.1, "O3": 0.6, "PM10": -0.1, "PM25": -0.15}
GASES = ("SO2", "NO2", "CO", "O3")
ROWS_A_GROUP = 1 << 18

Floats = NDArray[np.float64]


def made_nation(path: Path, stations: int) -> Path:
    """Write the file unless it is there already; the same numbers every time."""
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(663)
    network = _network(stations, chance)
    unfinished = path.with_suffix(".part")
    with pq.ParquetWriter(unfinished, _schema(), compression="zstd") as writer:
        for month in range(1, 13):
            writer.write_table(_month(month, network, chance), row_group_size=ROWS_A_GROUP)
    unfinished.rename(path)
    return path


def _schema() -> pa.Schema:
    words = pa.dictionary(pa.int32(), pa.string())
    fields = [("station", words), ("city", words), ("control", pa.bool_())]
    fields += [("time", pa.timestamp("s", tz="Asia/Shanghai"))]
    fields += [(name, pa.float64()) for name in POLLUTANTS]
    return pa.schema(fields, metadata={"synthetic": "true", "说明": "模拟数据，非监测结果"})


def _network(stations: int, chance: np.random.Generator) -> dict[str, NDArray[np.generic]]:
    cities = max(1, stations * 337 // 1600)
    city = np.sort(
        np.concatenate([np.arange(cities), chance.integers(0, cities, stations - cities)])
    )
    first = np.concatenate([[True], city[1:] != city[:-1]])
    crowded = np.bincount(city)[city] > 3
    return {
        "station": np.array([f"{1001 + k}A" for k in range(stations)]),
        "city": np.array([f"模拟城市{k + 1:03d}" for k in range(cities)])[city],
        "control": first & crowded,
        "dirt": np.exp(chance.normal(0, 0.35, cities))[city] * chance.uniform(0.85, 1.15, stations),
    }


def _month(
    month: int, network: dict[str, NDArray[np.generic]], chance: np.random.Generator
) -> pa.Table:
    first = np.datetime64(f"{YEAR}-{month:02d}", "M")
    days = int(((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(int))
    hours, stations = days * 24, len(network["station"])
    absent, silent = _outages(hours, stations, chance)
    keep = ~absent.ravel()
    ends = first.astype("datetime64[s]").astype(np.int64) + 3600 * (np.arange(hours) + 1) - 8 * 3600
    columns: dict[str, object] = {
        name: pa.DictionaryArray.from_arrays(
            pa.array(np.tile(codes, hours)[keep].astype(np.int32)), pa.array(words)
        )
        for name in ("station", "city")
        for words, codes in [np.unique(network[name], return_inverse=True)]
    }
    columns["control"] = pa.array(np.tile(network["control"], hours)[keep])
    columns["time"] = pa.array(np.repeat(ends, stations)[keep]).cast(
        pa.timestamp("s", tz="Asia/Shanghai")
    )
    weather = np.repeat(np.exp(chance.normal(0, 0.45, (days, 1))), 24, axis=0)
    for name in POLLUTANTS:
        values = _values(name, month, hours, network["dirt"], weather, chance)
        lost = silent | (chance.random(values.shape, dtype=np.float32) < 0.012)
        if name in GASES:
            lost[3::24] |= chance.random((days, stations)) < 0.7
        columns[name] = pa.array(values.ravel()[keep], mask=lost.ravel()[keep])
    return pa.table(columns).cast(_schema())


def _values(  # noqa: PLR0913, PLR0917 - a recipe
    name: str,
    month: int,
    hours: int,
    dirt: NDArray[np.generic],
    weather: Floats,
    chance: np.random.Generator,
) -> Floats:
    hour = np.arange(hours) % 24
    year = 1 + SEASON[name] * np.cos(2 * np.pi * (month - 1) / 12)
    day = 1 + AFTERNOON[name] * np.cos(2 * np.pi * (hour - 14) / 24)
    noise = np.exp(chance.standard_normal((hours, len(dirt)), dtype=np.float32) * 0.25)
    lift = 1.0 if name == "O3" else dirt
    values = LEVEL[name] * year * day[:, np.newaxis] * weather * noise * lift
    return np.maximum(np.round(values, 1 if name == "CO" else 0), 0.1 if name == "CO" else 1.0)


def _outages(
    hours: int, stations: int, chance: np.random.Generator
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Hours without a row, and hours with empty cells: an outage every other month a station."""
    absent = np.zeros((hours, stations), dtype=bool)
    silent = absent.copy()
    for station in np.flatnonzero(chance.random(stations) < 0.5).tolist():
        start = int(chance.integers(0, hours))
        length = int(np.ceil(chance.lognormal(2.3, 1.0)))
        target = absent if chance.random() < 0.5 else silent
        target[start : start + length, station] = True
    return absent, silent
