"""Values below detection: their stand-ins, and when they decide nothing."""

from __future__ import annotations

import numpy as np
import pytest

from zhihuan.standards.classes import Below, class_table, refuse_strays
from zhihuan.standards.classes.detection import stand_ins, undecided
from zhihuan.standards.errors import InputRefusedError

ROWS = [
    {"item": "las", "name": "洗涤剂", "unit": "mg/L", "relation": "<=", "I": "ND", "II": "0.1"},
    {"item": "hg", "name": "汞", "unit": "mg/L", "relation": "<=", "I": "0.1", "II": "0.2"},
]
TABLE = class_table(ROWS, classes={"I": "一类", "II": "二类"}, beyond="劣二类")
GIVEN = np.array([0.15, 0.08, 0.3])
BELOW = np.array([True, True, False])


def test_the_detection_limit_times_the_factor_stands_in():
    assert stand_ins(TABLE["hg"], GIVEN, BELOW, 0.5).tolist() == [0.075, 0.04, 0.3]
    assert stand_ins(TABLE["hg"], GIVEN, None, 0.5).tolist() == GIVEN.tolist()


def test_not_detected_keeps_a_class_that_wants_nothing_detected():
    assert TABLE["las"].texts == ("不得检出", "≤0.1")
    assert TABLE["las"].wants_none
    assert not TABLE["hg"].wants_none
    assert stand_ins(TABLE["las"], GIVEN, BELOW, 0.5).tolist() == [0.0, 0.0, 0.3]


def test_a_detection_limit_above_a_class_limit_decides_nothing():
    assert undecided(TABLE["hg"], GIVEN, BELOW).tolist() == [True, False, False]
    assert not undecided(TABLE["hg"], GIVEN, None).any()
    assert not undecided(TABLE["las"], GIVEN, BELOW).any()


def test_a_mask_fills_the_shape_of_its_column():
    below = Below(masks={"hg": True})
    assert below.mask("hg", (2, 2)).tolist() == [[True, True], [True, True]]
    assert below.mask("las", (2, 2)) is None


def test_a_mask_that_fits_no_column_is_refused():
    with pytest.raises(InputRefusedError, match="未检出标记与数值的个数不一致"):
        Below(masks={"hg": [True, False]}).mask("hg", (3,))


def test_marks_without_a_column_of_their_name_are_refused():
    refuse_strays("未检出标记", ["hg"], {"hg": 1.0})
    with pytest.raises(InputRefusedError, match=r"未检出标记 = 汞：没有同名的数值列；.*hg"):
        refuse_strays("未检出标记", ["汞"], {"hg": 1.0})
