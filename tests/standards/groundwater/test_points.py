"""Shares of classes among points."""

from __future__ import annotations

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.groundwater import class_shares


def test_shares_are_of_the_judged_points():
    shares = class_shares([[1, 3, 4], [4, 5, 0]])
    assert shares.percent.tolist() == [20.0, 0.0, 20.0, 40.0, 20.0]
    assert (shares.judged, shares.points, shares.up_to(4)) == (5, 6, 80.0)


def test_nothing_judged_has_no_shares():
    for nothing in ([], [0, 0]):
        shares = class_shares(nothing)
        assert np.isnan(shares.percent).all()
        assert shares.judged == 0
        assert np.isnan(shares.up_to(4))


def test_numbers_that_are_no_class_are_refused():
    with pytest.raises(InputRefusedError, match="类别号不在 0–5"):
        class_shares([1, 6])


def test_the_derivation_counts_the_points():
    text = class_shares([1, 3, 4, 4, 5, 0]).derivation().text()
    assert "参加评价的点位：5/6 个" in text
    assert "Ⅳ类点位比例：2÷5×100% → 40%" in text
    assert class_shares([0]).derivation().conclusion == "无法评价"
