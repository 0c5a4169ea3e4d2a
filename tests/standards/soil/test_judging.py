"""Soil limits by the edition of each sample's day."""

from __future__ import annotations

import numpy as np

from zhihuan.standards import dated
from zhihuan.standards.parameters import parameter_from
from zhihuan.standards.soil import judging
from zhihuan.standards.soil.development_land import _WORDING

LAW = parameter_from(
    "test/soil",
    """
title: 限值
unit: mg/kg
editions:
  - {edition: 旧, in_force_from: 2000-01-01, value: 1, confidence: official,
     reference: {title: 旧标准, clause: 表1}, last_checked: 2026-11-23}
  - {edition: 新, in_force_from: 2026-01-01, value: 2, confidence: official,
     reference: {title: 新标准, clause: 表1}, last_checked: 2026-11-23}
""",
)
ROW = {"item": "cd", "name": "镉", "unit": "mg/kg", "confidence": "official"}


def test_each_sample_is_compared_with_the_limits_of_its_day(monkeypatch):
    monkeypatch.setattr(judging, "parameter", lambda name: LAW)

    def limits(edition, item):
        screening = np.full(3, edition.number)
        return ROW, screening, screening * 10

    days = np.array(["2025-12-31", "2026-01-01", "2026-01-01"], dtype="datetime64[D]")
    samples = judging.Samples({"cd": [1.5, 1.5, 25.0]}, (3,), dated.as_days(days))
    judged = judging.judge_soil(samples, "test/soil", limits, _WORDING)
    assert judged.worst.tolist() == [2, 1, 3]
    assert judged.items[0].screening.tolist() == [1.0, 2.0, 2.0]
    assert [judged.derivation(n).basis[0].standard for n in (0, 1)] == ["旧标准", "新标准"]
