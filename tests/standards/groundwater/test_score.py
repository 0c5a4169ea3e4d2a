"""The composite score of the 1993 edition, and its end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.groundwater import composite_score, groundwater_class

DAY = date(2017, 5, 1)
NAN = float("nan")
# iron of class I, II, III, IV, V and its points
IRON = {0.05: 0, 0.15: 1, 0.25: 3, 1.0: 6, 9.0: 10}
CHLORIDE = {10: 0, 100: 1, 200: 3, 300: 6, 500: 10}
FLUORIDE = {0.5: 0, 1.5: 6, 3.0: 10}


def grade_by_reading(score: float) -> str:
    for name, below in (("优良", 0.80), ("良好", 2.50), ("较好", 4.25), ("较差", 7.20)):
        if score < below:
            return name
    return "极差"


@settings(max_examples=60)
@given(
    fe=st.sampled_from(sorted(IRON)),
    cl=st.sampled_from(sorted(CHLORIDE)),
    f=st.sampled_from(sorted(FLUORIDE)),
)
def test_the_score_is_the_root_of_mean_and_greatest(fe, cl, f):
    points = [IRON[fe], CHLORIDE[cl], FLUORIDE[f]]
    exact = (Fraction(sum(points), 3) ** 2 + Fraction(max(points)) ** 2) / 2
    judged = groundwater_class({"fe": fe, "chloride": cl, "f": f}, on=DAY)
    scored = composite_score(judged, on=DAY)
    assert float(scored.score) == pytest.approx(sqrt(exact))
    assert str(scored.names()) == grade_by_reading(sqrt(exact))


def test_bacteria_take_no_part_and_missing_items_neither():
    columns = {"fe": [0.05, NAN, NAN], "总大肠菌群": [500, 500, NAN], "f": [0.5, 0.5, NAN]}
    scored = composite_score(groundwater_class(columns, on=DAY), on=DAY)
    assert scored.score[:2].tolist() == [0.0, 0.0]
    assert scored.counted.tolist() == [2, 1, 0]
    assert np.isnan(scored.score[2])
    assert scored.names().tolist() == ["优良", "优良", "无法评价"]


def test_bacteria_alone_cannot_be_scored():
    scored = composite_score(groundwater_class({"coli": [500]}, on=DAY), on=DAY)
    assert scored.names().tolist() == ["无法评价"]
    assert scored.derivation(0).conclusion == "无法评价"
    assert scored.derivation(0).steps == ()


def test_the_derivation_has_the_numbers_in_the_formula():
    scored = composite_score(groundwater_class({"fe": 1.0, "f": 0.5}, on=DAY), on=DAY)
    derivation = scored.derivation()
    assert derivation.steps[0].text() == "综合评分值 F：√((3²+6²)÷2) → 4.743，较差【决定项】"
    assert derivation.basis[0].in_force_until == date(2018, 4, 30)


def test_the_score_ended_with_the_edition():
    judged = groundwater_class({"fe": 1.0}, on=date(2018, 5, 1))
    with pytest.raises(OutsideEditionsError):
        composite_score(judged, on=date(2018, 5, 1))
    assert composite_score(judged, on=date(2018, 4, 30)).names() == "较差"


def test_no_samples_have_no_scores():
    scored = composite_score(groundwater_class({"fe": []}, on=DAY), on=DAY)
    assert scored.score.shape == (0,)
