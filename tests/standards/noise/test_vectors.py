"""The published city evaluations come out as published."""

from __future__ import annotations

import json
from pathlib import Path

from zhihuan.standards.noise.vectors import KINDS


def test_every_published_grade_and_rate_is_reproduced(shared: Path) -> None:
    lines = (shared / "data/noise/eval_vectors.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    assert len(cases) >= 11
    for case in cases:
        assert KINDS[case["topic"]](case["input"], "") == case["expected"], case["id"]


def test_a_case_may_be_written_in_chinese_and_in_text() -> None:
    given = {"kind": "道路交通", "period": "夜间", "leq": "58.1"}
    assert KINDS["hj640_level"](given, "") == {"level": 2, "zh": "较好"}
    given = {"kind": "区域", "period": "昼间", "leq": None}
    assert KINDS["hj640_level"](given, "") == {"level": 0, "zh": ""}
    assert KINDS["attainment_rate"]({"passing": "1", "total": "3"}, "") == {"pct_1dp": 33.3}
