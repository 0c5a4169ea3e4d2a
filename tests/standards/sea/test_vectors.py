"""The published near-shore cases."""

from __future__ import annotations

import json

import pytest

from zhihuan.standards.sea.vectors import KINDS

EXCEPTIONS: dict[str, str] = {}


@pytest.mark.shared
def test_every_published_case_of_this_subject_comes_out_as_published(shared):
    lines = (shared / "data" / "water" / "vectors.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["topic"] in KINDS]
    assert len(cases) >= 4
    got = {case["id"]: KINDS[case["topic"]](case["input"], "") for case in cases}
    assert got == {case["id"]: case["expected"] for case in cases if case["id"] not in EXCEPTIONS}


@pytest.mark.parametrize(
    "stated", [{"year": 2017}, {"date": "2017-06-30"}, {"on": "2017-01-01"}, {}]
)
def test_a_case_may_state_its_day_and_may_leave_classes_out(stated):
    case = {"pct_class": {"1": 70.0, "2": 30.0}, **stated}
    assert KINDS["nearshore_grade"](case, "HJ 442-2008") == {"grade": "优"}


@pytest.mark.parametrize(
    "names",
    [
        ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "劣Ⅳ"],
        ["I", "II", "III", "IV", "inferior IV"],
        ["一类", "二类", "三类", "四类", "劣四类"],
        ["第一类", "第二类", "第三类", "第四类", "劣四类"],
        ["class1", "class2", "class3", "class4", "inferior_4"],
    ],
)
def test_a_case_may_name_classes_as_people_do(names):
    shares = dict(zip(names, ["15.9", 31.0, 12.4, 9.7, "31.0"], strict=True))
    assert KINDS["nearshore_grade"]({"pct_class": shares}, "") == {"grade": "差"}


def test_a_share_given_as_null_is_none_of_the_area():
    shares = {"1": 70.0, "2": 30.0, "3": None}
    assert KINDS["nearshore_grade"]({"pct_class": shares}, "") == {"grade": "优"}
