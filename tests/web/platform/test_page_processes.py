"""Pages in processes of their own: they answer, share the store, are replaced, and end with the one that began them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ready_homes import ready

from zhihuan.telemetry.store.errors import StoreUnavailable
from zhihuan.web.platform.addresses import Address
from zhihuan.web.platform.page_processes import PageProcesses, PagesNotUpError
from zhihuan.web.platform.web_server import listen

_SERVE = "from zhihuan.cli import main; main(['serve'])"


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``zhihuan serve`` with two page processes; its words in ``log`` of the folder."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("ZHIHUAN_")}
    environment = own | {
        "ZHIHUAN_HOME": str(ready(tmp_path / "home")),
        "ZHIHUAN_PAGE_PROCESSES": "2",
        "ZHIHUAN_WEB_ADDRESS": "127.0.0.1:0",
        "ZHIHUAN_GATEWAY_ADDRESS": "127.0.0.1:0",
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", _SERVE], env=environment, stdout=log, stderr=log
        )
    yield process
    process.kill()
    process.wait()


def eventually(true: Callable[[], Any], seconds: float = 90) -> Any:
    until = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < until
        time.sleep(0.1)
    return found


def children(process: subprocess.Popen[bytes]) -> set[int]:
    """The page processes of a platform."""
    task = Path(f"/proc/{process.pid}/task")
    pids = {int(pid) for each in task.glob("*/children") for pid in each.read_text().split()}
    return {pid for pid in pids if b"page_process" in said_by(pid)}


def said_by(pid: int) -> bytes:
    """The command line of a process, b"" where it has ended since it was listed."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def web_of(folder: Path) -> str:
    for line in (folder / "log").read_text().splitlines():
        if line.startswith("web "):
            return line.split()[1]
    return ""


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as response:
        return response.read().decode()


@pytest.mark.timeout(240)
def test_they_answer_are_replaced_and_stop(platform: Any, tmp_path: Path) -> None:
    web = eventually(lambda: web_of(tmp_path))
    first = children(platform)
    assert len(first) == 2
    assert json.loads(get(f"{web}healthz")) == {"database": "ok", "store": "ok"}
    figures = get(f"{web}metrics")
    assert "zhihuan_job_runs" in figures  # asked of the process that has the jobs
    assert 'zhihuan_web_requests_total{method="GET",status="200",view="healthz"} 1.0' in figures
    assert figures.count("# TYPE zhihuan_web_requests_total ") == 1
    assert figures.count("# TYPE process_resident_memory_bytes ") == 1

    os.kill(min(first), signal.SIGKILL)
    for _ in range(5):  # the other one goes on
        assert json.loads(get(f"{web}livez")) == {"alive": True}
    eventually(lambda: len(children(platform) - {min(first)}) == 2)
    assert json.loads(get(f"{web}healthz"))["store"] == "ok"

    last = children(platform)
    platform.send_signal(signal.SIGTERM)
    assert platform.wait(60) == 0
    assert not [pid for pid in last if Path(f"/proc/{pid}").exists()]
    with pytest.raises(urllib.error.URLError):
        get(f"{web}livez")


@pytest.mark.timeout(240)
def test_without_the_process_that_began_them_they_end(platform: Any, tmp_path: Path) -> None:
    eventually(lambda: web_of(tmp_path))
    left = children(platform)
    assert len(left) == 2
    platform.kill()
    platform.wait()
    eventually(lambda: not [pid for pid in left if Path(f"/proc/{pid}").exists()], 30)


class NoEngine:
    """Whoever asks is told that there is none: these processes never come so far."""

    def __getattr__(self, name: str) -> Any:
        raise StoreUnavailable(name)


def started(listening: socket.socket, program: str) -> PageProcesses:
    engine: Any = NoEngine()
    return PageProcesses(1, listening, engine, (sys.executable, "-c", program))


def test_one_that_cannot_start_is_told() -> None:
    processes = started(listen(Address("127.0.0.1", 0)), "raise SystemExit(3)")
    with pytest.raises(PagesNotUpError, match="ended with 3"):
        processes.start()
    processes.stop()


def test_one_that_dies_young_is_followed_more_slowly(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    dies = (
        "import sys; from multiprocessing.connection import Client\n"
        "from time import time\n"
        f"open({str(notes)!r}, 'a').write(f'{{time()}}\\n')\n"
        "with Client(sys.argv[2], family='AF_UNIX') as door:\n"
        "    door.send(('up', (), {})); door.recv()\n"
        "import time; time.sleep(0.5)"
    )
    processes = started(listen(Address("127.0.0.1", 0)), dies)
    processes.start()
    eventually(lambda: len(notes.read_text().splitlines()) >= 3, 30)
    processes.stop()
    one, two, three = [float(line) for line in notes.read_text().splitlines()[:3]]
    assert two - one > 1.0  # at once is never
    assert three - two > two - one
    assert processes.pids() == []
