"""The process dies in the middle of writing: what was acknowledged is there, once.

``ZHIHUAN_CRASH_ROUNDS`` sets the dose.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from rows_of_a_city import MIDNIGHT, MN, add_row, frames

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, TelemetryStore, open_store

ROUNDS = int(os.environ.get("ZHIHUAN_CRASH_ROUNDS", "3"))
_WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from test_embedded_crash import numbered_batch
from zhihuan.telemetry.store import open_store
store = open_store(sys.argv[2])
store.migrate()
number = int(sys.argv[3])
while True:
    store.write(numbered_batch(number))
    print(number, flush=True)
    number += 1
"""


def numbered_batch(number: int) -> Batch:
    """Fifty rows and five frames that no other number has."""
    batch = Batch()
    for factor in range(50):
        add_row(
            batch.measurements, MIDNIGHT + 60 * number, float(number), mn=f"MN{factor % 5}",
            factor=f"a{factor:05}", received=1000 * (MIDNIGHT + 60 * number),
        )  # fmt: skip
    batch.frames = frames(range(5 * number, 5 * number + 5), [MIDNIGHT * 1000 + number] * 5).frames
    return batch


def _write_until_killed(folder: Path, first: int, seconds: float) -> int:
    """The number of the last acknowledged batch."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(Path(__file__).parent), f"chdb://{folder}", str(first)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdout is not None
    last = first - 1 if (line := writer.stdout.readline()) == "" else int(line)
    time.sleep(seconds)
    os.kill(writer.pid, signal.SIGKILL)
    told = [
        int(line) for line in writer.stdout.read().splitlines(keepends=True) if line[-1] == "\n"
    ]
    writer.wait()
    return max([last, *told])


def _numbers_in(store: TelemetryStore) -> dict[str, list[int]]:
    """Batch numbers of every series, as often as a row is seen."""
    rows = store.measurements(Kind.MINUTE, MIDNIGHT, MIDNIGHT + 10**7)
    series: dict[str, list[int]] = {}
    for factor, value in zip(rows.factor, rows.value.tolist(), strict=True):
        series.setdefault(factor, []).append(int(value))
    return series


def _frames_in(store: TelemetryStore) -> list[bytes]:
    seen: list[bytes] = []
    before = None
    while len(page := store.frames(MN, 0, 2**62, limit=500, before=before)):
        seen += page.raw.tolist()
        before = (int(page.received[-1]), int(page.frame_id[-1]))
    return seen


@pytest.mark.crash
@pytest.mark.timeout(60 + 30 * ROUNDS)
def test_what_was_acknowledged_survives_kill_9_exactly_once(tmp_path: Path) -> None:
    dice = random.Random(9)
    folder = tmp_path / "telemetry"
    acknowledged = -1
    for _ in range(ROUNDS):
        acknowledged = _write_until_killed(folder, acknowledged + 1, dice.uniform(0.0, 0.8))
        store = open_store(f"chdb://{folder}")
        # the batch that was cut off is written again, as its devices would make the gateway do
        store.write(numbered_batch(acknowledged + 1))
        acknowledged += 1
        series, kept = _numbers_in(store), _frames_in(store)
        newest = store.latest(kinds=[Kind.MINUTE])
        store.close()
        whole = list(range(acknowledged + 1))
        assert len(series) == 50
        assert all(numbers == whole for numbers in series.values())
        assert len(kept) == len(set(kept)) == 5 * len(whole)
        assert set(newest.value.tolist()) == {float(acknowledged)}


def test_the_engine_syncs_what_leaves_the_journal(embedded_store: Any) -> None:
    """What kill -9 cannot show: the rows left the page cache before the journal lets them go."""

    def syncs() -> int:
        sql = "SELECT toUInt64(sum(value)) AS n FROM system.events WHERE event IN ('FileSync', 'DirectorySync')"
        return int(embedded_store.engine.read(sql)["n"][0])

    before = syncs()
    embedded_store.write(numbered_batch(1))
    tables_written = 3
    assert syncs() - before >= 2 * tables_written
