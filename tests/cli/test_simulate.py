from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

from click.testing import CliRunner

from zhihuan.cli.simulate import command
from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.exchange import answer_data
from zhihuan.hj212.message import Message
from zhihuan.telemetry.gateway.device_files import read_devices
from zhihuan.telemetry.simulator.faults.data import DataFaultKind
from zhihuan.telemetry.simulator.faults.wire import WireFaultKind
from zhihuan.telemetry.simulator.fleet_file import read_fleet


def run(*arguments: str) -> str:
    found = CliRunner().invoke(command, arguments)
    assert found.exit_code == 0, found.output
    return found.stdout


def failure(*arguments: str) -> str:
    found = CliRunner().invoke(command, arguments)
    assert found.exit_code == 1, found.output
    return found.output


def test_every_fault_is_listed() -> None:
    text = run("--list-faults")
    for kind in (*WireFaultKind, *DataFaultKind):
        assert f"  {kind} " in text


def test_the_two_files_describe_the_same_devices(tmp_path: Path) -> None:
    devices, fleet = tmp_path / "d.yaml", tmp_path / "f.yaml"
    run(
        "--devices",
        "30",
        "--only-write",
        "--write-devices",
        str(devices),
        "--write-fleet",
        str(fleet),
    )
    assert set(read_devices(devices)) == {spec.mn for spec in read_fleet(fleet)}
    assert len(read_fleet(fleet)) == 30


def test_what_cannot_be_used_is_said_with_what_can() -> None:
    assert "no wire fault 'flip'; there are half_frame" in failure(
        "--fault", "flip=1", "--only-write"
    )
    assert "no data fault 'rot'; there are drift" in failure(
        "--data-fault", "rot=1", "--only-write"
    )
    assert "write 2026-01-31T08:00" in failure("--start", "tomorrow", "--only-write")
    assert "expected host:port" in failure("--to", "gateway", "--for", "0.1")
    assert "no such kinds: volcano" in failure("--kind", "volcano", "--only-write")


def test_a_run_ends_by_itself_and_sums_up_what_happened(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_acknowledge, args=(server,), daemon=True).start()
        port = server.getsockname()[1]
        ledger = tmp_path / "acked.csv"
        text = run(
            "--to", f"127.0.0.1:{port}", "--devices", "1", "--kind", "noise", "--for", "2",
            "--speed", "600", "--json", "--ledger", str(ledger),
        )  # fmt: skip
    summary = json.loads(text)
    assert summary["frames"]["acked"] > 3
    assert summary["frames"]["acked"] == len(ledger.read_text("utf-8").splitlines())
    assert summary["ack_ms"]["p99"] >= summary["ack_ms"]["p50"] > 0


def test_a_run_without_a_host_ends_and_says_that_nothing_was_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    text = run("--to", f"127.0.0.1:{port}", "--devices", "2", "--for", "0.5")
    assert "connect_failed" in text
    assert "acked" not in text


def _acknowledge(server: socket.socket) -> None:
    connection, _peer = server.accept()
    decoder = Decoder()
    with connection:
        while chunk := connection.recv(65536):
            for event in decoder.feed(chunk):
                if isinstance(event, Message) and event.needs_ack:
                    connection.sendall(answer_data(event).encode())
