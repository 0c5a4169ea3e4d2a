"""What the gateway tells Prometheus, counted so that counting costs the hot path next to nothing.

Counts are plain integers the event loop adds to; they become Prometheus families only when
scraped. One registry per gateway, so several can live in one process.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from zhihuan.telemetry.gateway.commit_group import PendingFrame

__all__ = ["GatewayMetrics", "Histogram"]

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0)


class Histogram:
    """Counts of observations at or below each bound, in seconds."""

    __slots__ = ("_bounds", "_counts", "total")

    def __init__(self, bounds: tuple[float, ...] = _SECONDS) -> None:
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, seconds: float, times: int = 1) -> None:
        """Count ``times`` observations of one value."""
        self._counts[bisect_left(self._bounds, seconds)] += times
        self.total += seconds * times

    @property
    def count(self) -> int:
        """All observations."""
        return sum(self._counts)

    def buckets(self) -> list[tuple[str, float]]:
        """Cumulative counts in Prometheus' form, ending with +Inf."""
        names = [*(str(bound) for bound in self._bounds), "+Inf"]
        running, result = 0, []
        for name, count in zip(names, self._counts, strict=True):
            running += count
            result.append((name, float(running)))
        return result


class GatewayMetrics(Collector):
    """The gateway's counts; ``registry`` is what an exporter serves."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.frames: Counter[tuple[str, str]] = Counter()  # (version, result)
        self.quarantined: Counter[str] = Counter()  # reason
        self.suppressed: Counter[str] = Counter()  # reason: counted, not kept
        self.disconnects: Counter[str] = Counter()  # cause
        self.commands: Counter[str] = Counter()  # result
        self.bytes_received = 0
        self.connections_accepted = 0
        self.rows_committed = 0
        self.commits: Counter[str] = Counter()  # result
        self.ack_seconds = Histogram()
        self.commit_seconds = Histogram()
        self._gauges: dict[str, tuple[str, Callable[[], float]]] = {}
        self.registry.register(self)

    def gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        """Export ``read()`` under ``name`` at every scrape."""
        self._gauges[name] = (text, read)

    def frames_stored(self, frames: Iterable[PendingFrame]) -> None:
        """Count frames that became durable."""
        for version, count in Counter(frame.version for frame in frames).items():
            self.frames[version.year, "stored"] += count

    def answered(self, now: float, frames: Iterable[PendingFrame]) -> None:
        """Note how long the answers took; frames that came together share a moment."""
        moments = Counter(frame.received for frame in frames if frame.template is not None)
        for received, count in moments.items():
            self.ack_seconds.observe(now - received, count)

    def describe(self) -> Iterable[Metric]:
        """Nothing: the families are known only when collected."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All families, as of now."""
        yield self._frames()
        for name, text, label, counter in self._counters():
            family = CounterMetricFamily(f"zhihuan_gateway_{name}", text, labels=[label])
            for key, value in list(counter.items()):  # the loop may be adding right now
                family.add_metric([key], value)
            yield family
        for name, text, total in self._totals():
            yield CounterMetricFamily(f"zhihuan_gateway_{name}", text, value=total)
        for name, text, histogram in self._histograms():
            yield HistogramMetricFamily(
                f"zhihuan_gateway_{name}",
                text,
                buckets=histogram.buckets(),
                sum_value=histogram.total,
            )
        for name, (text, read) in list(self._gauges.items()):
            yield GaugeMetricFamily(f"zhihuan_gateway_{name}", text, value=read())

    def _frames(self) -> Metric:
        family = CounterMetricFamily(
            "zhihuan_gateway_frames",
            "Frames by protocol version and by what became of them",
            labels=["version", "result"],
        )
        for (version, result), count in list(self.frames.items()):
            family.add_metric([version, result], count)
        return family

    def _counters(self) -> list[tuple[str, str, str, Counter[str]]]:
        return [
            ("quarantined", "Entries put into quarantine", "reason", self.quarantined),
            ("suppressed", "Refused traffic counted but not kept", "reason", self.suppressed),
            (
                "disconnects",
                "Connections ended by the gateway or the peer",
                "cause",
                self.disconnects,
            ),
            ("commands", "Commands to devices by their result", "result", self.commands),
            ("commits", "Group commits by result", "result", self.commits),
        ]

    def _totals(self) -> list[tuple[str, str, float]]:
        return [
            ("received_bytes", "Bytes read from sockets", self.bytes_received),
            ("connections_accepted", "Connections ever accepted", self.connections_accepted),
            ("rows_committed", "Measurement rows made durable", self.rows_committed),
        ]

    def _histograms(self) -> list[tuple[str, str, Histogram]]:
        return [
            ("ack_seconds", "From the receipt of a frame to its answer", self.ack_seconds),
            ("commit_seconds", "One durable group commit", self.commit_seconds),
        ]
