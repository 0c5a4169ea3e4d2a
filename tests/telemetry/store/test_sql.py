"""Literals: whatever a value holds, it stays a value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.telemetry.store import RowsRefused
from zhihuan.telemetry.store.sql import integers, moment, name_tables, text, texts

_UNESCAPED = {"\\\\": "\\", "\\'": "'", "\\x40": "@", "\\0": "\0", "\\n": "\n", "\\r": "\r"}


def _read_back(literal: str) -> str:
    """What a reader of the dialect makes of a literal."""
    assert literal[0] == literal[-1] == "'"
    body, out, place = literal[1:-1], "", 0
    while place < len(body):
        size = next((len(e) for e in _UNESCAPED if body.startswith(e, place)), 1)
        piece = body[place : place + size]
        assert piece not in {"'", "\\"}, "the literal ends early"
        out += _UNESCAPED.get(piece, piece)
        place += size
    return out


@given(st.text())
def test_a_literal_reads_back_as_its_value(value: str) -> None:
    assert _read_back(text(value)) == value


@given(st.text())
def test_no_value_is_taken_for_a_table(value: str) -> None:
    literal = text("@measurement" + value)
    assert name_tables(literal, lambda _: "HIT") == literal


def test_tables_are_named_by_the_engine() -> None:
    assert name_tables("FROM @frame, @seal", lambda name: f"{name}_local") == (
        "FROM frame_local, seal_local"
    )


@pytest.mark.parametrize("empty", [texts, integers])
def test_an_empty_list_is_refused_rather_than_sent(empty: object) -> None:
    with pytest.raises(RowsRefused, match="empty list"):
        empty([])  # type: ignore[operator]


def test_moments_outside_the_column_are_drawn_to_its_ends() -> None:
    assert [moment(-5), moment(2**40)] == ["toDateTime(0)", "toDateTime(4294967295)"]
