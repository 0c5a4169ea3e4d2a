"""Which Prometheus registries ``/metrics`` shows beside this process's own: gateway, periodic work."""

from __future__ import annotations

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

_exported: list[CollectorRegistry] = []


def export(*registries: CollectorRegistry) -> None:
    """Show these too, from now on."""
    _exported.extend(registries)


def withdraw() -> None:
    """Show only the process's own again."""
    _exported.clear()


def text() -> bytes:
    """Everything in Prometheus' text form."""
    return b"".join(generate_latest(registry) for registry in (REGISTRY, *_exported))
