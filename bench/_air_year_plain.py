"""The route a user would write without this package, for comparison: as plain as it is common.

The whole table in memory, ``group_by`` for daily means, NumPy station by station for ozone, NumPy
city by city for the year. The same minima; rounding by ``np.round``, which does not know decimal ties.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

MEANS = ("SO2", "NO2", "CO", "PM10", "PM25")
LIMITS = {"SO2": 60, "NO2": 40, "PM10": 60, "PM25": 30, "CO": 4, "O3": 160}


def plain_year(path: Path) -> dict[str, list[float]]:
    """City to its rank, composite index, and the six figures it was made of."""
    table = pq.read_table(path)
    seconds = table["time"].cast(pa.timestamp("s", tz="Asia/Shanghai"))
    table = table.set_column(table.schema.get_field_index("time"), "time", seconds)
    start = pc.subtract(seconds, pa.scalar(3600, pa.duration("s")))
    table = table.append_column("day", pc.floor_temporal(start, unit="day").cast(pa.int64()))
    table = table.filter(pc.invert(table["control"]))
    points = table.group_by("city").aggregate([("station", "count_distinct")])
    points_of = dict(
        zip(points["city"].to_pylist(), points["station_count_distinct"].to_pylist(), strict=True)
    )
    daily = table.group_by(["city", "station", "day"]).aggregate(
        [(name, how) for name in MEANS for how in ("mean", "count")]
    )
    city_days = {name: city_means_of(daily, name) for name in MEANS}
    city_days["O3"] = ozone_of(table)
    figures = {city: figures_of(city, points_of[city], city_days) for city in points_of}
    indices = {city: index_of(found) for city, found in figures.items()}
    ordered = sorted(value for value in indices.values() if value > 0)
    return {
        city: [ordered.index(value) + 1 if value > 0 else 0, value, figures[city]]
        for city, value in indices.items()
    }


def city_means_of(daily: pa.Table, name: str) -> dict[str, list[tuple[float, int, int]]]:
    valid = daily.filter(pc.greater_equal(daily[f"{name}_count"], 20))
    cities = valid.group_by(["city", "day"]).aggregate(
        [(f"{name}_mean", "mean"), (f"{name}_mean", "count")]
    )
    found: dict[str, list[tuple[float, int, int]]] = {}
    columns = (
        cities[c].to_pylist() for c in ("city", "day", f"{name}_mean_mean", f"{name}_mean_count")
    )
    for city, day, mean, count in zip(*columns, strict=True):
        found.setdefault(city, []).append((mean, count, day))
    return found


def ozone_of(table: pa.Table) -> dict[str, list[tuple[float, int, int]]]:
    """Station by station: hours on a grid, windows by convolution, then city by city."""
    per_city: dict[str, list[np.ndarray]] = {}
    frame = table.select(["city", "station", "day", "time", "O3"])
    frame = frame.set_column(1, "station", frame["station"].cast(pa.string())).sort_by("station")
    station = frame["station"].to_numpy()
    day, o3 = frame["day"].to_numpy(), frame["O3"].to_numpy()
    hour = (frame["time"].cast(pa.int64()).to_numpy() - day) // 3600 - 1
    first_day = day.min()
    number = (day - first_day) // 86400
    city = frame["city"].cast(pa.string()).to_numpy()
    edges = np.flatnonzero(np.concatenate([[True], station[1:] != station[:-1]]))
    for start, end in zip(edges, [*edges[1:], len(station)], strict=True):
        grid = np.full((number.max() + 1, 24), np.nan)
        grid[number[start:end], hour[start:end] % 24] = o3[start:end]
        maxima = np.full(len(grid), np.nan)
        for at, hours in enumerate(grid):
            known = ~np.isnan(hours)
            counts = np.convolve(known, np.ones(8), "valid")
            sums = np.convolve(np.where(known, hours, 0), np.ones(8), "valid")
            good = counts >= 6
            if good.any():
                largest = (sums[good] / counts[good]).max()
                if good.sum() >= 14 or np.round(largest) > 160:
                    maxima[at] = largest
        per_city.setdefault(city[start], []).append(maxima)
    found = {}
    for name, stations in per_city.items():
        stacked = np.stack(stations)
        counts = (~np.isnan(stacked)).sum(axis=0)
        sums = np.nansum(stacked, axis=0)
        found[name] = [
            (sums[k] / counts[k], int(counts[k]), int(first_day + 86400 * k))
            for k in range(stacked.shape[1])
            if counts[k]
        ]
    return found


def figures_of(city: str, points: int, city_days: dict) -> list[float]:
    """Reported means, P95 of CO and P90 of O3; -1 where days are too few."""
    share = 0.5 if points < 4 else 0.75
    found = []
    for name in LIMITS:
        rows = [row for row in city_days[name].get(city, []) if row[1] >= share * points]
        values = np.array([row[0] for row in rows])
        days = np.array([row[2] for row in rows], dtype="datetime64[s]")
        months = (days + np.timedelta64(8, "h")).astype("datetime64[M]").astype(int) % 12
        counts = np.bincount(months, minlength=12) if rows else np.zeros(12)
        needed = np.full(12, 27)
        needed[1] = 25
        if len(rows) < 324 or (counts < needed).any():
            found.append(-1.0)
            continue
        decimals = 1 if name == "CO" else 0
        percent = {"CO": 95, "O3": 90}.get(name)
        figure = np.percentile(np.round(values, decimals), percent) if percent else values.mean()
        found.append(float(np.round(figure, decimals)))
    return found


def index_of(figures: list[float]) -> float:
    if min(figures) < 0:
        return -1.0
    pairs = zip(figures, LIMITS.values(), strict=True)
    return float(np.round(sum(np.round(figure / limit, 2) for figure, limit in pairs), 2))
