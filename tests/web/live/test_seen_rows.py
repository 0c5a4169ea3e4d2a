"""A row is told from every other; only what the last look had is old news."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.telemetry.store import LatestTable
from zhihuan.web.live.seen_rows import SeenRows

TEXTS = {"mn", "factor", "flag"}
ROW = {"mn": "MN1", "factor": "w01018", "flag": "N", "kind": 1, "time": 1_717_171_200}
ROW |= {"received": 1_717_171_201_000, "frame_id": 7, "value": 32.1, "zs_value": np.nan}


def table(*rows: dict) -> LatestTable:
    columns = {}
    for each in fields(LatestTable):
        values = [(ROW | row).get(each.name, np.nan) for row in rows]
        kind = object if each.name in TEXTS else np.int64
        if isinstance(values[0] if values else 0.0, float):
            kind = np.float64
        columns[each.name] = np.array(values, dtype=kind)
    return LatestTable(**columns)


def test_everything_is_new_at_the_first_look_and_old_at_the_next():
    seen = SeenRows()
    rows = [{"factor": f"w{n}"} for n in range(50)]
    assert seen.unseen(table(*rows)).all()
    assert not seen.unseen(table(*reversed(rows))).any()


@pytest.mark.parametrize(
    "change",
    [
        {"mn": "MN2"},
        {"factor": "w21003"},
        {"flag": "D"},
        {"kind": 2},
        {"time": ROW["time"] + 1},
        {"received": ROW["received"] + 1},
        {"frame_id": 8},
        {"value": 32.100000000000001 + 1e-13},
        {"zs_value": 1.0},
    ],
    ids=str,
)
def test_a_row_that_differs_in_one_thing_is_new(change):
    seen = SeenRows()
    seen.unseen(table({}))
    assert seen.unseen(table(change, {})).tolist() == [True, False]


def test_only_the_last_look_is_remembered_and_looks_may_be_empty():
    seen = SeenRows()
    assert seen.unseen(table()).tolist() == []
    seen.unseen(table({}))
    assert seen.unseen(table()).tolist() == []
    assert seen.unseen(table({})).tolist() == [True]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=30),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=30),
)
def test_it_agrees_with_comparing_rows_one_by_one(first, second):
    def rows(keys):
        return [{"mn": f"M{a}", "time": b, "received": c} for a, b, c in keys]

    seen = SeenRows()
    seen.unseen(table(*rows(first)))
    assert seen.unseen(table(*rows(second))).tolist() == [key not in first for key in second]
