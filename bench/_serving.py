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
#: On PostgreSQL pages are made as ``deploy/zhihuan.env`` has it; on SQLite as on a laptop, by one process.
PAGE_PROCESSES = ("ZHIHUAN_PAGE_PROCESSES", "2")
#: A minute after its start a page process makes the interface for programs, the second 15 s later: seconds of work, once.
STARTED_SECONDS = 90.0
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
        process.wait(60)


def at_rest(quiet: float = 8.0, least: float = 0.0, most: float = 120.0) -> float:
    """Wait ``least`` seconds, and until no process begun here has computed for ``quiet`` seconds: what a platform
    does once when it starts is no page's time. Returns the seconds waited."""
    began = since = time.monotonic()
    used = _processor_time()
    while (now := time.monotonic()) - since < quiet or now - began < least:
        if now - began > most:
            break
        time.sleep(1)
        before, used = used, _processor_time()
        if used - before > _IDLE:
            since = time.monotonic()
    return time.monotonic() - began


def _processor_time() -> float:
    """What the children of this process, and theirs, have used [s]; 0 where there is no /proc."""
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it ended meanwhile
            continue
        parents[stat.parent.name] = fields[1]
        used[stat.parent.name] = int(fields[11]) + int(fields[12])
    mine, found = {str(os.getpid())}, set[str]()
    while mine:
        mine = {each for each, parent in parents.items() if parent in mine}
        found |= mine
    return sum(used[each] for each in found) / os.sysconf("SC_CLK_TCK")


def _web_address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _attempt in range(1200):
        for line in log.read_text("utf-8", "replace").splitlines():
            if line.startswith("web "):
                return line.split()[1].rstrip("/")
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")
