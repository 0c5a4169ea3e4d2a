"""Serves the gateway's metrics to Prometheus on a port of its own, from a thread of its own."""

from __future__ import annotations

from threading import Thread
from wsgiref.simple_server import WSGIServer

from prometheus_client import start_http_server

from zhihuan.telemetry.gateway.metrics import GatewayMetrics
from zhihuan.telemetry.gateway.settings import GatewaySettings

__all__ = ["MetricsEndpoint"]


class MetricsEndpoint:
    """Does nothing when no metrics port is set."""

    def __init__(self, metrics: GatewayMetrics, settings: GatewaySettings) -> None:
        self._metrics = metrics
        self._settings = settings
        self._running: tuple[WSGIServer, Thread] | None = None

    def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        port, host = self._settings.metrics_port, self._settings.metrics_host
        if port is not None:
            self._running = start_http_server(port, addr=host, registry=self._metrics.registry)

    @property
    def port(self) -> int | None:
        """The port served, None when switched off."""
        return int(self._running[0].server_port) if self._running else None

    def stop(self) -> None:
        """Close the port."""
        if self._running is None:
            return
        server, thread = self._running
        server.shutdown()
        server.server_close()
        thread.join()
        self._running = None
