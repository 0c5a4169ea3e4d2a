"""The reckoning behind a proposed fine is kept as plain values, whoever reckoned it."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError

from zhihuan.lines.enforcement.proposing import ReckoningField

VALUES = {"title": "超标排放水污染物", "total": "30%", "amount": "300000.00", "steps": ["7+2+10"]}


class Reckoning:
    def as_values(self):
        return VALUES


@pytest.mark.parametrize("told", [Reckoning(), VALUES, json.dumps(VALUES)])
def test_it_is_taken_from_a_calculator_a_program_or_a_page(told):
    assert ReckoningField().clean(told) == VALUES


def test_none_is_none():
    assert ReckoningField().clean("") is None


@pytest.mark.parametrize("told", ["{", "[1]", "3"])
def test_what_is_no_reckoning_is_refused_in_words(told):
    with pytest.raises(ValidationError, match="裁量计算器"):
        ReckoningField().clean(told)


def test_people_are_told_what_came_out():
    assert ReckoningField().words_of(VALUES) == "超标排放水污染物 30% 300000.00"
    assert ReckoningField().words_of(None) == ""
