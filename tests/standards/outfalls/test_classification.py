"""Kinds of outfalls by name: every level, what is left open, what is refused."""

from __future__ import annotations

import csv
from datetime import date

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.outfalls import classify_outfalls, outfall_kinds
from zhihuan.standards.parameters import Confidence

DAY = date(2026, 5, 1)


def test_every_kind_is_found_by_its_last_name():
    for kind in outfall_kinds(on=DAY):
        found = classify_outfalls(kind.level3 or kind.level2, on=DAY)
        levels = (str(found.level1), str(found.level2), str(found.level3))
        assert levels == (kind.level1, kind.level2, kind.level3)
        assert found.complete


def test_a_name_of_an_upper_level_leaves_the_lower_open():
    found = classify_outfalls(["农业排口", "工矿企业雨洪排口"], on=DAY)
    assert found.level2.tolist() == ["", "工矿企业雨洪排口"]
    assert not found.complete.any()
    assert found.derivation(1).cautions[0] == "名称只到上级分类，下级分类需现场核定"


def test_a_name_on_two_levels_means_the_lower():
    found = classify_outfalls("城镇污水处理厂排污口", on=DAY)
    assert found.complete
    assert found.level2 == "城镇污水处理厂排污口"


def test_outfalls_without_a_name_are_not_classified():
    found = classify_outfalls([["", " "], ["其他", "矿山排污口"]], on=DAY)
    assert found.level1.tolist() == [["", ""], ["其他排口", "工业排污口"]]
    assert found.complete.tolist() == [[False, False], [True, True]]
    assert found.derivation((0, 0)).conclusion == "未分类"
    assert found.derivation((0, 0)).steps == ()
    assert found.derivation((0, 0)).cautions == ()
    assert classify_outfalls(np.empty(0, dtype=str), on=DAY).level1.shape == (0,)


def test_unknown_names_are_refused_with_the_nearest():
    with pytest.raises(InputRefusedError, match=r"第 2 行，排污口名称 = 港口排口：.*港口码头排口"):
        classify_outfalls(["其他", "港口排口"], on=DAY)
    with pytest.raises(InputRefusedError, match="可用：工业排污口"):
        classify_outfalls("outfall", on=DAY)


def test_the_derivation_is_as_sure_as_the_row():
    sure = classify_outfalls("矿山排污口", on=DAY).derivation()
    assert sure.conclusion == "工业排污口/工矿企业排污口/矿山排污口"
    assert sure.confidence is Confidence.ONE_SOURCE
    assert classify_outfalls("其他", on=DAY).derivation().confidence is Confidence.UNCONFIRMED


def test_there_was_no_classification_before_the_standard():
    with pytest.raises(OutsideEditionsError):
        outfall_kinds(on=date(2023, 10, 31))
    assert len(outfall_kinds(on=date(2023, 11, 1))) == 19


@pytest.mark.shared
def test_the_packaged_kinds_are_those_of_the_reference_table(shared):
    source = shared / "data" / "standards" / "hj1312_2023_outfall_class.csv"
    theirs = [
        (row["level1_zh"], row["level2_zh"], row["level3_zh"])
        for row in csv.DictReader(source.open(encoding="utf-8"))
    ]
    assert [(kind.level1, kind.level2, kind.level3) for kind in outfall_kinds(on=DAY)] == theirs
