"""Repeated and unsorted rows are errors with their row, per station, however the file is cut."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.evaluation.errors import Refusals
from zhihuan.evaluation.order import in_order, sorted_rows
from zhihuan.evaluation.rows import Rows, gathered


def rows_of(pairs: list[tuple[str, int]], first: int = 2) -> Rows:
    return Rows(
        np.arange(first, first + len(pairs), dtype=np.int64),
        {
            "station": np.array([station for station, _time in pairs], dtype=object),
            "time": np.array([time * 3600 for _station, time in pairs], dtype=np.int64),
        },
    )


def slowly(pairs: list[tuple[str, int]]) -> tuple[list[int], set[int], set[int]]:
    """Row by row: kept, repeated, too early."""
    kept, repeated, early = [], set(), set()
    highest: dict[str, int] = {}
    seen: dict[str, set[int]] = {}
    for row, (station, time) in enumerate(pairs, start=2):
        if time > highest.get(station, -1):
            kept.append(row)
        elif time in seen.get(station, set()):
            repeated.add(row)
        else:
            early.add(row)
        highest[station] = max(time, highest.get(station, -1))
        seen.setdefault(station, set()).add(time)
    return kept, repeated, early


PAIRS = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 12)), max_size=40)


@given(PAIRS)
def test_only_rows_later_than_all_before_them_are_kept(pairs: list[tuple[str, int]]) -> None:
    refusals = Refusals()
    found = gathered(in_order([rows_of(pairs)], refusals)) if pairs else None
    kept, repeated, early = slowly(pairs)
    if found is not None:
        assert found.numbers.tolist() == kept
    told = {problem.row + 1: problem.problem for problem in refusals.problems}
    assert {row for row, words in told.items() if "重复" in words} == repeated
    assert {row for row, words in told.items() if "早于" in words} == early


@given(PAIRS, st.integers(1, 7))
def test_cutting_a_file_into_pieces_keeps_the_same_rows(
    pairs: list[tuple[str, int]], size: int
) -> None:
    pieces = [rows_of(pairs[at : at + size], at + 2) for at in range(0, len(pairs), size)]
    kept, repeated, early = slowly(pairs)
    refusals = Refusals()
    found = [number for rows in in_order(pieces, refusals) for number in rows.numbers.tolist()]
    assert found == kept
    assert refusals.rows == len(repeated | early)


@given(PAIRS)
def test_where_order_does_not_matter_only_repetitions_are_refused(
    pairs: list[tuple[str, int]],
) -> None:
    refusals = Refusals()
    found = [one for rows in sorted_rows([rows_of(pairs)], refusals) for one in rows.numbers]
    firsts = {pair: row for row, pair in reversed(list(enumerate(pairs, start=2)))}
    assert sorted(found) == sorted(firsts.values())
    assert refusals.rows == len(pairs) - len(firsts)


def test_the_words_name_row_time_and_remedy() -> None:
    refusals = Refusals()
    list(in_order([rows_of([("甲", 5), ("甲", 5), ("甲", 3)])], refusals))
    first, second = map(str, refusals.problems)
    assert "第 3 行，时间 = 1970-01-01T13:00:00+08:00：与本点位前面某行的时间重复" in first
    assert "第 4 行" in second
    assert "--any-order" in second
