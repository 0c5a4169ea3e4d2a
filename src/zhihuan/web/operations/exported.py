"""Which figures ``/metrics`` shows: of this process, of gateway and periodic work, of all page processes.

Where pages are made by processes of their own, the figures of all of them are one (prometheus_client's
multiprocess mode keeps them in files), and what the process that started them counts is asked of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from prometheus_client import (
    GC_COLLECTOR,
    PLATFORM_COLLECTOR,
    PROCESS_COLLECTOR,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

#: Where page processes keep their figures; set before this package is imported, or not at all.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_exported: list[CollectorRegistry] = []
_elsewhere: list[Callable[[], bytes]] = []


def export(*registries: CollectorRegistry) -> None:
    """Show these too, from now on."""
    _exported.extend(registries)


def ask_too(source: Callable[[], bytes]) -> None:
    """Show also what another process says of itself (``beside_pages`` of that one)."""
    _elsewhere.append(source)


def withdraw() -> None:
    """Show only the process's own again."""
    _exported.clear()
    _elsewhere.clear()


def text() -> bytes:
    """Everything in Prometheus' text form."""
    own = _of_all_page_processes() if SHARED_FOLDER in os.environ else REGISTRY
    shown = b"".join(generate_latest(registry) for registry in (own, *_exported))
    return shown + b"".join(ask() for ask in _elsewhere)


def beside_pages() -> bytes:
    """What a process shows that leaves the pages to others: itself, and what it exports."""
    machine = CollectorRegistry()
    for collector in (PROCESS_COLLECTOR, PLATFORM_COLLECTOR, GC_COLLECTOR):
        machine.register(collector)
    return b"".join(generate_latest(registry) for registry in (machine, *_exported))


def _of_all_page_processes() -> CollectorRegistry:
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
