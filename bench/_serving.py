"""The platform as a process of its own, for benches that ask it over the network."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_PLATFORM = ("-c", "from zhihuan.cli import main; main()", "serve", "--listen", "127.0.0.1:0")


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


def _web_address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _attempt in range(1200):
        for line in log.read_text("utf-8", "replace").splitlines():
            if line.startswith("web "):
                return line.split()[1].rstrip("/")
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")
