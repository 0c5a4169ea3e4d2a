"""A reader gets what changed since it last looked: all of it, once, and nothing else."""

from __future__ import annotations

import datetime as dt

import numpy as np

from zhihuan.web.live.board import Snapshot
from zhihuan.web.live.changes import Changes

CATALOGUE, OTHER = object(), object()


def snapshot(states, seen=None, headlines=None, catalogue=CATALOGUE) -> Snapshot:
    count = len(states)
    return Snapshot(
        serial=0,
        as_of=dt.datetime(2026, 5, 3, tzinfo=dt.UTC),
        catalogue=catalogue,
        state=np.array(states, dtype=np.int8),
        last_seen=np.array(seen or [np.nan] * count, dtype=np.float64),
        headline=headlines or [""] * count,
    )


def test_everything_is_new_to_a_new_reader():
    changes = Changes()
    assert changes.advance(snapshot([0, 1, 2]))
    assert changes.since(0).tolist() == [0, 1, 2]


def test_only_what_changed_is_told():
    changes = Changes()
    changes.advance(snapshot([0, 1, 2, 3], [1, 1, 1, np.nan], ["a", "b", "c", ""]))
    seen = changes.tick
    assert changes.advance(snapshot([0, 2, 2, 3], [1, 1, 5, np.nan], ["x", "b", "c", ""]))
    assert changes.since(seen).tolist() == [0, 1, 2]


def test_nothing_new_is_nothing():
    changes = Changes()
    changes.advance(snapshot([0, 3], [1, np.nan]))
    seen = changes.tick
    assert not changes.advance(snapshot([0, 3], [1, np.nan]))
    assert changes.since(seen).tolist() == []


def test_a_slow_reader_misses_nothing_and_gets_each_point_once():
    changes = Changes()
    changes.advance(snapshot([0, 0, 0]))
    seen = changes.tick
    changes.advance(snapshot([1, 0, 0]))
    changes.advance(snapshot([2, 0, 1]))
    assert changes.since(seen).tolist() == [0, 2]
    assert changes.since(changes.tick).tolist() == []


def test_the_same_snapshot_again_is_no_tick():
    changes, same = Changes(), snapshot([0])
    changes.advance(same)
    tick = changes.tick
    assert not changes.advance(same)
    assert changes.tick == tick


def test_another_registry_makes_everything_new():
    changes = Changes()
    changes.advance(snapshot([0, 0]))
    seen = changes.tick
    changes.advance(snapshot([0, 0, 0], catalogue=OTHER))
    assert changes.since(seen).tolist() == [0, 1, 2]
