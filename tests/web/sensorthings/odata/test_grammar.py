"""What a filter means, that printing and reading are inverse, and that no text is too much."""

from __future__ import annotations

import datetime as dt
import string
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.web.sensorthings.odata import limits
from zhihuan.web.sensorthings.odata.expression import (
    Call,
    Junction,
    Literal,
    Minus,
    Not,
    Operation,
    Path,
    Wkt,
    text,
)
from zhihuan.web.sensorthings.odata.grammar import read_filter, read_orderby
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

NAME = Path(("name",))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("name eq 'a'", "(name eq 'a')"),
        ("name eq 'O''Hara'", "(name eq 'O''Hara')"),
        ("1 add 2 mul 3 eq 7", "((1 add (2 mul 3)) eq 7)"),
        ("1 sub 2 sub 3", "((1 sub 2) sub 3)"),
        ("8 div 4 div 2", "((8 div 4) div 2)"),
        ("a or b and c", "(a or (b and c))"),
        ("(a or b) and c", "((a or b) and c)"),
        ("not a and b", "((not a) and b)"),
        ("not (a and b)", "(not (a and b))"),
        ("a and b and c", "(a and b and c)"),
        ("a gt 1 eq b lt 2", "((a gt 1) eq (b lt 2))"),
        ("result lt -5", "(result lt -5)"),
        ("-id eq 5", "((-(id)) eq 5)"),
        ("substringof('x', name)", "substringof('x',name)"),
        ("now() gt time", "(now() gt time)"),
        (
            "Datastreams/ObservedProperty/name ne null",
            "(Datastreams/ObservedProperty/name ne null)",
        ),
        ("@iot.id eq 3", "(@iot.id eq 3)"),
        ("time ge 2026-06-01T00:00:00+08:00", "(time ge 2026-05-31T16:00:00+00:00)"),
        ("time ge 2026-06-01T00:00:00 08:00", "(time ge 2026-05-31T16:00:00+00:00)"),
        ("time ge 2026-06-01T00:00Z", "(time ge 2026-06-01T00:00:00+00:00)"),
        ("date(time) eq 2026-06-01", "(date(time) eq 2026-06-01)"),
        ("now() sub duration'P1DT2H' lt time", "((now() sub duration'P1DT7200S') lt time)"),
        ("st_within(location, geography'POINT(1 2)')", "st_within(location,geography'POINT(1 2)')"),
        ("properties/种类 eq '空气站'", "(properties/种类 eq '空气站')"),
        ("result gt 1.5e3", "(result gt 1500.0)"),
        ("eq1 eq 1", "(eq1 eq 1)"),
    ],
)
def test_a_filter_is_read_by_the_precedence_of_odata(written, meant):
    assert text(read_filter(written)) == meant


@pytest.mark.parametrize(
    ("written", "reason", "at"),
    [
        ("", Reason.EXPECTED, 0),
        ("name eq", Reason.EXPECTED, 7),
        ("name eq 'a", Reason.UNFINISHED_TEXT, 8),
        ("name = 'a'", Reason.BAD_CHARACTER, 5),
        ("name eq 'a' 'b'", Reason.EXPECTED, 12),
        ("(name eq 'a'", Reason.EXPECTED, 12),
        ("name eq 'a')", Reason.EXPECTED, 11),
        ("f(1,)", Reason.EXPECTED, 4),
        ("a/ eq 1", Reason.EXPECTED, 6),
        ("a/'b' eq 1", Reason.EXPECTED, 2),
        ("and eq 1", Reason.EXPECTED, 0),
        ("time gt 2026-06-01T00:00:00", Reason.NO_TIME_ZONE, 8),
        ("time gt 2026-13-01T00:00:00Z", Reason.BAD_MOMENT, 8),
        ("time gt 2026-02-30", Reason.BAD_MOMENT, 8),
        ("time gt 0000-01-01T00:00:00Z", Reason.BAD_MOMENT, 8),
        ("time gt 9999-12-31T23:59:59-12:00", Reason.BAD_MOMENT, 8),
        ("a gt duration'P'", Reason.BAD_MOMENT, 5),
        ("a gt duration'P1Y'", Reason.BAD_MOMENT, 5),
        ("a gt 9007199254740993", Reason.BAD_NUMBER, 5),
        ("a gt 1e999", Reason.BAD_NUMBER, 5),
        ("a gt " + "1" * 50, Reason.BAD_NUMBER, 5),
        ("a;b", Reason.BAD_CHARACTER, 1),
        ("name eq \"a\"", Reason.BAD_CHARACTER, 8),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(written, reason, at):
    with pytest.raises(Refusal) as refused:
        read_filter(written)
    assert refused.value.reason is reason
    assert refused.value.at == at


@pytest.mark.parametrize(
    "written",
    [
        "(" * 200 + "a" + ")" * 200,
        "not " * 200 + "a",
        "-" * 200 + "a",
        "f(" * 100 + "a" + ")" * 100,
        "1 add " * 100 + "1",
        " and ".join(["a eq 1"] * 500),
        "a" * (limits.TEXT + 1),
        "a" + "/a" * 50,
        "a eq " * 60 + "1",
        "'" * 4001,
    ],
)
def test_hostile_texts_are_refused_however_they_nest(written):
    with pytest.raises(Refusal):
        read_filter(written)


def test_a_long_list_of_alternatives_is_not_deep():
    written = " or ".join(f"id eq {number}" for number in range(70))
    assert len(read_filter(written).parts) == 70


def test_orderby_reads_keys_and_ways():
    keys = read_orderby("name DESC, length(name) asc,id")
    assert [(text(key.expression), key.descending) for key in keys] == [
        ("name", True), ("length(name)", False), ("id", False),
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["", "name down", "name,,id", ",".join(["id"] * 11)])
def test_orderby_that_makes_no_sense_is_refused(written):
    with pytest.raises(Refusal):
        read_orderby(written)


# ---- printing and reading are inverse ----

_RESERVED = {"eq", "ne", "gt", "ge", "lt", "le", "add", "sub", "mul", "div", "mod"}
_RESERVED |= {"and", "or", "not", "true", "false", "null", "asc", "desc"}
_names = st.text(string.ascii_letters + "_的值", min_size=1, max_size=8).filter(
    lambda name: name.lower() not in _RESERVED
)
_FIRST = dt.datetime(1, 1, 2)  # noqa: DTZ001 - hypothesis wants naive bounds
_LAST = dt.datetime(9999, 12, 30)  # noqa: DTZ001
_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-limits.LARGEST_WHOLE, limits.LARGEST_WHOLE),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    st.datetimes(_FIRST, _LAST).map(lambda moment: moment.replace(tzinfo=dt.UTC)),
    st.dates(),
    st.times(),
    st.timedeltas(dt.timedelta(days=-9_000), dt.timedelta(days=9_000)),
    st.sampled_from(["POINT (1 2)", "POLYGON ((0 0, 1 0, 1 1, 0 0))"]).map(Wkt),
)
_leaves = st.one_of(
    _values.map(Literal), st.lists(_names, min_size=1, max_size=4).map(lambda n: Path(tuple(n)))
)


def _branches(inner):
    flat = st.lists(inner, min_size=2, max_size=4)

    def junction(word):
        def make(parts):
            same = [
                piece
                for part in parts
                for piece in (
                    part.parts if isinstance(part, Junction) and part.name == word else [part]
                )
            ]
            return Junction(word, tuple(same))

        return flat.map(make)

    def minus(operand):
        number = isinstance(operand, Literal) and type(operand.value) in {int, float}
        return Literal(-operand.value) if number else Minus(operand)

    return st.one_of(
        junction("and"),
        junction("or"),
        inner.map(Not),
        inner.map(minus),
        st.builds(Operation, st.sampled_from(sorted(_RESERVED - {"and", "or", "not", "true", "false",
                  "null", "asc", "desc"})), inner, inner),
        st.builds(Call, _names, st.lists(inner, max_size=3).map(tuple)),
    )  # fmt: skip


expressions = st.recursive(_leaves, _branches, max_leaves=12)


@given(expressions)
@settings(max_examples=400)
def test_reading_what_was_printed_gives_the_same_expression(expression):
    assert read_filter(text(expression)) == expression


@given(st.text(max_size=200))
@settings(max_examples=400)
def test_any_text_is_read_or_refused_never_anything_else(written):
    with suppress(Refusal):  # any other exception fails the test
        read_filter(written)


_words = st.sampled_from(
    ["name", "id", "'x'", "1", "1.5", "(", ")", ",", "/", "-", "eq", "and", "or", "not", "add",
     "startswith(", "2026-06-01T00:00:00Z", "geography'POINT(1 1)'", "null", "true"]
)  # fmt: skip


@given(st.lists(_words, max_size=40).map(" ".join))
@settings(max_examples=400)
def test_any_heap_of_words_is_read_or_refused(written):
    try:
        expression = read_filter(written)
    except Refusal:
        return
    assert read_filter(text(expression)) == expression
