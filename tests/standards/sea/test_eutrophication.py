"""Eutrophication index: the published values of the class limits, thresholds, missing inputs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.sea import eutrophication

DAY = date(2026, 8, 1)
NAN = float("nan")


def test_the_class_limits_have_the_published_indices():
    # Marine Science Bulletin's review: E of the four classes' limits is 1.3, 6, 10.7 and 25
    judged = eutrophication(
        cod=[2, 3, 4, 5], din=[0.2, 0.3, 0.4, 0.5], dip=[0.015, 0.03, 0.03, 0.045], on=DAY
    )
    assert judged.index.round(1).tolist() == [1.3, 6.0, 10.7, 25.0]
    assert judged.names().tolist() == [
        "轻度富营养化",
        "中度富营养化",
        "重度富营养化",
        "重度富营养化",
    ]


milligrams = st.integers(1, 4000).map(lambda n: Fraction(n, 1000))


@settings(max_examples=60)
@given(
    cod=st.integers(10, 4000).map(lambda n: Fraction(n, 1000)),
    din=milligrams,
    dip=st.integers(1, 300).map(lambda n: Fraction(n, 1000)),
)
def test_index_and_grade_are_those_of_exact_fractions(cod, din, dip):
    exact = cod * din * dip * 10**6 / 4500
    grade = (exact >= 1) + (exact > 3) + (exact > 9)
    judged = eutrophication(float(cod), float(din), float(dip), on=DAY)
    assert float(judged.index) == pytest.approx(float(exact), rel=1e-12)
    assert int(judged.grade) == grade


@pytest.mark.parametrize(
    ("cod", "din", "dip", "grade"),
    [(1.5, 0.3, 0.01, 1), (1.5, 0.3, 0.03, 1), (1.5, 0.9, 0.03, 2), (1.5, 0.3, 0.0099, 0)],
)
def test_one_three_and_nine_belong_to_the_better_side_but_one(cod, din, dip, grade):
    assert eutrophication(cod, din, dip, on=DAY).grade == grade


def test_a_missing_input_gives_no_index():
    judged = eutrophication([2.0, NAN], 0.2, [[0.015], [NAN]], on=DAY)
    assert np.isnan(judged.index).tolist() == [[False, True], [True, True]]
    assert judged.grade.tolist() == [[1, -1], [-1, -1]]
    assert judged.derivation((1, 0)).conclusion == "无法评价"
    assert judged.derivation((1, 0)).steps == ()
    assert eutrophication([], [], [], on=DAY).index.shape == (0,)


def test_the_derivation_has_the_numbers_in_the_formula_and_the_edition_of_the_day():
    days = np.array(["2020-08-01", "2026-08-01"], dtype="datetime64[D]")
    judged = eutrophication(3.0, 0.3, 0.03, on=days)
    early, late = (judged.derivation(n) for n in (0, 1))
    assert "3×0.3×0.03×10⁶÷4500 = 6" in late.text()
    assert late.conclusion == "E = 6，中度富营养化"
    assert [basis.standard for basis in early.basis] == ["HJ 442-2008"] * 2
    assert [basis.standard for basis in late.basis] == ["HJ 442.10-2020"] * 2
    assert not late.basis[0].forced
    assert eutrophication(3, 0.3, 0.03, on=DAY, edition="HJ 442-2008").derivation().basis[0].forced


def test_micrograms_and_days_without_law_are_refused():
    with pytest.raises(InputRefusedError, match="µg/L"):
        eutrophication(2.0, 0.3, 30.0, on=DAY)
    with pytest.raises(OutsideEditionsError):
        eutrophication(2.0, 0.3, 0.03, on=date(2008, 1, 1))
