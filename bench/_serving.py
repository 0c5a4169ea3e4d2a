"""The platform as a process of its own, for benches that ask it over the network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_PLATFORM = ("-c", "from zhihuan.cli import main; main()", "serve", "--listen", "127.0.0.1:0")
#: Of a second: less is the watch over nothing.
_IDLE = 0.1


@contextmanager
def serving(
    environment: Mapping[str, str],
    log: Path,
    program: Sequence[str] = (*_PLATFORM, "--gateway", "127.0.0.1:0"),
) -> Iterator[str]:
    """``zhihuan serve`` (or another program that says ``web ADDRESS``); gives its web address."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-u", *program], env=dict(environment), stdout=output, stderr=output
        )
    try:
        yield _web_address(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def at_rest(quiet: float = 8.0, most: float = 120.0) -> float:
    """Wait until no process begun here has computed for ``quiet`` seconds: what a platform does once when
    it starts is no page's time. Returns the seconds waited."""
    began = since = time.monotonic()
    used = _processor_time()
    while time.monotonic() - since < quiet and time.monotonic() - began < most:
        time.sleep(1)
        before, used = used, _processor_time()
        if used - before > _IDLE:
            since = time.monotonic()
    return time.monotonic() - began


def _processor_time() -> float:
    """What the children of this process have used [s]; 0 where there is no /proc."""
    me, total = str(os.getpid()), 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it ended meanwhile
            continue
        if fields[1] == me:
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _web_address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _attempt in range(1200):
        for line in log.read_text("utf-8", "replace").splitlines():
            if line.startswith("web "):
                return line.split()[1].rstrip("/")
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")
