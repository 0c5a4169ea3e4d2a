"""The positive list: a firm is listed for a time, and struck off when it violates the law or asks to be."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import Guard, Notice, Procedure, State, Step, Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import LEADER, SECTION_HEAD
from zhihuan.lines.inspection import guards
from zhihuan.lines.inspection.forms.asking import ReasonForm, day_field, text_field
from zhihuan.standards.parameters import Confidence

HEAD = Who({SECTION_HEAD: Reach.TERRITORY})


class EnlistForm(forms.Form):
    """From when until when, and why."""

    listed_from = day_field(_("列入日期"))
    listed_until = day_field(_("列入期满日"))
    ground = text_field(_("列入理由"), max_length=500)


class StrikeForm(forms.Form):
    """Why it stands there no longer."""

    cause = forms.ChoiceField(
        label=_("移出原因"),
        choices=[
            ("violation", _("发生环境违法行为")),
            ("event", _("发生突发环境事件")),
            ("request", _("企业申请移出")),
            ("expired", _("列入期满")),
        ],
        widget=forms.RadioSelect,
    )
    reason = text_field(_("移出理由"))


def _has_party(facts: Any) -> str:
    return "" if facts.matter.party_id else str(_("正面清单按企业列入，请以企业为当事人发起。"))


POSITIVE_LIST = Procedure(
    code="positive_list", title=_("监督执法正面清单"), edition="2021",
    basis=Basis("关于加强生态环境监督执法正面清单管理推动差异化执法监管的指导意见（环办执法〔2021〕10号）", "", date(2021, 4, 1),
                confidence=Confidence.UNCONFIRMED, note="文号、日期凭记忆，待核"),
    folder=__package__, model="inspection.PositiveListing", readers={LEADER: Reach.CITY},
    about=_("清单内企业在列入期内不列入随机现场检查，以非现场方式为主；有违法行为的移出。"),
    states=(
        State("draft", _("待列入")), State("listed", _("在清单内")),
        State("struck", _("已移出"), end=True), State("declined", _("不予列入"), end=True),
    ),
    begins="draft",
    steps=(
        Step("enlist", _("列入清单"), ("draft",), "listed", HEAD, form=EnlistForm,
             guards=(Guard("has_party", _has_party), guards.WITHIN_A_YEAR),
             notices=(Notice(("party",), _("已列入监督执法正面清单")),)),
        Step("strike", _("移出清单"), ("listed",), "struck", HEAD, form=StrikeForm,
             notices=(Notice(("party",), _("已移出监督执法正面清单")),)),
        Step("decline", _("不予列入"), ("draft",), "declined", HEAD, form=ReasonForm),
    ),
)  # fmt: skip
