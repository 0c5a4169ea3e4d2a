"""A nation's hours in one Parquet file, as grids of stations by hours, one pollutant at a time.

    hours = AirHoursFile.opened(Path("2025.parquet"), 2025)
    grid = hours.grid("PM25")          # (stations, days, 24), NaN where no row was

Who and when is read once and kept as one number a row (four bytes); the concentrations are read
column by column and row group by row group. So the memory is that of one pollutant's hours, however
many pollutants there are. Rows may stand in any order.

It refuses times without a zone or off the hour, two rows of one station and hour, and a station that
changes its city, each with the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from zhihuan.evaluation.errors import FileRefusedError
from zhihuan.standards.dated import Days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS

__all__ = ["AirHoursFile"]

Ints = NDArray[np.int64]

_BATCH = 1 << 17  # rows a time: a batch of one column fits the processor's cache
_HOUR, _DAY_HOURS = 3600, 24
_OTHER_YEAR = -1
_SECONDS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_NEEDED = ("station", "city", "time")


@dataclass(frozen=True, slots=True)
class AirHoursFile:
    """An opened file. stations, cities: of each point, in order of appearance; control: whether it
    is a control point; days: of the year; where: place of each row in the grid, -1 for hours of
    other years.
    """

    path: Path
    stations: tuple[str, ...]
    cities: tuple[str, ...]
    control: NDArray[np.bool_]
    days: Days
    where: NDArray[np.int32]

    @classmethod
    def opened(cls, path: Path, year: int) -> AirHoursFile:
        """Read who and when of every row. Raises FileRefusedError naming the row."""
        days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
        names = _names_in(path)
        points = _Points()
        where: list[NDArray[np.int32]] = []
        start = 0
        for batch in _batches(path, [*_NEEDED, *(["control"] if "control" in names else [])]):
            code = points.codes(batch, start)
            hour = _hours_since(batch.column("time"), days[0], start)
            inside = (hour >= 0) & (hour < len(days) * _DAY_HOURS)
            place = code * len(days) * _DAY_HOURS + hour
            where.append(np.where(inside, place, _OTHER_YEAR).astype(np.int32))
            start += batch.num_rows
        found = cls(
            path,
            tuple(points.stations),
            tuple(points.city_names[code] for code in points.city_of),
            np.array(points.control, dtype=bool),
            days,
            np.concatenate(where) if where else np.empty(0, dtype=np.int32),
        )
        found._refuse_doubles()
        return found

    @property
    def outside(self) -> int:
        """How many rows are of other years."""
        return int(np.count_nonzero(self.where == _OTHER_YEAR))

    def grid(self, pollutant: str) -> NDArray[np.float64]:
        """All hours of one pollutant (stations, days, 24), labels 01:00 to 24:00.

        A column the file does not have is all missing.
        """
        flat = np.full(len(self.stations) * len(self.days) * _DAY_HOURS, np.nan)
        start = 0
        if pollutant in _names_in(self.path):
            for batch in _batches(self.path, [pollutant]):
                values = batch.column(0).to_numpy(zero_copy_only=False)
                where = self.where[start : start + len(values)]
                inside = where >= 0
                flat[where[inside]] = decimal_floats(values)[inside]
                start += len(values)
        return flat.reshape(len(self.stations), len(self.days), _DAY_HOURS)

    def _refuse_doubles(self) -> None:
        inside = self.where[self.where >= 0]
        seen = np.zeros(len(self.stations) * len(self.days) * _DAY_HOURS, dtype=bool)
        seen[inside] = True
        if np.count_nonzero(seen) == inside.size:
            return
        order = np.argsort(self.where, kind="stable")
        ordered = self.where[order]
        again = (ordered[1:] == ordered[:-1]) & (ordered[1:] >= 0)
        row = int(order[1:][again].min())
        station = self.stations[int(self.where[row]) // (len(self.days) * _DAY_HOURS)]
        raise FileRefusedError(f"第 {row + 1} 行：点位 {station} 的这一小时已有一行，请合并或删除")


class _Points:
    """Stations and cities numbered as they appear, and which city each station is of."""

    def __init__(self) -> None:
        self.stations: dict[str, int] = {}
        self.city_names: list[str] = []
        self.city_of: list[int] = []
        self.control: list[bool] = []
        self._cities: dict[str, int] = {}

    def codes(self, batch: pa.RecordBatch, start: int) -> Ints:
        """The number of the station of each row; new ones are taken up with their city."""
        code = _coded(batch.column("station"), self.stations, "station", start)
        city = _coded(batch.column("city"), self._cities, "city", start)
        self.city_names = list(self._cities)
        control = np.zeros(len(code), dtype=bool)
        if "control" in batch.schema.names:
            control = batch.column("control").to_numpy(zero_copy_only=False).astype(bool)
        fresh, first = np.unique(code, return_index=True)
        for number, row in zip(fresh.tolist(), first.tolist(), strict=True):
            if number >= len(self.city_of):
                self.city_of.append(int(city[row]))
                self.control.append(bool(control[row]))
        self._refuse_moves(code, city, control, start)
        return code

    def _refuse_moves(self, code: Ints, city: Ints, control: NDArray[np.bool_], start: int) -> None:
        moved = np.array(self.city_of)[code] != city
        moved |= np.array(self.control)[code] != control
        if moved.any():
            row = int(np.argmax(moved))
            station = list(self.stations)[int(code[row])]
            raise FileRefusedError(
                f"第 {start + row + 1} 行：点位 {station} 的城市或对照点标记与前面的行不一致，请统一"
            )


def _names_in(path: Path) -> list[str]:
    """The file's columns. Raises FileRefusedError when a needed one is missing or has no zone."""
    schema = pq.read_schema(path)
    missing = [name for name in _NEEDED if name not in schema.names]
    if missing:
        raise FileRefusedError(
            f"{path.name} 缺少列：{'、'.join(missing)}；须有 {'、'.join(_NEEDED)}"
        )
    kind = schema.field("time").type
    if not pa.types.is_timestamp(kind) or kind.tz is None:
        raise FileRefusedError(
            f"{path.name} 的 time 列是 {kind}，须为带时区的时间戳，例如 timestamp[s, tz=Asia/Shanghai]"
        )
    return list(schema.names)


def _batches(path: Path, columns: list[str]) -> Iterator[pa.RecordBatch]:
    texts = [name for name in columns if name in {"station", "city"}]
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        yield from file.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False)


def _coded(column: pa.Array, known: dict[str, int], name: str, start: int) -> Ints:
    """The number of each row's text; texts not seen before are given the next number."""
    if column.null_count:
        row = int(np.argmax(column.is_null().to_numpy(zero_copy_only=False)))
        raise FileRefusedError(f"第 {start + row + 1} 行：{name} 为空，请补上")
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    indices = column.indices.to_numpy()
    words = column.dictionary.to_pylist()
    used, first = np.unique(indices, return_index=True)
    for place in used[np.argsort(first)].tolist():  # in order of appearance
        known.setdefault(words[place], len(known))
    numbers = np.array([known.get(word, -1) for word in words], dtype=np.int64)
    return np.asarray(numbers[indices])


def _hours_since(column: pa.Array, first_day: np.datetime64, start: int) -> Ints:
    """Whole hours from the year's beginning to the beginning of each row's hour."""
    if column.null_count:
        row = int(np.argmax(column.is_null().to_numpy(zero_copy_only=False)))
        raise FileRefusedError(f"第 {start + row + 1} 行：时间为空，请补上")
    per_second = _SECONDS[column.type.unit]
    stamps = column.cast(pa.int64()).to_numpy()
    beginning = int(first_day.astype("datetime64[s]").astype(np.int64)) - BEIJING_OFFSET_SECONDS
    hour, rest = np.divmod(stamps - beginning * per_second, _HOUR * per_second)
    if rest.any():
        row = int(np.argmax(rest != 0))
        raise FileRefusedError(f"第 {start + row + 1} 行：时间不在整点上，请先求小时均值")
    return np.asarray(hour - 1)
