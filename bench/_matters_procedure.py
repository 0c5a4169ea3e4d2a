"""The procedure that the bench of matters runs: a case with two clocks, as many real ones have."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import (
    Clock,
    PartyView,
    Procedure,
    State,
    Step,
    Who,
)
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import ENTERPRISE_USER, FIELD_OFFICER, SECTION_HEAD

_OFFICERS = Who({FIELD_OFFICER: Reach.TERRITORY, SECTION_HEAD: Reach.TERRITORY})
_PARTY = Who({ENTERPRISE_USER: Reach.OWN})

BENCH_CASE = Procedure(
    code="bench_case",
    title="案件",
    edition="2021",
    basis=Basis("中华人民共和国行政处罚法", "", date(2021, 7, 15)),
    states=(
        State("draft", "登记"),
        State("investigating", "调查"),
        State("appraising", "鉴定"),
        State("reviewing", "审查"),
        State("decided", "已决定"),
        State("answered", "已履行", end=True),
    ),
    begins="draft",
    steps=(
        Step("file", "立案", ("draft",), "investigating", _OFFICERS),
        Step("appraise", "委托鉴定", ("investigating",), "appraising", _OFFICERS),
        Step("appraised", "收到鉴定意见", ("appraising",), "investigating", _OFFICERS),
        Step("submit", "提交审查", ("investigating",), "reviewing", _OFFICERS),
        Step("back", "退回补充调查", ("reviewing",), "investigating", _OFFICERS),
        Step("decide", "作出决定", ("reviewing",), "decided", _OFFICERS),
        Step("answer", "履行", ("decided",), "answered", _PARTY),
    ),
    clocks=(
        Clock("decision", "办案期限", "E02", starts=("file",), ends=("decide",),
              pauses={"appraise": "鉴定"}, resumes=("appraised",)),
        Clock("answer", "缴款期限", "E10", starts=("decide",), ends=("answer",), duty="party"),
    ),
    party=PartyView(
        since=("decide",), states=("decided", "answered"), steps={"decide": (), "answer": ()}, clocks=("answer",)
    ),
)  # fmt: skip

#: Its clocks: code, limit, the step that starts it, the one that meets it.
CLOCKS = (("decision", "E02", "file", "decide"), ("answer", "E10", "decide", "answer"))
#: Columns that a matter of it has beside those of every matter: table → names, in the order of ``more``.
MORE: dict[str, str] = {}
#: Weight, and the steps after the opening: ten events a matter.
WALKS = (
    (75, ("file", "submit", "back", "appraise", "appraised", "submit", "decide", "answer")),
    (10, ("file", "appraise", "appraised", "submit", "back", "submit", "back", "submit", "decide")),
    (15, ("file", *("submit", "back") * 6)),
)


def procedure() -> Procedure:
    """The procedure of this course."""
    return BENCH_CASE


def said(_step: str, _at: datetime) -> str:
    """What a step was told, as the events keep it."""
    return "{}"


def more(_matter: Any, _events: Any) -> dict[str, list[Any]]:
    """Rows of the tables of ``MORE``."""
    return {}
