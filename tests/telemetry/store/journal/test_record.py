"""The form of a journalled write: what was whole is read back, what was torn is not promised."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.telemetry.store.journal.record import TableRows, read_segment, record_bytes


def _rows(table: str, numbers: list[int], names: list[str]) -> TableRows:
    coded = pa.array(names, pa.string()).dictionary_encode()
    return TableRows(table, pa.table({"number": pa.array(numbers, pa.int64()), "mn": coded}))


def _plain(records: list[list[TableRows]]) -> list[list[tuple[str, list[dict]]]]:
    return [[(each.table, each.rows.to_pylist()) for each in tables] for tables in records]


FIRST = [_rows("measurement", [1, 2], ["a", "b"]), _rows("frame", [7], ["a"])]
SECOND = [_rows("measurement", [3], ["c"])]


def test_records_read_back_in_order() -> None:
    found = read_segment(record_bytes(FIRST) + record_bytes(SECOND))
    assert _plain(found.records) == _plain([FIRST, SECOND])
    assert not found.damaged


@given(cut=st.integers(min_value=0, max_value=10_000))
@settings(max_examples=60, deadline=None)
def test_a_torn_end_loses_only_the_record_that_was_never_acknowledged(cut: int) -> None:
    whole, last = record_bytes(FIRST), record_bytes(SECOND)
    found = read_segment(whole + last[: cut % len(last)])
    assert _plain(found.records) == _plain([FIRST])
    assert not found.damaged


@given(place=st.integers(min_value=0, max_value=10_000), bit=st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_a_flipped_bit_before_good_records_is_told_and_costs_no_other_record(
    place: int, bit: int
) -> None:
    data = bytearray(record_bytes(FIRST) + record_bytes(SECOND))
    data[place % len(record_bytes(FIRST))] ^= 1 << bit
    found = read_segment(bytes(data))
    assert found.damaged or _plain(found.records) == _plain([FIRST, SECOND])
    assert _plain(found.records)[-1] == _plain([SECOND])[0]


@pytest.mark.parametrize("zeros", [1, 15, 16, 4096])
def test_zeros_a_file_system_left_at_the_end_are_no_record(zeros: int) -> None:
    found = read_segment(record_bytes(SECOND) + bytes(zeros))
    assert _plain(found.records) == _plain([SECOND])
    assert not found.damaged


def test_nothing_is_nothing() -> None:
    assert read_segment(b"").records == []
