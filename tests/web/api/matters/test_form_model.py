"""A form as a schema: kinds, bounds, choices and what may be left out."""

from __future__ import annotations

import pytest
from django import forms
from pydantic import ValidationError

from zhihuan.web.api.matters.form_model import said_model


class PlanForm(forms.Form):
    name = forms.CharField(label="预案名称", max_length=5)
    count = forms.IntegerField(label="份数", min_value=1, max_value=9)
    level = forms.ChoiceField(
        label="级别", choices=[("", "请选择"), ("组", [("high", "重大")]), ("low", "一般")]
    )
    reasons = forms.MultipleChoiceField(
        label="理由", choices=[("a", "甲"), ("b", "乙")], required=False
    )
    on = forms.DateField(label="日期", required=False)
    amount = forms.DecimalField(label="金额", required=False)
    agreed = forms.BooleanField(label="承诺")
    file = forms.FileField(label="附件", required=False)


GOOD = {"name": "预案", "count": 2, "level": "high", "agreed": True}
MODEL = said_model(PlanForm, "PlanSaid")


def test_what_is_right_passes():
    said = MODEL(**GOOD, reasons=["a"], on="2026-03-02", amount="1.50")
    assert said.model_dump()["on"].isoformat() == "2026-03-02"
    assert MODEL(**GOOD).amount is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "太长的名称了"}, {"name": ""}, {"count": 0}, {"count": 10}, {"count": "many"},
        {"level": "组"}, {"level": ""}, {"level": "none"}, {"reasons": ["c"]}, {"on": "soon"},
        {"agreed": "maybe"}, {"unknown": 1}, {"file": 7},
    ],
)  # fmt: skip
def test_what_is_wrong_does_not(wrong):
    with pytest.raises(ValidationError):
        MODEL(**GOOD | wrong)


@pytest.mark.parametrize("name", ["name", "count", "level", "agreed"])
def test_what_the_form_requires_is_required(name):
    with pytest.raises(ValidationError):
        MODEL(**{key: value for key, value in GOOD.items() if key != name})


def test_a_step_without_a_form_takes_nothing():
    empty = said_model(None, "Nothing")
    assert empty().model_dump() == {}
    with pytest.raises(ValidationError):
        empty(anything=1)


def test_the_title_is_the_label():
    assert MODEL.model_json_schema()["properties"]["name"]["title"] == "预案名称"
