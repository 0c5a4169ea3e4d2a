"""Every limit and option of a gateway, with the default that is safe.

Plain values; nothing is read from the environment or a file here (the command line does that).
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

__all__ = ["GatewaySettings", "TlsFiles"]

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files. client_ca: when given, a device must show a certificate signed by it."""

    certificate: Path
    key: Path
    client_ca: Path | None = None


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """All in seconds, bytes and counts.

    Group commit: batch_seconds, batch_rows, rest_most_seconds, commits_at_once (see group_commit).
    Memory: queued_bytes (rows waiting for the store, in all), partial_bytes (unfinished frames, in
    all), frame_buffer_bytes (unfinished, one connection), ack_buffer_bytes (answers a slow reader
    has not taken, one connection).
    Deadlines: half_frame_seconds, silent_seconds (a known device), stranger_seconds (a peer that
    never said a registered MN), slow_reader_seconds, stop_seconds.
    Rates, each a burst and then so many a second: errors (undecodable bytes), strikes (wrong
    passwords, unknown devices), quarantine (entries kept of one connection, of all).
    """

    host: str = "0.0.0.0"  # noqa: S104 - devices come from other networks; that is its purpose
    port: int = 9212
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = None
    tls: TlsFiles | None = None
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()

    batch_seconds: float = 0.05
    batch_rows: int = 20_000
    rest_most_seconds: float = 0.1
    commits_at_once: int = 1
    retry_first_seconds: float = 0.1
    retry_most_seconds: float = 5.0

    connections: int = 20_000
    connections_per_address: int = 1_000
    queued_bytes: int = 64 * _MIB
    partial_bytes: int = 64 * _MIB
    frame_buffer_bytes: int = 65_536
    ack_buffer_bytes: int = 65_536

    half_frame_seconds: float = 10.0
    silent_seconds: float = 7_500.0  # two reports of the slowest real-time interval, 3600 s
    stranger_seconds: float = 60.0
    slow_reader_seconds: float = 30.0
    sweep_seconds: float = 1.0
    stop_seconds: float = 10.0

    errors_burst: float = 100.0
    errors_per_second: float = 1.0
    strikes_burst: float = 20.0
    strikes_per_second: float = 0.2
    quarantine_burst: float = 100.0
    quarantine_per_second: float = 2.0
    quarantine_all_burst: float = 5_000.0
    quarantine_all_per_second: float = 50.0
    quarantine_raw_bytes: int = 9_999 + 12  # one longest frame, entire
    report_seconds: float = 0.2
    report_entries: int = 20_000

    drift_limit_seconds: float = 60.0
    duplicate_memory: int = 50_000
    directory_seconds: float = 1.0
    outbox_seconds: float = 1.0
    answer_clock_requests: bool = True
