"""The logger itself: its clock, what it keeps, and its history, which it computes again when asked.

Refuses to keep values: any past report is a function of the seed and the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zhihuan.telemetry.simulator.chance import seed_from, uniform
from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.episodes import MARKS
from zhihuan.telemetry.simulator.faults.data import DataFaultKind, lasting
from zhihuan.telemetry.simulator.instrument import equipment_text
from zhihuan.telemetry.simulator.plant import Plant
from zhihuan.telemetry.simulator.reports import Report, Reporter, period_start
from zhihuan.telemetry.simulator.settings import LoggerSettings, settings_of
from zhihuan.telemetry.simulator.spec import DeviceSpec

__all__ = ["Logger"]

DAY_SECONDS = 86_400
#: a logger keeps at least a year of history (HJ 477, general knowledge, not re-read)
_KEPT_SECONDS = 400 * DAY_SECONDS
_MOST_REALTIME = 2000
_INSTANTS_AHEAD = 16


@dataclass(slots=True)
class _Change:
    """What becomes valid with the next command (HJ 212-2017, 1072; 2025, 1014)."""

    password: str = ""
    key: bytes = b""
    key_created: str = ""


class Logger:
    """One device's memory and clock."""

    def __init__(
        self, spec: DeviceSpec, clock: SimulationClock, plant: Plant | None = None
    ) -> None:
        self.spec = spec
        self.settings: LoggerSettings = settings_of(spec)
        self.reporter = Reporter(spec, plant)
        self._clock = clock
        self._change = _Change()
        self._skewed_by: set[int] = set()
        self._ahead: dict[int, Report | None] = {}

    # --- clock -----------------------------------------------------------------------------------

    def now(self) -> float:
        """Epoch seconds UTC by the logger's own clock, which may be wrong."""
        true = self._clock.now()
        for fault in self.spec.faults:
            if (
                fault.kind is DataFaultKind.CLOCK_SKEW
                and fault.start not in self._skewed_by
                and fault.lasts_at(int(true))
            ):
                # the clock jumps once; the host may set it right again
                self._skewed_by.add(fault.start)
                self.settings.clock_offset_seconds += fault.amount
        return true + self.settings.clock_offset_seconds

    def set_clock(self, moment: float) -> None:
        """From now on the clock shows what it is told to."""
        self.settings.clock_offset_seconds = moment - self._clock.now()

    # --- what the host changes -------------------------------------------------------------------

    def change_after_exchange(
        self, *, password: str = "", key: bytes = b"", key_created: str = ""
    ) -> None:
        """Keep a new password or key until the exchange that set it has ended."""
        self._change = _Change(password, key, key_created)

    def exchange_ended(self) -> None:
        """Make what was changed valid; the old key stays alive beside the new one."""
        change, self._change = self._change, _Change()
        if change.password:
            self.settings.password = change.password
        if change.key:
            self.settings.keys = [change.key, *self.settings.keys[:1]]
            self.settings.key_created = change.key_created

    def measures(self, code: str) -> bool:
        """Whether an instrument for this factor (code as on the wire) is connected."""
        return code in self.reporter.wire_codes

    def serial_of(self, code: str) -> str:
        """The 24-character number of the instrument for this factor."""
        return f"{seed_from(self.spec.mn, code, 'serial'):016X}{seed_from(code):08X}"[:24]

    # --- what was measured -----------------------------------------------------------------------

    def report(self, name: str, start: int) -> Report | None:
        """The report of one moment or period; None when nothing was measured."""
        if name == "realtime":
            return self._instant(start)
        return next(self.history(name, start, start), None)

    def history(self, name: str, begin: int, end: int) -> Iterator[Report]:
        """Past reports whose time lies in [begin, end]; only of periods that have ended."""
        now = int(self.now())
        begin = max(begin, now - _KEPT_SECONDS)
        if name == "realtime":
            yield from self._realtime_history(begin, min(end, now))
            return
        seconds = self.reporter.period_seconds(name, self.settings.minute_minutes)
        last = min(end, period_start(now, seconds) - seconds)
        yield from self.reporter.span(name, begin, last, seconds)

    def outage(self, moment: float) -> bool:
        """Whether the device cannot report at this moment, though it measures."""
        return lasting(self.spec.faults, DataFaultKind.OUTAGE, int(moment)) is not None

    def storm(self, moment: float) -> float:
        """Mean seconds between disconnections now; 0 when there is no storm."""
        fault = lasting(self.spec.faults, DataFaultKind.DISCONNECT_STORM, int(moment))
        return fault.amount if fault else 0.0

    def equipment_state(self) -> Report:
        """The treatment facilities' state now (CN 2021)."""
        now = int(self.now())
        return Report("status", "2021", now, (equipment_text(self._running(now)),))

    def run_times(self, begin: int, end: int) -> Iterator[Report]:
        """Hours each facility ran, a report a day (CN 2041)."""
        first = period_start(begin + DAY_SECONDS - 1, DAY_SECONDS)
        last = min(end, period_start(int(self.now()), DAY_SECONDS) - DAY_SECONDS)
        for day in range(first, last + 1, DAY_SECONDS):
            moments = np.arange(day, day + DAY_SECONDS, 900, dtype=np.int64)
            marks = self.reporter.plant.samples(moments).marks
            hours = 24.0 * float((marks != MARKS.index("F")).mean())
            yield Report(
                "run_time", "2041", day, (f"SB1-RT={hours:.1f}", f"SB2-RT={hours * 0.96:.1f}")
            )

    def checks(self, begin: int, end: int) -> Iterator[Report]:
        """Automatic standard checks, one a day at 02:00 Beijing time (2025, CN 2062)."""
        first = period_start(begin, DAY_SECONDS) + 2 * 3600
        for moment in range(first, min(end, int(self.now())) + 1, DAY_SECONDS):
            if moment >= begin:
                yield Report("check", "2062", moment, tuple(self._check_groups(moment)))

    # --- inside ----------------------------------------------------------------------------------

    def _instant(self, moment: int) -> Report | None:
        """A real-time report; the next few are worked out along with it, which costs hardly more."""
        if moment not in self._ahead:
            every = self.settings.realtime_seconds
            moments = moment + every * np.arange(_INSTANTS_AHEAD, dtype=np.int64)
            self._ahead = dict.fromkeys(moments.tolist())
            self._ahead |= {report.time: report for report in self.reporter.instants(moments)}
        return self._ahead[moment]

    def _realtime_history(self, begin: int, end: int) -> Iterator[Report]:
        every = self.settings.realtime_seconds
        first = period_start(begin + every - 1, every)
        last = min(end, first + every * _MOST_REALTIME)
        yield from self.reporter.instants(np.arange(first, last + 1, every, dtype=np.int64))

    def _running(self, moment: int) -> bool:
        marks = self.reporter.plant.samples(np.array([moment], dtype=np.int64)).marks
        return MARKS[int(marks[0])] != "F"

    def _check_groups(self, moment: int) -> Iterator[str]:
        for code in self.reporter.wire_codes[:3]:
            draw = uniform(
                seed_from(self.spec.mn, code, "check"), np.array([moment], dtype=np.int64)
            )
            read = 50.0 * (0.94 + 0.12 * float(draw[0]))
            passed = 1 if abs(read - 50.0) <= 2.5 else 0
            yield f"{code}-SampleRd={read:.2f},{code}-StandardValue=50.00,{code}-ResultType={passed}"
