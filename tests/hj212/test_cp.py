"""A CP is cut outside // // only, read whatever its blanks, and its layouts are kept in bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212 import Oddity, Reason, cp
from zhihuan.hj212.cp import read_cp
from zhihuan.hj212.errors import Refusal
from zhihuan.hj212.shape import Column, CpShape, _Shapes


def pairs(text: str) -> list[tuple[str, str]]:
    shape, values = read_cp(text)
    return list(zip(shape.keys, values, strict=True))


def test_fields_and_groups_are_read() -> None:
    shape, values = read_cp("DataTime=20240520210600;a01011-Min=1.35,a01011-Flag=N;LA-Rtd=50.1")
    assert values == ["20240520210600", "1.35", "N", "50.1"]
    assert shape.columns == (("", "DataTime"), ("a01011", "Min"), ("a01011", "Flag"), ("LA", "Rtd"))
    assert (shape.codes, shape.data_time) == (("a01011", "LA"), 0)
    assert (shape.number_columns, shape.field_columns, shape.notes) == ((1, 3), (0,), ())


def test_an_empty_cp_has_nothing() -> None:
    shape, values = read_cp("")
    assert (shape.keys, values, shape.notes) == ((), [], ())


def test_equal_layouts_are_one_object() -> None:
    assert read_cp("a-Rtd=1,a-Flag=N")[0] is read_cp("a-Rtd=22,a-Flag=D")[0]
    assert read_cp("a-Rtd=1;a-Flag=N")[0] is not read_cp("a-Rtd=1,a-Flag=N")[0]


@pytest.mark.parametrize(
    ("text", "expected", "notes"),
    [
        (
            " PolId=w01018;SystemTime=1",
            [("PolId", "w01018"), ("SystemTime", "1")],
            (Oddity.BLANKS,),
        ),
        ("a=1;i12003-Info =0", [("a", "1"), ("i12003-Info", "0")], (Oddity.BLANKS,)),
        (" ", [], (Oddity.BLANKS,)),
        ("a=1 ; b= 2 ", [("a", "1"), ("b", "2")], (Oddity.BLANKS,)),
        ("a=1;", [("a", "1")], (Oddity.TRAILING_SEPARATOR,)),
        ("a=1;;b=2", [("a", "1"), ("b", "2")], (Oddity.EMPTY_ITEM,)),
        ("a=1,2,3;b=4", [("a", "1,2,3"), ("b", "4")], (Oddity.COMMA_IN_VALUE,)),
        ("a=1,2,b=4", [("a", "1,2"), ("b", "4")], (Oddity.COMMA_IN_VALUE,)),
        ("a=b=c;d=e", [("a", "b=c"), ("d", "e")], (Oddity.EQUALS_IN_VALUE,)),
        ("a=//open;b=2", [("a", "//open"), ("b", "2")], (Oddity.OPEN_TEXT,)),
        ("PW=1;PW=2", [("PW", "1"), ("PW", "2")], (Oddity.REPEATED_KEY,)),
        ("PolId=101;PolId=102", [("PolId", "101"), ("PolId", "102")], ()),
        (
            "w1-SampleTime=0,1-Rtd=2",
            [("w1-SampleTime", "0"), ("1-Rtd", "2")],
            (Oddity.MIXED_GROUP,),
        ),
        ("a-Rtd=1;a-Flag=N", [("a-Rtd", "1"), ("a-Flag", "N")], (Oddity.SPLIT_GROUP,)),
        ("a-Rtd=92;Flag=N", [("a-Rtd", "92"), ("Flag", "N")], (Oddity.DETACHED_SUB,)),
        ("a-rtd=1", [("a-rtd", "1")], (Oddity.KEY_CASE,)),
        ("datatime=2", [("datatime", "2")], (Oddity.KEY_CASE,)),
        ("BeginTime=1,EndTime=2", [("BeginTime", "1"), ("EndTime", "2")], ()),
        ("a=", [("a", "")], ()),
    ],
)
def test_each_shape_of_the_field_is_read_and_named(
    text: str, expected: list[tuple[str, str]], notes: tuple[Oddity, ...]
) -> None:
    for _ in range(2):  # the second time from memory
        assert pairs(text) == expected
        assert read_cp(text)[0].notes == notes


@pytest.mark.parametrize("text", ["abc", "=1", "a=1;b", "a=1;=2", "b,a=1", "\x01=1", "a\tb=1"])
def test_what_is_not_key_and_value_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_cp(text)
    assert refused.value.reason is Reason.BAD_GRAMMAR


@pytest.mark.parametrize(
    "text", ["//清洗管路//", "//;,&&##=//", "////", "//http://x;y//", "// ; //"]
)
def test_text_between_slashes_stays_whole(text: str) -> None:
    assert pairs(f"i11001-Info={text};b=1") == [("i11001-Info", text), ("b", "1")]
    assert pairs(f"a=1,i11001-Info={text}")[1] == ("i11001-Info", text)


def test_an_address_is_not_a_text() -> None:
    assert pairs("url=http://a;b=1") == [("url", "http://a"), ("b", "1")]


def test_sub_fields_are_named_as_the_standard_does_whatever_their_case() -> None:
    assert read_cp("a21026-ZSRTD=1,a21026-flag=N")[0].columns == (
        ("a21026", "ZsRtd"),
        ("a21026", "Flag"),
    )
    assert read_cp("f21011-Ua=222.0")[0].columns == (Column("f21011", "Ua"),)  # vendors' own stay


TOKENS = [
    "a",
    "b-Rtd",
    "c",
    "1",
    "2.5",
    "N",
    "=",
    "=",
    ";",
    ",",
    "//",
    "DataTime",
    "é",
    "\x01",
    " ",
]


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(TOKENS), max_size=14))
def test_the_short_cut_reads_what_the_grammar_reads(tokens: list[str]) -> None:
    text = "".join(tokens)
    try:
        slowly = cp._read_item_by_item(text)
    except Refusal:
        with pytest.raises(Refusal):
            read_cp(text)
        return
    for _ in range(2):
        shape, values = read_cp(text)
        assert (shape.keys, values, shape.notes) == (slowly[0].keys, slowly[1], slowly[0].notes)


def test_invented_layouts_do_not_fill_the_memory() -> None:
    shapes = _Shapes(limit=1000)
    for number in range(2000):
        shapes.put(str(number), CpShape((f"a{number}-Rtd", "b"), ()))
        assert shapes._size <= 1000
    assert len(shapes._known) <= 1000 // 6


def test_layouts_with_keys_as_long_as_a_frame_do_not_fill_the_memory() -> None:
    shapes = _Shapes(limit=10_000)
    for number in range(200):
        key = f"{number:04d}{'k' * 9000}"
        shapes.put(key, CpShape((key,), ()))
        assert sum(map(len, shapes._known)) <= 16 * 10_000


@pytest.mark.parametrize(
    "hostile",
    ["a=//" * 2500, "a= " * 3000, "=" * 9000, ";" * 9000, " " * 9000, "a=1," * 2400, "//" * 4500],
)
def test_hostile_text_takes_work_in_proportion(hostile: str) -> None:
    searches = 0
    end = cp._TEXT_END

    class Counting:
        def search(self, text: str, start: int) -> object:
            nonlocal searches
            searches += 1
            return end.search(text, start)

    patched = pytest.MonkeyPatch()
    patched.setattr(cp, "_TEXT_END", Counting())
    try:
        read_cp(hostile)
    except Refusal:
        pass
    finally:
        patched.undo()
    assert searches <= 2  # a text that is never closed is searched for its end once
