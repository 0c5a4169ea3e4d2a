"""The states of a penalty case, in the order of the law. Publication is no state: it goes beside (公开并行)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import State

__all__ = ["AFTER_DECISION", "CARRYING_OUT", "OPEN_INVESTIGATION", "STATES", "UNDECIDED", "payable"]

#: Where a decision that was not followed in time stands, in every procedure that has a fine.
CARRYING_OUT = (
    State("installment", _("延期、分期缴款")),
    State("overdue", _("逾期加处罚款")),
    State("urge", _("催告")),
    State("court", _("申请法院强制执行")),
    State("reconsider", _("复议、诉讼")),
    State("end_exec", _("终结执行")),
)
STATES = (
    State("clue", _("线索登记")),
    State("verify", _("初步核查")),
    State("file_review", _("立案审批")),
    State("filed", _("已立案调查")),
    State("suspended", _("中止调查")),
    State("invest_done", _("调查终结")),
    State("case_review", _("案件审查")),
    State("back_invest", _("退回补充调查")),
    State("legal_review", _("法制审核")),
    State("collective", _("集体讨论")),
    State("notifying", _("待告知")),
    State("notice", _("已告知")),
    State("statement", _("陈述申辩复核")),
    State("apology", _("公开道歉承诺")),
    State("hearing", _("听证")),
    State("decision", _("待决定")),
    State("serve", _("待送达")),
    State("pay", _("缴款履行")),
    *CARRYING_OUT,
    State("perform", _("履行完毕、整改复查")),
    State("no_penalty", _("不予处罚")),
    State("close", _("结案归档"), end=True),
    State("not_filed", _("不予立案"), end=True),
    State("close_nofound", _("未发现违法办结"), end=True),
    State("close_minor", _("轻微教育办结"), end=True),
    State("observe", _("转执法观察期"), end=True),
    State("transfer", _("移送"), end=True),
    State("terminated", _("终止调查"), end=True),
    State("withdrawn", _("撤销立案"), end=True),
)

#: Where evidence is still gathered.
OPEN_INVESTIGATION = ("filed", "back_invest")
#: From filing to decision: where the ninety days run.
UNDECIDED = (
    "filed", "suspended", "invest_done", "case_review", "back_invest", "legal_review", "collective", "notifying",
    "notice", "statement", "apology", "hearing", "decision",
)  # fmt: skip
#: Where a decision stands and the case is not closed.
AFTER_DECISION = (
    "serve", "pay", "installment", "overdue", "urge", "court", "reconsider", "end_exec", "perform",
)  # fmt: skip


def payable(pay: str) -> tuple[str, ...]:
    """Where something may be paid, in a procedure whose matters stand in ``pay`` while nothing is overdue."""
    return (pay, "installment", "overdue", "urge", "court")
