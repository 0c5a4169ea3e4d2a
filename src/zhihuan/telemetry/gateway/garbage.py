"""Python's cycle collector, told how a gateway lives.

Thousands of small objects wait for each commit and then go, none of them in a cycle. With the
default thresholds (a collection every 700 new objects) the collector walks over them again and
again: measured, a third of the event loop's time. It is slowed down, not switched off: a cycle
somewhere must not leak for ever.
"""

from __future__ import annotations

import gc

__all__ = ["calm_collector"]


def calm_collector() -> None:
    """For a process that runs a gateway or makes pages, after it has started: leave what is there now out of
    collections, and collect rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
