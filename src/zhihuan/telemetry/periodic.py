"""The telemetry floor's table of periodic jobs: statistics, back-fill, daily seals.

    directory = KeptDirectory(registry)
    Scheduler(telemetry_jobs(store, directory, orders=order_book, state=home / "statistics.json"))

It declares when what runs; the work itself is in ``aggregation``, ``gap_scan``, ``backfill`` and
``daily_seals``.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from zhihuan.telemetry.aggregation.dirty_hours import DirtyHours, Watermark
from zhihuan.telemetry.backfill import BackfillSettings, PastRequest, plan
from zhihuan.telemetry.backfill_orders import ORDERED_BY, OrderBook, orders_of, past_request
from zhihuan.telemetry.daily_seals import DailySeals
from zhihuan.telemetry.gap_scan import DeviceGap, device_gaps
from zhihuan.telemetry.kept_directory import KeptDirectory
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.scheduler import PeriodicJob
from zhihuan.telemetry.store import TelemetryStore
from zhihuan.telemetry.store.ledger import SealLedger

__all__ = ["Backfill", "StatisticsRound", "telemetry_jobs"]

_STATISTICS_SECONDS = 60
_BACKFILL_SECONDS = 300
_SEALS_SECONDS = 1800
_ONLINE_SECONDS = 1800
_DAY_SECONDS = 86400
_LIVE_KINDS = (Kind.REALTIME, Kind.MINUTE, Kind.HOUR)
# the longest period of each kind: one that began less than this ago may not have ended
_FILLED_KINDS = {Kind.MINUTE: 1800, Kind.HOUR: 3600, Kind.DAY: _DAY_SECONDS}


def telemetry_jobs(
    store: TelemetryStore,
    directory: KeptDirectory,
    *,
    orders: OrderBook | None = None,
    ledger: SealLedger | None = None,
    state: Path | None = None,
) -> list[PeriodicJob]:
    """The declared table. orders: None leaves back-fill out; ledger: None leaves daily seals out.
    state: a file that remembers up to where arrivals were looked at; None starts anew three days
    back."""
    statistics = StatisticsRound(store, directory, DirtyHours(store, Watermark(state)))
    jobs = [
        PeriodicJob("statistics", _STATISTICS_SECONDS, statistics.run, title="计算小时值和日值")
    ]
    if orders is not None:
        backfill = Backfill(store, directory, orders)
        jobs.append(
            PeriodicJob("backfill", _BACKFILL_SECONDS, backfill.run, title="查找缺失数据并补传")
        )
    if ledger is not None:
        seals = DailySeals(store, ledger)
        jobs.append(PeriodicJob("seals", _SEALS_SECONDS, seals.run, title="封存前一日原始报文"))
    return jobs


@dataclass(slots=True)
class StatisticsRound:
    """Looks at what arrived and computes the hours and days that have ended."""

    store: TelemetryStore
    directory: KeptDirectory
    dirty: DirtyHours

    def run(self) -> Mapping[str, object]:
        """One round; what it did, for the log (empty when nothing)."""
        now_ms = time.time_ns() // 1_000_000
        self.dirty.look(now_ms)
        done = self.dirty.compute(self.directory.monitored(), now_ms // 1000)
        figures = {
            "written": done.written,
            "unchanged": done.unchanged,
            "without_edition": done.left_out,
        }
        return {name: count for name, count in figures.items() if count}


@dataclass(slots=True)
class Backfill:
    """Finds gaps of the last days and orders the missing data from devices that are online."""

    store: TelemetryStore
    directory: KeptDirectory
    orders: OrderBook
    settings: BackfillSettings = field(default_factory=BackfillSettings)
    horizon_days: int = 7

    def run(self) -> Mapping[str, object]:
        """One round: at most ``settings.a_round`` new orders."""
        now = datetime.now(UTC)
        devices = self.directory.snapshot()
        gaps = self.gaps(int(now.timestamp())) if devices else []
        if not gaps:
            return {}
        requests = plan(
            gaps, self._past(now), int(now.timestamp()), self.settings, online=self._online(now)
        )
        self.orders.place(orders_of(requests, devices, now))
        return {"gaps": len(gaps), "missing": sum(gap.missing for gap in gaps)} | (
            {"ordered": len(requests)} if requests else {}
        )

    def gaps(self, now: int) -> list[DeviceGap]:
        """What is missing of the last ``horizon_days`` and settled by ``now`` [epoch s]."""
        known = self.directory.monitored()
        start = now - self.horizon_days * _DAY_SECONDS
        return [
            gap
            for kind, longest in _FILLED_KINDS.items()
            for gap in device_gaps(
                self.store,
                known,
                kind,
                start,
                now - self.settings.settle_seconds - longest,
                whole=True,
            )
        ]

    def _past(self, now: datetime) -> list[PastRequest]:
        since = datetime.fromtimestamp(
            now.timestamp() - (self.horizon_days + 2) * _DAY_SECONDS, UTC
        )
        found = (past_request(order) for order in self.orders.placed(ORDERED_BY, since))
        return [request for request in found if request is not None]

    def _online(self, now: datetime) -> set[str]:
        now_ms = int(now.timestamp() * 1000)
        since = now_ms - _ONLINE_SECONDS * 1000
        return {
            mn for kind in _LIVE_KINDS for mn in self.store.touched(kind, since, now_ms).mn.tolist()
        }
