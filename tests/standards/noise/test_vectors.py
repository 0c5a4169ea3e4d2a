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
