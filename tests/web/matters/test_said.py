"""What was said is told in the words of its form, whatever was kept of it."""

from __future__ import annotations

from dataclasses import replace

from django import forms

from zhihuan.bureau.matters.declaration import Step, Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import REGISTRAR
from zhihuan.web.matters.said import answers_of, terms_of


class KeptField(forms.CharField):
    def words_of(self, value):
        return f"文件 {value}"


class PlanForm(forms.Form):
    name = forms.CharField(label="预案名称")
    level = forms.ChoiceField(label="级别", choices=[("组", [("high", "重大")]), ("low", "一般")])
    reasons = forms.MultipleChoiceField(label="理由", choices=[("a", "甲"), ("b", "乙")])
    agreed = forms.BooleanField(label="承诺", required=False)
    plan = KeptField(label="附件", required=False)
    note = forms.CharField(label="备注", required=False)


STEP = Step("submit", "提交", ("draft",), "", Who({REGISTRAR: Reach.CITY}), form=PlanForm)
SAID = {
    "note": "", "plan": 7, "agreed": False, "reasons": ["a", "b"], "level": "high", "name": "预案", "gone": 3,
}  # fmt: skip


def test_labels_stand_for_names_and_texts_for_codes_in_the_order_of_the_form():
    told = [(str(term.term), str(term.value)) for term in terms_of(STEP, SAID)]
    assert told == [
        ("预案名称", "预案"), ("级别", "重大"), ("理由", "甲、乙"), ("承诺", "否"), ("附件", "文件 7"),
        ("gone", "3"),
    ]  # fmt: skip


def test_without_the_step_everything_is_told_by_name():
    assert [term.term for term in terms_of(None, {"b": 1, "a": 2})] == ["a", "b"]


def test_what_would_be_told_twice_alike_is_told_once():
    class Form(forms.Form):
        kind = forms.CharField(label="检查类别")
        kept_kind = forms.CharField(label="检查类别")
        other = forms.CharField(label="检查类别")

    step = replace(STEP, form=Form)
    said = {"kind": "线索核查", "kept_kind": "线索核查", "other": "抽查"}
    assert [(term.term, term.value) for term in terms_of(step, said)] == [
        ("检查类别", "线索核查"),
        ("检查类别", "抽查"),
    ]


def test_a_choice_that_is_no_longer_offered_is_told_as_kept():
    assert terms_of(STEP, {"level": "old"})[0].value == "old"


def test_the_answers_of_a_form_are_all_there_the_missing_ones_too():
    data = {"name": "预案", "level": "low", "reasons": ["b"]}
    form = PlanForm(data)
    assert form.is_valid()
    told = {name: words for name, _label, words in answers_of(form)}
    assert told == {
        "name": "预案",
        "level": "一般",
        "reasons": "乙",
        "agreed": "否",
        "plan": "文件 ",
        "note": "",
    }


class WhenForm(forms.Form):
    began = forms.DateTimeField(label="开始时间")


def test_a_moment_is_told_in_beijing_time_as_kept_and_as_answered():
    step = Step("look", "检查", ("draft",), "", Who({REGISTRAR: Reach.CITY}), form=WhenForm)
    (kept,) = terms_of(step, {"began": "2026-11-29T01:00:00+00:00"})
    assert kept.value == "2026-11-29 09:00"
    form = WhenForm({"began": "2026-11-29 09:00"})
    assert form.is_valid()
    assert [words for _name, _label, words in answers_of(form)] == ["2026-11-29 09:00"]
    (odd,) = terms_of(step, {"began": "今天上午"})
    assert odd.value == "今天上午"


class WaterForm(forms.Form):
    daily = forms.FloatField(label="日排放量")
    longitude = forms.FloatField(label="经度")


def test_a_figure_is_told_without_a_point_it_does_not_need_as_kept_and_as_answered():
    step = Step("look", "检查", ("draft",), "", Who({REGISTRAR: Reach.CITY}), form=WaterForm)
    kept = terms_of(step, {"daily": 30000.0, "longitude": 113.4234567})
    assert [term.value for term in kept] == ["30,000", "113.4234567"]
    form = WaterForm({"daily": "30000", "longitude": "113"})
    assert form.is_valid()
    assert [words for _name, _label, words in answers_of(form)] == ["30,000", "113"]
