"""What expressions give over values in memory; what does not go together is refused first."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.web.sensorthings.odata.checking import kind_of, require_truth
from zhihuan.web.sensorthings.odata.evaluation import evaluator, folded
from zhihuan.web.sensorthings.odata.expression import text
from zhihuan.web.sensorthings.odata.grammar import read_filter, read_orderby
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

ROW = {
    "name": "Zhongshan 中山",
    "n": 7,
    "x": -2.5,
    "none": None,
    "time": dt.datetime(2026, 6, 1, 13, 30, 15, 250_000, dt.UTC),
    "yes": True,
}
KINDS = {
    "name": Kind.TEXT, "n": Kind.WHOLE, "x": Kind.NUMBER, "none": Kind.TEXT, "time": Kind.MOMENT,
    "yes": Kind.TRUTH, "place": Kind.PLACE,
}  # fmt: skip


def _value(written: str):
    (key,) = read_orderby(written)
    return _evaluated(key.expression)


def _holds(written: str) -> bool:
    expression = read_filter(written)
    require_truth(expression, lambda names: KINDS[names[0]])
    return bool(_evaluated(folded(expression)))


def _evaluated(expression):
    return evaluator(expression, lambda names: lambda row: row[names[0]])(ROW)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("n add 1", 8),
        ("n sub x", 9.5),
        ("n mul x", -17.5),
        ("n div 2", 3),
        ("-n div 2", -3),
        ("n div 2.0", 3.5),
        ("n div 0", None),
        ("n mod 4", 3),
        ("-n mod 4", -3),
        ("x mod 2", -0.5),
        ("n mod 0", None),
        ("none add 1", None),
        ("-x", 2.5),
        ("length(name)", 12),
        ("indexof(name,'中')", 10),
        ("indexof(name,'q')", -1),
        ("substring(name,10)", "中山"),
        ("substring(name,0,5)", "Zhong"),
        ("substring(name,-1)", ""),
        ("substring(name,99)", ""),
        ("tolower(name)", "zhongshan 中山"),
        ("toupper(name)", "ZHONGSHAN 中山"),
        ("trim('  a ')", "a"),
        ("concat(concat(name,'!'),'?')", "Zhongshan 中山!?"),
        ("year(time)", 2026),
        ("month(time)", 6),
        ("day(time)", 1),
        ("hour(time)", 13),
        ("minute(time)", 30),
        ("second(time)", 15),
        ("fractionalseconds(time)", 0.25),
        ("date(time)", dt.date(2026, 6, 1)),
        ("time(time)", dt.time(13, 30, 15, 250_000)),
        ("totaloffsetminutes(time)", 0),
        ("round(x)", -3.0),
        ("floor(x)", -3.0),
        ("ceiling(x)", -2.0),
        ("geo.distance(geography'POINT(0 0)',geography'POINT(3 4)')", 5.0),
        ("geo.distance(geography'POINT (0, 0)',geography'POINT (3, 4)')", 5.0),
        ("geo.length(geography'LINESTRING(0 0,3 4,3 5)')", 6.0),
        ("length(none)", None),
    ],
)
def test_a_value_is_calculated_as_the_standard_says(written, value):
    assert _value(written) == value


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("name eq 'Zhongshan 中山'", True),
        ("name eq 'zhongshan 中山'", False),
        ("substringof('中', name)", True),
        ("contains(name, '中')", True),
        ("startswith(name, 'Zh')", True),
        ("startswith(name, '')", True),
        ("endswith(name, '山')", True),
        ("endswith(name, '')", True),
        ("substringof('.*', name)", False),
        ("substringof('%', name)", False),
        ("none eq null", True),
        ("none ne null", False),
        ("none eq 'a'", False),
        ("none ne 'a'", True),
        ("none gt 'a' or none le 'a'", False),
        ("not (none gt 'a')", True),
        ("null eq null", True),
        ("startswith(none, 'a')", False),
        ("not startswith(none, 'a')", True),
        ("yes and n gt 6", True),
        ("yes eq false or not yes", False),
        ("time ge 2026-06-01T21:30:15+08:00 and time lt 2026-06-01T21:31:00+08:00", True),
        ("time sub duration'PT30M15.25S' eq 2026-06-01T13:00:00Z", True),
        ("time lt 2026-01-01T00:00:00Z", False),
        ("time gt mindatetime() and time lt maxdatetime()", True),
        ("date(time) eq 2026-06-01", True),
        ("st_within(geography'POINT(1 1)',geography'POLYGON((0 0,2 0,2 2,0 2,0 0))')", True),
        ("st_disjoint(geography'POINT(1 1)',geography'POINT(1 1)')", False),
        ("st_relate(geography'POINT(1 1)',geography'POINT(1 1)','T*F**FFF*')", True),
        ("geo.intersects(geography'POINT(1 1)',geography'LINESTRING(0 0,2 2)')", True),
    ],
)
def test_a_condition_holds_as_the_standard_says(written, holds):
    assert _holds(written) is holds


def test_now_is_now():
    before = dt.datetime.now(dt.UTC)
    assert before <= _value("now()") <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("name gt 5", Reason.WRONG_KIND),
        ("n eq '5'", Reason.WRONG_KIND),
        ("n eq true", Reason.WRONG_KIND),
        ("yes gt false", Reason.WRONG_KIND),
        ("name add 1 eq 2", Reason.WRONG_KIND),
        ("time add 1 gt time", Reason.WRONG_KIND),
        ("time add time gt time", Reason.WRONG_KIND),
        ("length(n) eq 1", Reason.WRONG_KIND),
        ("substring(name,1.5) eq 'a'", Reason.WRONG_KIND),
        ("place eq place", Reason.WRONG_KIND),
        ("name", Reason.WRONG_KIND),
        ("n and yes", Reason.WRONG_KIND),
        ("not n", Reason.WRONG_KIND),
        ("-name eq 1", Reason.WRONG_KIND),
        ("year(n) eq 1", Reason.WRONG_KIND),
        ("st_within(name,place)", Reason.WRONG_KIND),
        ("length() eq 1", Reason.ARGUMENT_COUNT),
        ("length(name,name) eq 1", Reason.ARGUMENT_COUNT),
        ("matches(name,'.*')", Reason.UNKNOWN_FUNCTION),
        ("geo.distance(geography'POINT(1)',place) lt 1", Reason.BAD_GEOMETRY),
        ("st_within(geography'POLYGON((0 0,1 1,0 1,1 0,0 0))',geography'POINT(0 0)')",
         Reason.BAD_GEOMETRY),
        ("st_within(geography'POINT(NaN 1)',geography'POINT(0 0)')", Reason.BAD_GEOMETRY),
        ("st_relate(geography'POINT(1 1)',geography'POINT(1 1)','x')", Reason.BAD_GEOMETRY),
        ("1e308 mul 1e308 gt x", Reason.NUMBERS_TOO_LARGE),
        ("9999-12-31T00:00:00Z add duration'P9D' gt time", Reason.NUMBERS_TOO_LARGE),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(written, reason):
    with pytest.raises(Refusal) as refused:
        _holds(written)
    assert refused.value.reason is reason


def test_constants_are_calculated_once():
    assert text(folded(read_filter("n gt 2 mul 3 add length('ab')"))) == "(n gt 8)"


def test_the_kind_of_an_order_key_is_known():
    (key,) = read_orderby("length(name) div 2")
    assert kind_of(key.expression, lambda names: KINDS[names[0]]) is Kind.WHOLE
