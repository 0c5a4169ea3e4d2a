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
