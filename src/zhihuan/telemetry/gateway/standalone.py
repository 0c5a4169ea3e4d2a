"""Runs a gateway as a process of its own until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import uvloop

from zhihuan.telemetry.gateway.files import FileDirectory, FileJournal, FileOutbox, FileQuarantine
from zhihuan.telemetry.gateway.garbage import calm_collector
from zhihuan.telemetry.gateway.server import Gateway, GatewayPorts
from zhihuan.telemetry.gateway.settings import GatewaySettings
from zhihuan.telemetry.gateway.thread_turns import take_short_turns
from zhihuan.telemetry.store import open_store

__all__ = ["run_gateway"]


def run_gateway(devices: Path, store_url: str, spool: Path, settings: GatewaySettings) -> None:
    """Serve the devices of a file; returns after SIGINT or SIGTERM, when all is in order."""
    store = open_store(store_url)
    try:
        store.migrate()
        ports = GatewayPorts(
            store=store,
            directory=FileDirectory(devices),
            quarantine=FileQuarantine(spool / "quarantine.jsonl"),
            outbox=FileOutbox(spool / "commands"),
            journal=FileJournal(spool / "journal.jsonl"),
        )
        uvloop.run(_serve(Gateway(ports, settings)))
    finally:
        store.close()


async def _serve(gateway: Gateway) -> None:
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await gateway.start()
    calm_collector()
    take_short_turns()
    gateway.failed.add_done_callback(lambda _: told.set())
    await told.wait()
    await gateway.stop()
    if gateway.failed.done():
        raise RuntimeError("the gateway ended by a fault of its own; its log tells which")
