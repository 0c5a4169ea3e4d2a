"""The gateway end to end: sockets, decode, durable commit on the embedded engine, answer.

The gateway is a process of its own, the load another (``bench._flood``); every frame has 600
bytes and ten factors with three values each. Sustained rate, answer times at a steady pace,
5,000 connections held, memory; then the same flood against ``bench._naive`` for a ratio.

    python -m bench.gateway [--quick] [--seconds N] [--connections N]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench._flood import PASSWORD, mn_of

DEVICES = 5_000
PACE = 5_000  # half of the 10,000 frames/s asked for


def main() -> None:
    """Run all scenes; one JSON line a figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a small dose")
    parser.add_argument("--seconds", type=float, help="length of the sustained flood")
    parser.add_argument("--connections", type=int, default=DEVICES, help="connections to hold")
    options = parser.parse_args()
    seconds = options.seconds or (8 if options.quick else 300)
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as name:
        folder = Path(name)
        rate = bench_gateway(folder, seconds, options)
        bench_naive(folder, min(seconds, 10), rate)


def bench_gateway(folder: Path, seconds: float, options: argparse.Namespace) -> float:
    """Flood, pace, hold; returns the sustained rate."""
    with gateway(folder) as (pid, port):
        calm = steadily(port, seconds, "", target=200)
        spent = cpu_seconds(pid)
        flood = load(port, seconds=seconds, connections=200, window=32)
        spent = (cpu_seconds(pid) - spent) * 1e6 / flood["acked"]
        rate = flood["frames_per_second"]
        tell(
            "sustained, answered after the commit",
            rate,
            "frames/s",
            10_000,
            f"{seconds:.0f} s, aim 20000",
        )
        tell("CPU of the gateway process, engine and kernel included", spent, "µs/frame")
        after_flood = resident_mib(pid)
        merging = steadily(port, seconds, ", while the flood is still being merged")
        held = load(
            port,
            seconds=min(seconds, 30),
            connections=options.connections,
            rate=2_500,
            first=2 * DEVICES,
        )
        tell(
            "connections held",
            options.connections,
            "connections",
            5_000,
            f"each heard, {held['unanswered']} frames unanswered",
        )
        tell(
            "answer time, p99, all connections held",
            held["latencies_ms"][2],
            "ms",
            None,
            f"{options.connections} connections, 2500 frames/s",
            at_most=True,
        )
        tell(
            "memory, peak",
            resident_mib(pid, "VmHWM"),
            "MiB",
            1536,
            f"{after_flood:.0f} after the flood",
            at_most=True,
        )
    acked = sum(each["acked"] for each in (calm, flood, merging, held))
    tell(
        "acknowledged frames not in the store",
        acked - stored_frames(folder),
        "frames",
        0,
        f"of {acked}",
        at_most=True,
    )
    return float(rate)


def steadily(port: int, seconds: float, when: str, target: float | None = None) -> dict[str, Any]:
    """Half the asked rate, whether answered or not; the first 5 s, when the devices come, apart."""
    seen = load(
        port,
        seconds=max(10, min(seconds, 60)),
        connections=200,
        rate=PACE,
        first=DEVICES,
        warm_up=5,
    )
    median, _, late, _ = seen["latencies_ms"]
    note = f"at {PACE} frames/s"
    tell(f"answer time, median{when}", median, "ms", None, note, at_most=True)
    tell(f"answer time, p99{when}", late, "ms", target, note, at_most=True)
    note = f"the first 5 s: {DEVICES} devices come at once"
    tell(f"answer time, p99 of a storm{when}", seen["storm_ms"][2], "ms", None, note, at_most=True)
    return seen


def bench_naive(folder: Path, seconds: float, rate: float) -> None:
    """The same flood against one commit a frame."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "bench._naive",
        "--port",
        str(port),
        "--database",
        str(folder / "naive.sqlite3"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        server.stdout.readline()
        naive = load(port, seconds=seconds, connections=200, window=4)["frames_per_second"]
        server.kill()
    tell(
        "naive: asyncio + SQLite, a commit a frame",
        naive,
        "frames/s",
        None,
        "same frames, same flood",
    )
    tell("ratio to the naive server", rate / naive, "times", None, "")


@contextlib.contextmanager
def gateway(folder: Path) -> Iterator[tuple[int, int]]:
    """A gateway process with all bench devices; (pid, port)."""
    devices = folder / "devices.csv"
    rows = "".join(f"{mn_of(index)},{PASSWORD}\n" for index in range(3 * DEVICES))
    devices.write_text("mn,password\n" + rows)
    port = free_port()
    command = [sys.executable, "-c", "from zhihuan.cli import main; main()", "gateway"]
    command += ["--devices", str(devices), "--store", f"chdb://{folder}/store"]
    command += ["--listen", f"127.0.0.1:{port}", "--spool", str(folder / "spool")]
    command += ["--connections-per-address", "20000", "--log-level", "info"]
    log = folder / "gateway.log"
    with log.open("w") as errors, subprocess.Popen(command, stderr=errors) as process:
        try:
            wait_for(log, "gateway_started", process)
            yield process.pid, port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def wait_for(log: Path, word: str, process: subprocess.Popen[bytes]) -> None:
    """Until the log has the word; the log's end when the process died instead."""
    while word not in log.read_text():
        if process.poll() is not None:
            raise SystemExit(f"the gateway ended:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def load(port: int, **options: Any) -> dict[str, Any]:
    """Run the flood client; what it saw."""
    command = [sys.executable, "-m", "bench._flood", "--port", str(port), "--devices", str(DEVICES)]
    for name, value in options.items():
        command += [f"--{name.replace('_', '-')}", str(value)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def resident_mib(pid: int, field: str = "VmRSS") -> float:
    """Memory of a process from /proc."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1]) / 1024


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stored_frames(folder: Path) -> int:
    """Distinct frames in the store."""
    from zhihuan.telemetry.store import open_store

    store = open_store(f"chdb://{folder}/store")
    (count,) = store.engine.read("SELECT uniqExact(mn, frame_id) AS n FROM @frame")["n"]  # type: ignore[attr-defined]
    store.close()
    return int(count)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def tell(
    what: str, figure: float, unit: str, target: float | None = None, note: str = "", **more: bool
) -> None:
    """One line of the table."""
    line = {"bench": f"gateway: {what}", "figure": round(figure, 1), "unit": unit}
    print(json.dumps(line | {"target": target, "note": note} | more), flush=True)


if __name__ == "__main__":
    os.chdir(Path(__file__).parent.parent)
    main()
