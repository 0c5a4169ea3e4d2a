"""A small procedure for tests of whatever carries, shows or follows matters: it has one of everything.

A case (案件): two officers open it, the head decides it, the party answers within five working days or
the platform closes it. Register it with ``catalogue.register(CASE)``, take it out with
``catalogue.forget(CASE.code)``; the fixture ``case`` of this folder does both.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    Guard,
    Notice,
    PartyView,
    Procedure,
    State,
    Step,
    Who,
)
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import ENTERPRISE_USER, FIELD_OFFICER, SECTION_HEAD

OFFICERS = {FIELD_OFFICER: Reach.TERRITORY, SECTION_HEAD: Reach.TERRITORY}
HEAD = {SECTION_HEAD: Reach.TERRITORY}
PARTY = {ENTERPRISE_USER: Reach.OWN}


class WhyForm(forms.Form):
    why = forms.CharField(label="理由", max_length=200)


class DecideForm(forms.Form):
    fine = forms.DecimalField(label="罚款金额（元）", min_value=0, decimal_places=2)
    served_on = forms.DateField(label="送达日期")


def _within_powers(facts: Any) -> str:
    """A fine of more than a million needs that the case was sent back and looked into once more."""
    looked_into = any(event.step == "back" for event in facts.events)
    return (
        "" if facts.said["fine"] <= 1_000_000 or looked_into else "超过一百万元的罚款须经补充调查。"
    )


def _fined(facts: Any) -> str:
    return "" if facts.said.get("fine") else "未处罚款，不计缴款期限。"


CASE = Procedure(
    code="trial_case",
    title="试办案件",
    edition="2021",
    folder="trial_line",
    basis=Basis("中华人民共和国行政处罚法", "", date(2021, 7, 15)),
    states=(
        State("draft", "登记"),
        State("investigating", "调查"),
        State("appraising", "鉴定"),
        State("reviewing", "审查"),
        State("decided", "已决定"),
        State("answered", "已履行", end=True),
        State("defaulted", "逾期未履行", end=True),
        State("dropped", "不予处罚", end=True),
    ),
    begins="draft",
    steps=(
        Step("file", "立案", ("draft",), "investigating", Who(OFFICERS, officers=2)),
        Step("appraise", "委托鉴定", ("investigating",), "appraising", Who(OFFICERS)),
        Step("appraised", "收到鉴定意见", ("appraising",), "investigating", Who(OFFICERS)),
        Step("extend", "延长办案期限", ("investigating",), "", Who(HEAD), form=WhyForm),
        Step("submit", "提交审查", ("investigating",), "reviewing", Who(OFFICERS),
             notices=(Notice((SECTION_HEAD,), "案件待审查"),)),
        Step("back", "退回补充调查", ("reviewing",), "investigating", Who(HEAD), form=WhyForm),
        Step("decide", "作出决定", ("reviewing",), "decided",
             Who(HEAD, apart_from=("file", "submit")), form=DecideForm,
             guards=(Guard("within_powers", _within_powers),),
             documents=(Document("decision", "决定书", "decision.docx", served=True, published=True),),
             notices=(Notice(("party",), "决定书已送达"),)),
        Step("drop", "不予处罚", ("investigating", "reviewing"), "dropped", Who(HEAD)),
        Step("answer", "履行", ("decided",), "answered", Who(PARTY)),
        Step("default", "逾期未履行", ("decided",), "defaulted", Who(platform=True)),
    ),
    clocks=(
        Clock("decision", "办案期限", "E02", starts=("file",), ends=("decide", "drop"),
              pauses={"appraise": "鉴定"}, resumes=("appraised",), extends={"extend": "head"}),
        Clock("answer", "缴款期限", "E10", starts=("decide",), ends=("answer",), duty="party",
              expires="default", when=Guard("fined", _fined)),
    ),
    party=PartyView(
        states=("decided", "answered", "defaulted"),
        steps={"decide": ("fine", "served_on"), "answer": (), "default": ()},
        clocks=("answer",),
        documents=("decision",),
    ),
)  # fmt: skip
