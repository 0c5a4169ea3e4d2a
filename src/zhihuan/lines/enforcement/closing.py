"""The end: correction checked again, the decision published or withdrawn, the case closed.

Publication goes beside everything else from the decision on: 7 working days, redacted; three days to withdraw what
was overturned. Source: 行政处罚法 §48; 广东省行政执法公示办法; 生态环境行政处罚办法.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.models import MatterDocument, Publication
from zhihuan.bureau.documents.serving.served import served_on
from zhihuan.bureau.matters.declaration import Document, Step
from zhihuan.bureau.remedies.course import CHANGED
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, guard, said_in, since, today, took
from zhihuan.lines.enforcement.forms import execution as forms
from zhihuan.lines.enforcement.forms.fields import WhyForm
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.money import owed_of
from zhihuan.lines.enforcement.states import AFTER_DECISION

__all__ = ["CARRIED_OUT", "CLOSING", "MADE_PUBLIC", "is_public", "publicity", "published_or_not"]

_ENDING = PenaltyCase.Ending


def is_public(facts: Any) -> bool:
    """Whether a copy of the decision is public now."""
    return _public_copies(facts).exists()


def _public_copies(facts: Any) -> QuerySet[Publication]:
    papers = MatterDocument.objects.filter(matter_id=facts.matter.pk, code="decision")
    return Publication.objects.filter(document__in=papers, withdrawn_at__isnull=True)


@guard("public", f"{PENALTY_LAW} §48")
def must_be_public(facts: Any) -> str:
    """A copy of the decision is public."""
    if is_public(facts):
        return ""
    return _now("请先在决定书页面公开经隐去个人信息的文本，再登记。")


@guard("not_public", f"{PENALTY_LAW} §48")
def must_not_be_public(facts: Any) -> str:
    """None is any more."""
    return _now("公开文本仍在公开，请先在决定书页面撤下。") if is_public(facts) else ""


@guard("was_public")
def _was_public(facts: Any) -> str:
    was = Publication.objects.filter(document__matter=facts.matter.pk, document__code="decision")
    return "" if was.exists() else _now("决定没有公开过，无须撤回。")


@guard("published_or_not", f"{PENALTY_LAW} §48")
def published_or_not(facts: Any) -> str:
    """A penalty was made public, or why not was written down."""
    if not took(facts, "decide", "punish") or facts.matter.overturned:
        return ""
    if took(facts, "publish", "not_published"):
        return ""
    return _now("处罚决定尚未公开，请先公开，或者写明不予公开的理由。")


@guard("withdrawn_if_overturned", f"{PENALTY_LAW} §48")
def _withdrawn(facts: Any) -> str:
    """What was made public before a ruling changed or revoked it."""
    if facts.matter.overturned and is_public(facts):
        return _now("决定已被撤销，须先撤回公开文本。")
    changed = [each.at for each in facts.events if each.step in CHANGED]
    if changed and _public_copies(facts).filter(published_at__lt=changed[-1]).exists():
        return _now("决定已被变更，须先撤回原公开文本并说明理由。")
    return ""


@guard("corrected")
def _corrected(facts: Any) -> str:
    ordered = said_in(facts, "decide").get("correction")
    checked = [each.said for each in facts.events if each.step == "recheck"]
    if not ordered or facts.matter.overturned or (checked and checked[-1]["is_corrected"]):
        return ""
    return _now("决定责令改正的，须先登记整改复查，确认已改正。")


@guard("ending_fits")
def _ending_fits(facts: Any) -> str:
    """The ending told is the one the course shows."""
    told = _ENDING(facts.said["ending"])
    words = _now("结案方式与办理经过不符，应为“%(ending)s”。")
    fits = _ending_of(facts)
    return "" if told in fits else words % {"ending": "、".join(str(each.label) for each in fits)}


def _ending_of(facts: Any) -> tuple[PenaltyCase.Ending, ...]:
    if facts.matter.state == "no_penalty":
        return (_ENDING.NO_PENALTY,)
    if facts.matter.overturned:
        return (_ENDING.REVOKED,)
    if facts.matter.state == "end_exec":
        return (_ENDING.EXECUTION_ENDED,)
    return (_ENDING.ENFORCED,) if took(facts, "apply_court") else (_ENDING.PERFORMED,)


@guard("carried_out", PENALTY_LAW)
def _carried_out(facts: Any) -> str:
    case = facts.matter
    if case.state == "reconsider" and not case.overturned:
        return _now("复议、诉讼尚未结束，不能结案。")
    if case.state == "no_penalty" and served_on(case, "no_penalty_decision") is None:
        return _now("不予行政处罚决定书尚未送达，不能结案。")
    owed = owed_of(case, facts.events, today(facts))
    is_done = case.state in {"perform", "decided"}
    if is_done and owed.principal_left + owed.gains_left:
        return _now("罚款、没收款尚未缴清，不能结案。")
    if since(facts, ("settle_lock", "lock_lapsed"), "lock"):
        return _now("先行登记保存的证据尚未处理，不能结案。")
    return ""


#: What any decision asks for before its file is closed: carried out, public or not to be, withdrawn where a ruling says so.
CARRIED_OUT, MADE_PUBLIC = (_carried_out,), (published_or_not, _withdrawn)


def publicity(sources: tuple[str, ...]) -> tuple[Step, ...]:
    """A decision is made public beside everything else, or why not is written down, and is withdrawn again."""
    return (
        Step("publish", _("登记信息公开"), sources, "", who.HEAD, form=forms.PublishForm, guards=(must_be_public,),
             about=_("决定作出后七个工作日内公开。")),
        Step("not_published", _("不予公开"), sources, "", who.HEAD, form=WhyForm, guards=(must_not_be_public,),
             about=_("不具有一定社会影响，或者依法不得公开的。")),
        Step("unpublish", _("登记撤回公开"), sources, "", who.HEAD, form=WhyForm, guards=(_was_public, must_not_be_public)),
    )  # fmt: skip


CLOSING = (
    *publicity(AFTER_DECISION),
    Step("recheck", _("整改复查"), AFTER_DECISION, "", who.TWO, form=forms.RecheckForm,
         documents=(Document("recheck_record", _("整改复查笔录"), "recheck_record.docx"),)),
    Step("close", _("结案"), ("perform", "no_penalty", "end_exec", "reconsider"), "close", who.CLOSER, form=forms.CloseForm,
         guards=(*CARRIED_OUT, _corrected, *MADE_PUBLIC, _ending_fits),
         documents=(Document("closing_approval", _("结案审批表"), "closing_approval.docx"),)),
)  # fmt: skip
