"""Fills the store with past days of the synthetic city, as if its devices had reported all along.

Every row comes from a real frame: written by the simulator's frame writer, read by the codec, and
turned into rows by the gateway's own intake, so charts, raw frames and seals agree. Refuses to
write the future, and writes nothing for moments at which a device was silent.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from zhihuan.demo.city import City, CityPoint
from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.message import Message
from zhihuan.telemetry.digest import sm3
from zhihuan.telemetry.intake import DeviceIntake
from zhihuan.telemetry.simulator.chance import seed_from
from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.frames import FrameWriter
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.reports import Report, period_start
from zhihuan.telemetry.store import Batch, TelemetryStore

__all__ = ["HistoryCount", "write_history"]

DAY_SECONDS = 86_400
_ROWS_IN_A_BATCH = 60_000
# how long a frame takes from the end of its period to the gateway
_TRAVEL_SECONDS = 8
_MISSED = 0.004
# minute data are many: only the newest are filled in, hours and days reach further back
_MINUTE_SECONDS = DAY_SECONDS
_LOST_SPAN_CHANCE = 0.12
_UNREADABLE = "the simulator wrote a frame that the codec does not read: {}"


@dataclass(slots=True)
class HistoryCount:
    """What was written."""

    frames: int = 0
    rows: int = 0


class _PastClock(SimulationClock):
    """Shows whatever moment a past frame was written at."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = 0.0

    def now(self) -> float:
        return self.moment


def write_history(
    store: TelemetryStore,
    city: City,
    days: float,
    now: int,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> HistoryCount:
    """Write hour and day data of the last ``days`` before ``now`` (epoch seconds UTC), minute data
    of the last day of them, and real-time data of the last hour.

    progress: called with (devices done, devices in all).
    """
    count = HistoryCount()
    batch = Batch()
    for done, point in enumerate(city.points, start=1):
        device = _PastDevice(point)
        for report, ended in _reports(device, days, now):
            count.frames += device.send(report, ended, batch)
            if len(batch) >= _ROWS_IN_A_BATCH:
                count.rows += len(batch.measurements)
                store.write(batch)
                batch = Batch()
        if progress is not None:
            progress(done, len(city.points))
    if not batch.is_empty:
        count.rows += len(batch.measurements)
        store.write(batch)
    return count


def _reports(device: _PastDevice, days: float, now: int) -> Iterator[tuple[Report, int]]:
    end = device.fell_silent(now)
    return device.reports(int(now - days * DAY_SECONDS), end, now)


class _PastDevice:
    """A device of the city as it was: writes frames dated in the past and takes them in."""

    def __init__(self, point: CityPoint) -> None:
        self._point = point
        self._clock = _PastClock()
        self._logger = Logger(point.device, self._clock)
        self._writer = FrameWriter(self._logger)
        registered = point.device.registered()
        self._decoder = Decoder(registered.profile)
        self._intake = DeviceIntake(registered)
        seed = seed_from(point.device.seed, "history")
        self._choice = random.Random(seed)  # noqa: S311 - reproducible on purpose

    def fell_silent(self, now: int) -> int:
        """When the device was last heard; now for one that still reports."""
        if not self._point.device.silent:
            return now
        return now - int(self._choice.uniform(1.5, 40.0) * 3600)

    def reports(self, begin: int, end: int, now: int) -> Iterator[tuple[Report, int]]:
        """Each report that was made, and when its period ended."""
        spec, reporter = self._point.device, self._logger.reporter
        lost = self._lost_span(begin, end)
        for name in spec.reported:
            if name == "realtime":
                found = self._recent_instants(begin, end, now)
                seconds = 0
            else:
                seconds = reporter.period_seconds(name, spec.minute_every_minutes)
                last = period_start(end, seconds) - seconds
                first = max(begin, end - _MINUTE_SECONDS) if name == "minute" else begin
                found = reporter.span(name, first, last, seconds)
            for report in found:
                ended = report.time + seconds
                if not (name == "minute" and self._was_lost(report.time, lost)):
                    yield report, ended

    def send(self, report: Report, ended: int, batch: Batch) -> int:
        """Write the report's frames as of then, and take them in; how many there were."""
        self._clock.moment = ended + self._choice.uniform(2.0, _TRAVEL_SECONDS)
        frames = self._writer.report(report)
        received_ms = int(1000 * (self._clock.moment + self._choice.uniform(0.05, 0.4)))
        for frame in frames:
            for event in self._decoder.feed(frame.data):
                if not isinstance(event, Message):
                    raise TypeError(_UNREADABLE.format(event))
                self._intake.take(event, received_ms, sm3(event.raw), batch)
        return len(frames)

    def _recent_instants(self, begin: int, end: int, now: int) -> Iterator[Report]:
        """Real-time reports: the last hour, or everything where the kind reports nothing else."""
        spec, reporter = self._point.device, self._logger.reporter
        only = spec.reported == ("realtime",)
        step = 600 if only else spec.realtime_every_seconds
        first = period_start(begin if only else max(begin, now - 3600), step) + step
        moments = np.arange(first, end, step, dtype=np.int64)
        return reporter.instants(moments) if moments.size else iter(())

    def _lost_span(self, begin: int, end: int) -> tuple[int, int]:
        """A few devices lost some hours of minute data, which back-fill can ask for."""
        if end - begin < DAY_SECONDS or self._choice.random() > _LOST_SPAN_CHANCE:
            return end, end
        start = int(self._choice.uniform(end - _MINUTE_SECONDS, end - 7 * 3600))
        return start, start + int(self._choice.uniform(1.0, 6.0) * 3600)

    def _was_lost(self, moment: int, lost: tuple[int, int]) -> bool:
        return lost[0] <= moment < lost[1] or self._choice.random() < _MISSED
