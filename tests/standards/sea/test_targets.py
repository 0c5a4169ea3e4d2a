"""Functional zones: kept, missed, not judged."""

from __future__ import annotations

from math import isnan

import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.sea import compliance


def test_better_or_equal_keeps_the_target_and_the_unjudged_count_for_neither():
    kept = compliance([1, 2, 3, 5, 0], [2, 2, 2, 4, 1])
    assert kept.met.tolist() == [1, 1, 0, 0, -1]
    assert (kept.kept, kept.judged, kept.points, kept.rate) == (2, 4, 5, 50.0)


def test_the_rate_may_be_by_area():
    assert compliance([1, 3], 2, weights=[30.0, 10.0]).rate == 75.0


def test_nothing_judged_has_no_rate():
    assert isnan(compliance([0, 0], 2).rate)
    assert isnan(compliance([], []).rate)


def test_one_point_is_one_point():
    assert compliance(2, 2).met.tolist() == [1]


@pytest.mark.parametrize(
    ("targets", "weights", "words"),
    [
        ([2, 5], None, "第 2 行，目标类别"),
        ([2, 2], [1.0], "不一一对应"),
        ([2, 2], [1.0, 0.0], "不为正"),
    ],
)
def test_targets_and_areas_that_cannot_be_right_are_refused(targets, weights, words):
    with pytest.raises(InputRefusedError, match=words):
        compliance([1, 1], targets, weights=weights)


def test_the_derivation_compares_class_and_target():
    kept = compliance([1, 4, 0], [2, 3, 2])
    assert [kept.derivation(n).conclusion for n in range(3)] == ["达标", "不达标", "无法评价"]
    assert kept.derivation(0).steps[0].how == "第一类不劣于第二类"
    assert kept.derivation(1).steps[0].how == "第四类劣于第三类"
    assert kept.derivation(2).steps == ()
    assert "使用者按功能区划文件" in kept.derivation(0).text()
