"""Merges and inserts are nicer than what answers devices."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from rows_of_a_city import minutes

from zhihuan.telemetry.store.politeness import yield_to_others

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="threads have their own niceness on Linux only"
)


def _niceness_of_threads(name: str) -> set[int]:
    tasks = Path("/proc/self/task")
    return {
        os.getpriority(os.PRIO_PROCESS, int(task.name))
        for task in tasks.iterdir()
        if (task / "comm").read_text().startswith(name)
    }


def test_only_the_thread_that_asks_becomes_nicer() -> None:
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    found: list[int] = []

    def polite() -> None:
        yield_to_others()
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    thread = threading.Thread(target=polite)
    thread.start()
    thread.join()
    assert found == [max(before, 5)]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_the_engines_merges_wait_for_everybody(embedded_store: Any) -> None:
    embedded_store.write(minutes([1, 2, 3]))
    embedded_store.compact()
    assert min(_niceness_of_threads("MergeMutate")) >= 15
