"""Who waits when the processor is short: merges first, then inserts, never an answer to a device.

A device waits for the journal only. What the engine does with the rows afterwards may take its
time, so those threads are made nicer; on a system that gives threads no niceness of their own,
nothing happens.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path

__all__ = ["make_merges_wait", "yield_to_others"]

_MERGE_NICENESS = 15
_INSERT_NICENESS = 5
_MERGE_THREADS = "MergeMutate"  # what chDB calls them
_THREADS = Path("/proc/self/task")


def yield_to_others() -> None:
    """Make the calling thread nicer than those that answer devices and people."""
    _make_nice(threading.get_native_id(), _INSERT_NICENESS)


def make_merges_wait() -> None:
    """Make the embedded engine's merging threads the nicest of all; it starts them when the first
    rows arrive. Costs a millisecond and may be repeated."""
    for thread in _THREADS.glob("*/comm") if _THREADS.is_dir() else ():
        with contextlib.suppress(OSError):  # a thread may end while we look
            if thread.read_text().strip() == _MERGE_THREADS:
                _make_nice(int(thread.parent.name), _MERGE_NICENESS)


def _make_nice(thread: int, niceness: int) -> None:
    if not sys.platform.startswith("linux"):
        return  # elsewhere the call would concern the whole process
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, niceness)
