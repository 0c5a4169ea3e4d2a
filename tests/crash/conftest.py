"""A gateway that can be killed, and a fleet of devices that forget nothing it acknowledged."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import clickhouse_cluster
from trial.fleet import PASSWORD, Fleet, missing, mn_of

_START_SECONDS = 90


class Process:
    """``zhihuan gateway`` as a process that can be started, killed and stopped."""

    def __init__(self, folder: Path, store_url: str, devices: int) -> None:
        self._folder = folder
        self._store_url = store_url
        self.port = free_port()
        self._process: asyncio.subprocess.Process | None = None
        lines = [f"{mn_of(index)},{PASSWORD}" for index in range(devices)]
        (folder / "devices.csv").write_text("\n".join(["mn,password", *lines]) + "\n")

    async def start(self) -> float:
        """Start and wait until it listens; how long that took, seconds."""
        started = time.monotonic()
        folder = self._folder
        command = [sys.executable, "-c", "from zhihuan.cli import main; main()", "gateway"]
        command += ["--devices", str(folder / "devices.csv"), "--store", self._store_url]
        command += ["--listen", f"127.0.0.1:{self.port}", "--spool", str(folder / "spool")]
        self._process = await asyncio.create_subprocess_exec(
            *command, stderr=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL
        )
        async with asyncio.timeout(_START_SECONDS):
            await self._until_listening()
        return time.monotonic() - started

    async def _until_listening(self) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        seen = []
        while line := await self._process.stderr.readline():
            seen.append(line.decode(errors="replace"))
            if '"gateway_started"' in seen[-1]:
                self._drain = asyncio.create_task(self._process.stderr.read())
                return
        raise AssertionError("the gateway did not start:\n" + "".join(seen))

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait; the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        async with asyncio.timeout(60):
            return await self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Harness:
    """What a crash test needs by name (test folders are no packages)."""

    Fleet = Fleet
    Process = Process
    missing = staticmethod(missing)

    @staticmethod
    def rounds(small_dose: int) -> int:
        """How often to kill: a small dose by default, ZHIHUAN_CRASH_ROUNDS for the full one."""
        return int(os.environ.get("ZHIHUAN_CRASH_ROUNDS", small_dose))

    @staticmethod
    def tell(**facts: Any) -> None:
        """A line of the round's log."""
        print(json.dumps(facts), flush=True)


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A cluster of this test's own, for it is not returned whole. Where CI=true a missing program
    is a failure, elsewhere a skip."""
    if lacking := clickhouse_cluster.missing_programs():
        reason = "no ClickHouse cluster here: missing " + "; ".join(lacking)
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with clickhouse_cluster.running_cluster() as started:
        yield started


@pytest.fixture
def harness() -> Harness:
    """Fleet, Process and what belongs to them."""
    return Harness()
