"""A recorded series, played as if a device measured it now.

A map (packaged under ``maps/`` or a file of your own) says which columns are which factors. The
record is laid along simulated time from an anchor on and begins again at its end. Refuses to fill
gaps: a moment with no reading within three usual steps is missing.

Recorded series are real data of other places; devices that play them are named 回放 and are not
readings of this city.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from zhihuan.hj212.codes import factor as factor_of
from zhihuan.hj212.message import BEIJING
from zhihuan.telemetry.simulator.chance import Floats, Integers
from zhihuan.telemetry.simulator.kinds import FactorSpec, KindSpec, kind_spec
from zhihuan.telemetry.simulator.physics import tie_together
from zhihuan.telemetry.simulator.plant import Samples

__all__ = [
    "PlaybackError",
    "PlaybackMap",
    "RecordedPlant",
    "Recording",
    "packaged_maps",
    "read_map",
    "read_recordings",
]

_SOUND = ("Leq", "LA", "L5", "L10", "L50", "L90", "L95", "LMx", "LMn", "Ld", "Ln", "Ldn")
_STEPS_HELD = 3


class PlaybackError(ValueError):
    """The map or the recording cannot be used; the message says what, where and how to mend it."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One factor's column. scale, offset: value = column * scale + offset."""

    column: str
    scale: float = 1.0
    offset: float = 0.0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class PlaybackMap:
    """How a file is read. time: either ``columns`` with strptime ``formats`` (Beijing time unless
    the text has a zone; ``hour`` and ``shift_seconds`` are added) or ``every_seconds`` for rows
    without time. station_column: one device for each of its values."""

    title: str
    kind: str
    time: Mapping[str, Any]
    factors: Mapping[str, ColumnMap]
    missing: tuple[str, ...] = ("", "NA", "NaN")
    station_column: str = ""
    label_columns: Mapping[str, str] = field(default_factory=dict)
    flow: str = ""
    reports: tuple[str, ...] = ("realtime", "minute", "hour", "day")
    minute_minutes: int = 10


@dataclass(frozen=True, slots=True)
class Recording:
    """One station's series. seconds: (n,) epoch seconds UTC, rising. values: factor code -> (n,)
    in the factor's unit, NaN for missing. labels: factor code -> (n,) True where the record's own
    quality column is filled."""

    station: str
    seconds: Integers
    values: dict[str, Floats]
    labels: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]


def packaged_maps() -> list[str]:
    """The names of the maps that come with the simulator."""
    folder = resources.files("zhihuan.telemetry.simulator") / "maps"
    return sorted(item.name.removesuffix(".yaml") for item in folder.iterdir())


def read_map(name: str) -> PlaybackMap:
    """A packaged map by name, or a YAML file by path."""
    if name in packaged_maps():
        text = (resources.files("zhihuan.telemetry.simulator") / "maps" / f"{name}.yaml").read_text(
            "utf-8"
        )
    elif Path(name).is_file():
        text = Path(name).read_text("utf-8")
    else:
        raise PlaybackError(f"no map {name!r}; packaged are {', '.join(packaged_maps())}")
    return _map(yaml.safe_load(text), name)


def read_recordings(path: Path, playback_map: PlaybackMap) -> list[Recording]:
    """All stations of a CSV file (also .gz), in order of appearance."""
    stations: dict[str, list[dict[str, str]]] = {}
    for row in _rows(path):
        if _timeless(playback_map, row):
            continue  # a station that was off has a row without a time
        station = row.get(playback_map.station_column, "") if playback_map.station_column else ""
        stations.setdefault(station, []).append(row)
    if not stations:
        raise PlaybackError(f"{path}: no rows below the header")
    return [_recording(path, playback_map, station, rows) for station, rows in stations.items()]


class RecordedPlant:
    """A plant that measures what was recorded. anchor: the simulated moment (epoch seconds UTC) at
    which the recording begins."""

    def __init__(self, playback_map: PlaybackMap, recording: Recording, anchor: int) -> None:
        self.kind = _kind(playback_map, recording)
        self.factors = tuple(spec.code for spec in self.kind.factors)
        self._recording = recording
        self._anchor = anchor
        steps = np.diff(recording.seconds)
        self._step = int(np.median(steps)) if steps.size else 3600
        self._length = int(recording.seconds[-1] - recording.seconds[0]) + self._step

    def samples(self, seconds: Integers) -> Samples:
        recorded = self._recording.seconds
        moments = recorded[0] + (seconds - self._anchor) % self._length
        index = np.searchsorted(recorded, moments, side="right") - 1
        stale = moments - recorded[index] > _STEPS_HELD * self._step
        readings = {
            code: np.where(stale, np.nan, values[index])
            for code, values in self._recording.values.items()
        }
        marks = np.zeros(seconds.shape, dtype=np.uint8)
        values, converted = tie_together(self.kind, readings, marks)
        return Samples(seconds, values, converted, marks)


def _map(raw: Mapping[str, Any], source: str) -> PlaybackMap:
    unknown = raw.keys() - {item.name for item in fields(PlaybackMap)}
    if unknown:
        raise PlaybackError(f"map {source}: unknown field {', '.join(sorted(unknown))}")
    options = dict(raw)
    options["factors"] = {code: ColumnMap(**entry) for code, entry in raw["factors"].items()}
    for name in ("missing", "reports"):
        if name in options:
            options[name] = tuple(str(item) for item in options[name])
    return PlaybackMap(**options)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def _timeless(playback_map: PlaybackMap, row: Mapping[str, str]) -> bool:
    columns = playback_map.time.get("columns", ())
    return any(row.get(column, "?") in playback_map.missing for column in columns)


def _recording(
    path: Path, playback_map: PlaybackMap, station: str, rows: Sequence[Mapping[str, str]]
) -> Recording:
    present = {
        code: entry
        for code, entry in playback_map.factors.items()
        if not (entry.optional and entry.column not in rows[0])
    }
    for entry in present.values():
        if entry.column not in rows[0]:
            raise PlaybackError(
                f"{path} has no column {entry.column!r}; it has {', '.join(rows[0])}"
            )
    seconds = _seconds(path, playback_map.time, rows)
    order = np.argsort(seconds, kind="stable")
    values = {
        code: _column(path, playback_map, entry, rows)[order] for code, entry in present.items()
    }
    labels = {
        code: np.array([bool((row.get(column) or "").strip()) for row in rows])[order]
        for code, column in playback_map.label_columns.items()
        if column in rows[0]
    }
    return Recording(station, seconds[order], values, labels)


def _column(
    path: Path, playback_map: PlaybackMap, entry: ColumnMap, rows: Sequence[Mapping[str, str]]
) -> Floats:
    missing = set(playback_map.missing)
    numbers = np.full(len(rows), np.nan)
    for line, row in enumerate(rows):
        text = (row[entry.column] or "").strip()
        if text in missing:
            continue
        try:
            numbers[line] = float(text)
        except ValueError:
            raise PlaybackError(
                f"{path}, row {line + 2}, column {entry.column}: {text!r} is no number; "
                "list it under 'missing' in the map if it means none"
            ) from None
    return numbers * entry.scale + entry.offset


def _seconds(path: Path, time: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> Integers:
    if "every_seconds" in time:
        return np.arange(len(rows), dtype=np.int64) * int(time["every_seconds"])
    added = int(time.get("hour", 0)) * 3600 + int(time.get("shift_seconds", 0))
    found = [
        _moment(path, line, " ".join(row[column] for column in time["columns"]), time["formats"])
        for line, row in enumerate(rows, start=2)
    ]
    return np.array(found, dtype=np.int64) + added


def _moment(path: Path, line: int, text: str, formats: Sequence[str]) -> int:
    for form in formats:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is added below
        except ValueError:
            continue
        return int((moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).timestamp())
    raise PlaybackError(f"{path}, row {line}: {text!r} is no time in any of {', '.join(formats)}")


def _kind(playback_map: PlaybackMap, recording: Recording) -> KindSpec:
    """The kind as the recording lets it be: only its factors, nothing invented."""
    base = kind_spec(playback_map.kind)
    known = {spec.code: spec for spec in base.factors}
    codes = _SOUND if base.physics == "noise" else tuple(recording.values)
    specs = tuple(
        replace(known[code], signal=None, converted=False, optional=False)
        if code in known
        else _factor_spec(code)
        for code in codes
    )
    flow = playback_map.flow
    if not flow:
        specs = tuple(replace(spec, totals=False) for spec in specs)
    return replace(
        base,
        factors=specs,
        physics=base.physics if base.physics == "noise" else "plain",
        flow=flow,
        weighted=base.weighted and bool(flow),
        sample_seconds=30,
        constants={},
        episode_factors=(),
    )


def _factor_spec(code: str) -> FactorSpec:
    found = factor_of(code)
    if found is None:
        raise PlaybackError(f"factor {code} is in no code table; see zhihuan.hj212.codes")
    return FactorSpec(code, found.name, found.unit, found.decimals)
