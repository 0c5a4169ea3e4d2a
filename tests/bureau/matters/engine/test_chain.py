"""The digest of an event covers every field of it and the one before."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.matters.engine.chain import NOTHING, chained, digest_of, digest_of_event
from zhihuan.telemetry.digest import sm3

EVENT = {
    "matter_id": 7, "number": 2, "at": dt.datetime(2026, 3, 2, 1, 0, 0, 5, tzinfo=dt.UTC), "actor_id": 3,
    "actor_name": "张三", "officers": [], "step": "file", "source": "draft", "target": "open",
    "said": {"why": "x"},
}  # fmt: skip


def digest(before=NOTHING, **other):
    return digest_of_event(before, SimpleNamespace(**{**EVENT, **other}))


def test_it_is_the_hash_that_the_documentation_says():
    texts = [
        "7",
        "2",
        "1772413200000005",
        "3",
        "张三",
        "[]",
        "file",
        "draft",
        "open",
        '{"why":"x"}',
    ]
    assert digest() == sm3(
        NOTHING + "".join(f"{len(text)}:{text}" for text in texts).encode("utf-8")
    )


@pytest.mark.parametrize(
    "other",
    [
        {"matter_id": 8},
        {"number": 3},
        {"at": EVENT["at"] + dt.timedelta(microseconds=1)},
        {"actor_id": None},
        {"actor_name": "李四"},
        {"officers": [{"id": 1}]},
        {"step": "fil", "source": "edraft"},
        {"target": "shut"},
        {"said": {"why": "y"}},
        {"before": sm3(b"x")},
    ],
)
def test_whatever_changes_changes_it(other):
    assert digest(**other) != digest()


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@given(
    st.integers(1, 10**12),
    st.lists(st.tuples(st.integers(-(10**17), 10**17), *[words] * 7), max_size=12),
)
def test_a_column_at_a_time_gives_the_same(matter, events):
    before, each = NOTHING, []
    for number, (at, actor, *others) in enumerate(events, start=1):
        before = digest_of(before, (matter, number, at, actor or None, *others))
        each.append(before)
    moments, *columns = zip(*events, strict=True) if events else [()] * 8
    assert chained(matter, moments, columns) == each
