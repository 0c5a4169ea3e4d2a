"""Strokes of a signature: read, written, drawn; and what is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.documents.docx.pen import drawn_run
from zhihuan.bureau.signatures.strokes import (
    BadSignatureError,
    path_of,
    read,
    read_table,
)

BEGAN = "2026-02-13T10:30:00+08:00"


def sent(strokes: Any, **more: Any) -> str:
    return json.dumps({"width": 640, "height": 240, "began": BEGAN, "strokes": strokes} | more)


@st.composite
def signatures(make: Any) -> str:
    at = 0
    strokes = []
    for _stroke in range(make(st.integers(1, 5))):
        points = []
        for _point in range(make(st.integers(5, 90))):
            at += make(st.integers(1, 40))
            points.append([make(st.integers(0, 640)), make(st.integers(0, 240)), at])
        strokes.append(points)
    return sent(strokes)


@given(signatures())
def test_what_lies_in_the_vault_is_what_was_written(text):
    signature = read(text)
    again = read_table(signature.table())
    # a table tells moments; the first touch begins it
    first = signature.strokes[0][0].at_ms
    assert [
        [(each.x, each.y, each.at_ms + first) for each in stroke] for stroke in again.strokes
    ] == [[(each.x, each.y, each.at_ms) for each in stroke] for stroke in signature.strokes]
    assert (again.width, again.height) == (640, 240)


@given(signatures())
def test_every_signature_can_be_drawn_on_a_page_and_in_a_document(text):
    drawn = read(text).drawn()
    width, height, path = path_of(drawn)
    assert (width, height) == (640, 240)
    assert path.startswith("M")
    assert "v:shape" in drawn_run(drawn)


@given(signatures())
def test_a_drawing_begins_and_ends_where_the_hand_did(text):
    signature = read(text)
    for stroke, told in zip(
        signature.strokes, signature.drawn().split(" ", 2)[2].split(";"), strict=True
    ):
        points = told.split(" ")
        assert points[0] == f"{stroke[0].x},{stroke[0].y}"
        assert points[-1] == f"{stroke[-1].x},{stroke[-1].y}"
        assert len(points) <= 61


_LINE = [[n, n, n * 10] for n in range(10)]


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "{}", sent([]), sent([[]]), sent([_LINE[:2]]), sent([_LINE], began="2026-02-13"),
     sent([_LINE], began="2026-02-13T10:30:00"), sent([_LINE], width=0), sent([_LINE], width=10**6),
     sent([[[9999, 1, n] for n in range(9)]]), sent([_LINE[::-1]]), sent([[[1, 1, 0]] * 9]),
     sent([[[1, 1, n * 10**6] for n in range(9)]]), sent([_LINE] * 201), sent([[["x", 1, 2]] * 9]),
     sent([[[1, 2]] * 9]), sent([[[float("nan"), 1, 2]] * 9]), sent("x")],
)  # fmt: skip
def test_what_no_hand_wrote_is_refused_in_words(text):
    with pytest.raises(BadSignatureError, match="签"):
        read(text)


@pytest.mark.parametrize(
    "strokes",
    [
        '640 240 1,2"/><w:t>x</w:t>',
        "640 240",
        "0 240 1,2",
        "640 240 1,2;",
        "a b 1,2",
        "640 240 1,2\n",
    ],
)
def test_nothing_but_whole_numbers_reaches_a_document(strokes):
    with pytest.raises(ValueError, match="signature"):
        drawn_run(strokes)


def test_no_signature_is_an_empty_run():
    assert "shape" not in drawn_run("")
