"""The journal's folder as Prometheus gauges, looked at when somebody asks.

``zhihuan_store_journal_files`` and ``zhihuan_store_journal_bytes`` by kind: waiting, refused, damaged.
Anything refused or damaged wants a person; waiting bytes that only grow, an engine that does not keep up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from zhihuan.telemetry.store.journal.leftovers import totals

__all__ = ["journal_registry"]


class _Journal(Collector):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Two gauges of three kinds."""
        files = GaugeMetricFamily("zhihuan_store_journal_files", "Files", labels=["kind"])
        size = GaugeMetricFamily("zhihuan_store_journal_bytes", "Bytes in them", labels=["kind"])
        for kind, (count, total) in totals(self._folder).items():
            files.add_metric([kind], count)
            size.add_metric([kind], total)
        yield files
        yield size


def journal_registry(folder: Path) -> CollectorRegistry:
    """A registry of its own for the journal in ``folder``; the folder need not exist yet."""
    registry = CollectorRegistry()
    registry.register(_Journal(folder))
    return registry
