"""The data frames' content: what a device says about a moment or a period, in its own edition.

``Reporter`` turns a plant's values into CP groups. It can do so for any past moment, which is how
history requests are answered. Refuses to send what was not measured: a period inside a gap has no
report.

Sources: HJ 212-2017, C.14–C.31 and table 4 (DataTime is the moment of real-time data and the start
of a period); HJ/T 212-2005, C.6; surface-water profile and 2025 at second hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from zhihuan.hj212.message import BEIJING
from zhihuan.telemetry.simulator.chance import Floats, Integers
from zhihuan.telemetry.simulator.episodes import MARKS
from zhihuan.telemetry.simulator.kinds import FactorSpec
from zhihuan.telemetry.simulator.periods import FactorPeriods, PeriodTable, periods
from zhihuan.telemetry.simulator.plant import Plant, Samples
from zhihuan.telemetry.simulator.spec import DeviceSpec
from zhihuan.telemetry.simulator.wire_factors import WireFactor, wire_factor

__all__ = ["CN_OF_REPORT", "Report", "Reporter", "wire_time"]

#: which CN carries which report (HJ 212-2017, table 9)
CN_OF_REPORT = {"realtime": "2011", "minute": "2051", "hour": "2061", "day": "2031"}
_BEIJING_OFFSET = 8 * 3600
# enough to tell a gram an hour; HJ 212-2017 gives Cou no type of its own
_TOTAL_DECIMALS = 4
_MOST_PERIODS_AT_ONCE = 1500
# levels of the day's parts have sub-fields of their own (HJ 212-2017, annex C, noise day data)
_SOUND_SUBS = {"Ld": "DayData", "Ln": "NightData"}


@dataclass(frozen=True, slots=True)
class Report:
    """One upload. name: realtime, minute, hour, day or another. time: epoch seconds UTC, the
    period's start or the moment. groups: what stands in CP after DataTime, split at ``;``."""

    name: str
    cn: str
    time: int
    groups: tuple[str, ...]

    @property
    def data_time(self) -> str:
        """DataTime as it travels."""
        return wire_time(self.time)


def wire_time(moment: float) -> str:
    """Epoch seconds UTC as 14 digits of Beijing time."""
    return _digits(int(moment))


@lru_cache(maxsize=4096)  # devices of a fleet speak of the same moments
def _digits(second: int) -> str:
    return datetime.fromtimestamp(second, BEIJING).strftime("%Y%m%d%H%M%S")


class Reporter:
    """Writes reports for one device; holds no state but the description of device and plant."""

    def __init__(self, spec: DeviceSpec, plant: Plant | None = None) -> None:
        self._spec = spec
        self.plant = plant or spec.plant()
        self._factors = [
            (self.plant.kind.factor(code), wire)
            for code in self.plant.factors
            if (wire := wire_factor(code, spec.version, spec.aliases.get(code))) is not None
        ]

    @property
    def wire_codes(self) -> tuple[str, ...]:
        """The codes this device sends, in order."""
        return tuple(wire.code for _factor, wire in self._factors)

    def realtime(self, moment: int) -> Report | None:
        """The real-time report of a moment (epoch seconds UTC); None when nothing was measured."""
        return next(self.instants(np.array([moment], dtype=np.int64)), None)

    def instants(self, moments: Integers) -> Iterator[Report]:
        """Real-time reports of many moments, (n,) epoch seconds UTC; moments without any value are
        left out."""
        samples = self.plant.samples(moments)
        columns = [
            self._instant_texts(factor, wire, samples)
            for factor, wire in self._factors
            if factor.code in samples.values
        ]
        for index, moment in enumerate(moments.tolist()):
            groups = tuple(text for texts in columns if (text := texts[index]) is not None)
            if groups:
                yield Report("realtime", "2011", moment, groups)

    def period_seconds(self, name: str, minute_minutes: int) -> int:
        """How long a period of this report is."""
        return {"minute": 60 * minute_minutes, "hour": 3600, "day": 86_400}[name]

    def span(self, name: str, start: int, end: int, seconds: int) -> Iterator[Report]:
        """Reports of all periods that start in [start, end] (epoch seconds UTC, both included)."""
        first = period_start(start + seconds - 1, seconds)
        count = max(0, (end - first) // seconds + 1)
        while count > 0:
            batch = min(count, max(1, _MOST_PERIODS_AT_ONCE * 60 // seconds))
            table = periods(self.plant, first, seconds, batch)
            yield from self.tabled(name, table)
            first += batch * seconds
            count -= batch

    def tabled(self, name: str, table: PeriodTable) -> Iterator[Report]:
        """The reports of a table's periods; those in which nothing was measured are left out."""
        columns = [
            self._period_texts(factor, wire, table.factors[factor.code])
            for factor, wire in self._factors
            if factor.code in table.factors
        ]
        for index, (start, mark) in enumerate(zip(table.starts.tolist(), table.marks, strict=True)):
            groups = [
                text + self._mark_text(wire, mark)
                for wire, texts in columns
                if (text := texts[index]) is not None
            ]
            if groups:
                yield Report(name, CN_OF_REPORT[name], start, tuple(groups))

    def _instant_texts(
        self, factor: FactorSpec, wire: WireFactor, samples: Samples
    ) -> list[str | None]:
        parts = [
            ("Rtd", samples.values[factor.code], factor.decimals),
            ("ZsRtd", samples.converted.get(factor.code), factor.decimals),
        ]
        hold = factor.signal.hold_seconds if factor.signal and self._spec.version else 0
        return [
            None if text is None else text + self._ending(wire, moment, hold, mark)
            for text, moment, mark in zip(
                _texts(wire, parts), samples.seconds.tolist(), samples.marks.tolist(), strict=True
            )
        ]

    def _ending(self, wire: WireFactor, moment: int, hold: int, mark: int) -> str:
        sampled = f",{wire.code}-SampleTime={wire_time(moment - moment % hold)}" if hold else ""
        return f"{sampled},{wire.code}-Flag={MARKS[mark]}"

    def _mark_text(self, wire: WireFactor, mark: str) -> str:
        # sound levels are reported without a mark (HJ 212-2017, C.31–C.34)
        return "" if self.plant.kind.physics == "noise" else f",{wire.code}-Flag={mark}"

    def _period_texts(
        self, factor: FactorSpec, wire: WireFactor, values: FactorPeriods
    ) -> tuple[WireFactor, list[str | None]]:
        if self.plant.kind.physics == "noise":
            sub = _SOUND_SUBS.get(factor.code, "Data")
            return wire, _texts(wire, [(sub, values.average, factor.decimals)])
        if self._spec.surface_water:
            return wire, _texts(wire, [("Avg", values.average, factor.decimals)])
        parts = [
            ("Cou", values.total, _TOTAL_DECIMALS),
            ("Min", values.minimum, factor.decimals),
            ("Avg", values.average, factor.decimals),
            ("Max", values.maximum, factor.decimals),
            ("ZsMin", values.zs_minimum, factor.decimals),
            ("ZsAvg", values.zs_average, factor.decimals),
            ("ZsMax", values.zs_maximum, factor.decimals),
        ]
        return wire, _texts(wire, parts)


def period_start(moment: int, seconds: int) -> int:
    """The start of the period that holds the moment; periods are counted from Beijing midnight."""
    local = moment + _BEIJING_OFFSET
    return local - local % seconds - _BEIJING_OFFSET


def _texts(wire: WireFactor, parts: Iterable[tuple[str, Floats | None, int]]) -> list[str | None]:
    """``code-Sub=value,...`` for each period, None where nothing was measured."""
    columns = [
        _column(wire, sub, values, decimals)
        for sub, values, decimals in parts
        if values is not None
    ]
    return [",".join(filter(None, row)) or None for row in zip(*columns, strict=True)]


def _column(wire: WireFactor, sub: str, values: Floats, decimals: int) -> list[str]:
    head = f"{wire.code}-{sub}="
    write = wire.total_text if sub == "Cou" else wire.text
    # NaN is the only value that differs from itself
    return [head + write(value, decimals) if value == value else "" for value in values.tolist()]  # noqa: PLR0124
