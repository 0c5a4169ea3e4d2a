"""A procedure to ask questions of: filing an emergency plan, in short (环发〔2015〕4号)."""

from __future__ import annotations

from datetime import date

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    PartyView,
    Procedure,
    State,
    Step,
    Who,
)
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import ENTERPRISE_USER, REGISTRAR, SECTION_HEAD

PARTY = Who({ENTERPRISE_USER: Reach.OWN})
DESK = Who({REGISTRAR: Reach.TERRITORY, SECTION_HEAD: Reach.TERRITORY})

FILING = Procedure(
    code="filing",
    title="应急预案备案",
    edition="2015",
    basis=Basis("企业事业单位突发环境事件应急预案备案管理办法（试行）", "", date(2015, 1, 8)),
    states=(
        State("draft", "填报"),
        State("checking", "核对"),
        State("correcting", "补正"),
        State("filed", "已备案"),
        State("replaced", "已修订", end=True),
        State("expired", "已到期", end=True),
        State("withdrawn", "已撤回", end=True),
    ),
    begins="draft",
    steps=(
        Step("submit", "提交备案", ("draft",), "checking", PARTY),
        Step("ask", "退回补正", ("checking",), "correcting", DESK),
        Step("resubmit", "补正提交", ("correcting",), "checking", PARTY),
        Step("file", "准予备案", ("checking",), "filed", DESK,
             documents=(Document("form", "备案表", "form.docx", number="filing"),)),
        Step("withdraw", "撤回", ("draft", "checking", "correcting"), "withdrawn", PARTY),
        Step("report_up", "上报", ("filed",), "", DESK),
        Step("replace", "修订后重新备案", ("filed",), "replaced", PARTY),
        Step("expire", "到期", ("filed",), "expired", Who(platform=True)),
    ),
    clocks=(
        Clock("check", "核对期限", "M02", starts=("submit", "resubmit"), ends=("ask", "file", "withdraw")),
        Clock("report", "上报期限", "M03", starts=("file",), ends=("report_up",), lapses=True),
        Clock("review", "回顾性评估", "M05", starts=("file",), ends=("replace",), duty="party", expires="expire"),
    ),
    party=PartyView(
        states=("draft", "checking", "correcting", "filed", "replaced", "expired", "withdrawn"),
        steps=dict.fromkeys(("submit", "ask", "resubmit", "file", "withdraw", "replace", "expire"), ()),
        clocks=("check", "review"),
        at_once=("form",),
    ),
)  # fmt: skip
