"""``zhihuan demo`` from the first start to Ctrl-C, as a person runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

START = "from zhihuan.cli import main; main()"


def demo(home: Path, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ZHIHUAN_")},
        "ZHIHUAN_HOME": str(home),
        "PYTHONUNBUFFERED": "1",
        **variables,
    }
    return subprocess.Popen(
        [sys.executable, "-c", START, "demo", "--points", "12", "--days", "0.2", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    prepared = demo(folder, "--only-prepare")
    out, err = prepared.communicate(timeout=240)
    assert prepared.returncode == 0, err
    assert "prepared the demo" in out
    return folder


@pytest.mark.parametrize("name", ["ZHIHUAN_DATABASE_URL", "ZHIHUAN_STORE_URL"])
def test_configured_databases_are_not_touched_unasked(tmp_path: Path, name: str) -> None:
    kept = tmp_path / "kept"
    url = f"{'sqlite' if 'DATABASE' in name else 'chdb'}:///{kept}"
    refused = subprocess.run(
        [sys.executable, "-c", START, "demo", "--only-prepare"],
        env={**os.environ, "ZHIHUAN_HOME": str(tmp_path / "home"), name: url},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode == 1
    assert f"{name} set" in refused.stderr
    assert "--use-configured-databases" in refused.stderr
    assert str(kept) not in refused.stderr
    assert not list(tmp_path.iterdir())


def test_the_addresses_of_the_settings_are_taken(home: Path) -> None:
    told = {"ZHIHUAN_WEB_ADDRESS": "127.0.0.1:0", "ZHIHUAN_GATEWAY_ADDRESS": "127.0.0.1:nonsense"}
    refused = demo(home, **told)
    _out, err = refused.communicate(timeout=120)
    assert refused.returncode == 1
    assert "ZHIHUAN_GATEWAY_ADDRESS='127.0.0.1:nonsense'" in err


def test_a_second_start_finds_what_the_first_prepared(home: Path) -> None:
    before = (home / "demo-fleet.yaml").stat().st_mtime_ns
    again = demo(home, "--only-prepare")
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    assert "found the demo" in out
    assert (home / "demo-fleet.yaml").stat().st_mtime_ns == before


def test_it_serves_devices_report_and_ctrl_c_leaves_nothing_running(home: Path) -> None:
    # port 0: the system gives a free one, and the demo tells which
    running = demo(home, "--web", "127.0.0.1:0", "--gateway", "127.0.0.1:0")
    try:
        seen = _until_told(running, home)
        web = int(re.search(r"http://127\.0\.0\.1:(\d+)/", seen).group(1))
        assert "模拟数据" in seen
        assert "值班员" in seen
        with urllib.request.urlopen(f"http://127.0.0.1:{web}/healthz", timeout=60) as answer:
            assert answer.status == 200
        children = _children(running.pid)
        assert children
        _until(lambda: _acknowledged(web) > 0)
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
        assert running.returncode == 0
        _until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    finally:
        running.kill()
        running.communicate()
    assert "acked" in (home / "demo-simulator.log").read_text("utf-8")


def _until_told(running: subprocess.Popen[str], home: Path) -> str:
    assert running.stdout is not None
    lines: list[str] = []
    for line in running.stdout:
        lines.append(line)
        if "Ctrl-C 停止" in line:
            return "".join(lines)
    log = (home / "demo-platform.log").read_text("utf-8")[-2000:]
    pytest.fail("ended before it was up:\n" + "".join(lines) + log)


def _children(parent: int) -> list[str]:
    """Processes the demo started itself; the store's and Python's own helpers are not among them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            arguments = (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and b"simulate" in arguments:
            found.append(path.parent.name)
    return found


def _acknowledged(web: int) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{web}/metrics", timeout=60) as answer:
        text = answer.read().decode()
    return sum(
        float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line.startswith("zhihuan_gateway_ack_seconds_count")
    )


def _until(condition, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
