"""Every pair of steps that the law, or the review of files, wants taken by different people, over every procedure there is.

The table stands here once more, by hand: who takes a pair out of a declaration, or declares a new one, meets it here and
says by which law. One person may hold several roles; nobody may take both steps of a pair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusing import offered, refusal_of
from zhihuan.bureau.matters.models import Matter, MatterEvent, MatterLink
from zhihuan.bureau.people.roles import ROLES, Side
from zhihuan.bureau.places.city import find_town

# ---- the table ----

_INVESTIGATING = "ask_filing inspect question tell_results lock settle_lock test appraise report"
_REVIEWING = (
    "review_to_legal review_to_discussion review_to_notice review_to_decision review_back reply reply_to_legal "
    "reply_back accept_apology refuse_apology"
)
_LEGAL = "legal_to_discussion legal_to_notice legal_to_decision legal_back"


@dataclass(frozen=True)
class Pairs:
    """``later`` is taken by nobody who took ``earlier``. law: what asks for it; 待核 where it was not read in a text."""

    procedure: str
    law: str
    later: str
    earlier: str


PAIRS = (
    # 立案审批：承办、审核、批准
    Pairs("penalty_case", "案卷评查：审核、批准不得一人到底（待核）", "endorse_filing return_filing", "ask_filing"),
    Pairs("penalty_case", "部令第30号 §18：经本机关负责人批准；案卷评查（待核）", "file refuse_filing", "ask_filing endorse_filing"),
    Pairs("penalty_case", "部令第30号 §18：延长须经本机关负责人批准", "extend_filing", "ask_filing inspect question tell_results"),
    Pairs("penalty_case", "部令第30号：调查与处理分开", "find_nothing educate observe transfer_clue", "inspect question"),
    # 调查中的审批
    Pairs("penalty_case", "行政处罚法 §56：登记保存须经负责人批准", "approve_lock", _INVESTIGATING),
    Pairs("penalty_case", "行政处罚法 §56：批准与实施分开", "lock", "approve_lock"),
    Pairs("penalty_case", "行政处罚法 §60、部令第30号：延长、中止、恢复、终止、撤销立案须经批准",
          "extend extend_again suspend resume terminate withdraw_case ask_closure", _INVESTIGATING),
    # 审查、法制审核、听证
    Pairs("penalty_case", "部令第30号：案件审查人员不得是调查人员",
          "review_to_legal review_to_discussion review_to_notice review_to_decision review_back", _INVESTIGATING),
    Pairs("penalty_case", "行政处罚法 §58：由从事法制审核的人员审核", f"{_LEGAL} apply_court", _INVESTIGATING),
    Pairs("penalty_case", "案卷评查：审核、批准不得一人到底（待核）", "extend_legal", _LEGAL),
    Pairs("penalty_case", "行政处罚法 §64（四）：听证由非本案调查人员主持", "call_hearing hold_hearing report_hearing drop_hearing",
          _INVESTIGATING),
    Pairs("penalty_case", "行政处罚法 §45：对陈述申辩进行复核", "reply reply_to_legal reply_back", f"{_INVESTIGATING} state"),
    Pairs("penalty_case", "粤环发〔2021〕7号：从轻须经审查", "accept_apology refuse_apology", f"{_INVESTIGATING} apologise"),
    # 决定、执行、结案
    Pairs("penalty_case", "行政处罚法 §§57、58：负责人审查调查结果，决定之前法制审核",
          "discuss_to_notice discuss_to_decision discuss_back decide decide_nothing decide_transfer decide_back",
          f"{_INVESTIGATING} {_REVIEWING} {_LEGAL}"),
    Pairs("penalty_case", "行政处罚法 §66：延期、分期经申请和批准", "defer refuse_deferral", "ask_deferral"),
    Pairs("penalty_case", "案卷评查：审核、批准不得一人到底（待核）", "close", f"{_INVESTIGATING} recheck"),
    Pairs("simple_case", "行政处罚法 §52：当场处罚报所属机关备案", "close", "punish"),
    Pairs("simple_case", "行政处罚法 §66：延期、分期经申请和批准", "defer refuse_deferral", "ask_deferral"),
    Pairs("simple_case", "行政处罚法 §58：由从事法制审核的人员申请", "apply_court", "punish"),
    Pairs("credit_repair", "案卷评查：审核、批准不得一人到底（待核）", "send_back grant refuse end_publicity", "ask"),
    # 线索
    Pairs("clue", "部令第30号：调查与处理分开", "to_case settle_proved educate transfer refute extend_filing", "verify"),
    # 现场检查
    Pairs("inspection", "行政处罚法 §43：回避由负责人决定，不由被申请回避的人员", "grant_recusal refuse_recusal", "begin record interview sample"),
    # 配套措施
    Pairs("correction_order", "案卷评查：提出与批准不得为同一人（待核）", "decide send_back drop revoke", "propose"),
    Pairs("sealing", "行政强制法 §18：实施前向负责人报告并经批准", "approve send_back reject", "propose"),
    Pairs("sealing", "行政强制法 §18：批准与实施分开", "carry_out", "approve"),
    Pairs("sealing", "行政强制法 §19：二十四小时内补办批准", "approve_after lift_at_once", "seal_at_once"),
    Pairs("sealing", "行政强制法 §§25、28：延长、解除由负责人决定", "extend keep release hand_over", "propose seal_at_once carry_out"),
    Pairs("production_limit", "行政处罚法 §57：负责人审查调查结果", "notify decide_limit decide_stop send_back drop extend", "propose"),
    Pairs("production_limit", "行政处罚法 §64（四）", "hold_hearing", "propose"),
    Pairs("daily_fine", "行政处罚法 §§57、58：审查、决定分开", "decide", "propose notify"),
    Pairs("daily_fine", "行政处罚法 §57", "notify send_back drop", "propose"),
    Pairs("daily_fine", "行政处罚法 §64（四）", "hold_hearing", "propose"),
    Pairs("detention_transfer", "案卷评查：提出与批准不得为同一人（待核）", "send_back approve drop", "propose"),
    Pairs("crime_transfer", "国务院令第310号 §5：负责人决定是否移送", "send_back approve refuse", "report"),
    Pairs("special_team", "案卷评查：提出与批准不得为同一人（待核）", "set_up drop", "propose"),
    Pairs("observation", "案卷评查：提出与批准不得为同一人（待核）", "send_back set drop", "propose"),
    Pairs("observation", "行政处罚法 §§33、57：不予处罚由负责人决定", "spare", "propose check_good"),
    # 预案备案
    Pairs("plan_filing", "案卷评查：申请与核对不得为同一人（待核）", "file correct refuse report_up close", "submit resubmit revise"),
)  # fmt: skip

#: Steps that nobody takes who investigated in a matter that theirs belongs together with: by the same laws.
ELSEWHERE = {
    "penalty_case": f"{_LEGAL} apply_court review_to_legal review_to_discussion review_to_notice review_to_decision review_back "
    "reply reply_to_legal reply_back accept_apology refuse_apology call_hearing hold_hearing report_hearing drop_hearing "
    "discuss_to_notice discuss_to_decision discuss_back decide decide_nothing decide_transfer decide_back "
    "approve_lock extend extend_again suspend resume terminate withdraw_case ask_closure extend_filing close "
    "find_nothing educate observe transfer_clue",
    "simple_case": "apply_court",
    "clue": "to_case settle_proved educate transfer refute extend_filing",
    "production_limit": "notify decide_limit decide_stop hold_hearing",
    "daily_fine": "notify decide hold_hearing",
    "observation": "spare",
}

#: What sounds like an approval and is none, or what nobody asks to be apart: why.
EXEMPT = {
    "penalty_case": {
        "submit": "提交审查，不是审查", "closure_approved": "登记人民政府的批准文件", "nothing_served": "登记送达", "decision_served": "登记送达", "decision_served_no_fine": "登记送达",
    },
    "inspection_plan": {"drop": "计划由负责人编制、负责人撤销，理由公开"},
    "positive_list": {"decline": "列入与否是负责人的同一个决定"},
    "clue": {"extend_check": "核查之前批准，核查之后不再回到该状态"},
    "correction_order": {"served": "登记送达"},
    "sealing": {"served_release": "登记送达"},
    "special_team": {"conclude": "专案组自己的结论，处罚另案决定", "dissolve": "成立与撤销是负责人的决定"},
    "production_limit": {"served": "登记送达"},
    "daily_fine": {"served": "登记送达"},
}  # fmt: skip
#: The same in whatever procedure has them.
EXEMPT_ANYWHERE = {
    "not_published": "公开不是处罚的审批环节",
    "overturned": "登记复议、诉讼结果",
    "close_overturned": "撤销由复议、诉讼作出",
    "close_voided": "撤销由复议、诉讼作出",
}
_APPROVING = re.compile(
    "批准|审核|审查|决定|作出|同意|不予|准予|复核|延长|结案|终止调查|撤销|中止|恢复调查|讨论|维持查封|解除查封|不适用"
)

PROCEDURE = pytest.mark.parametrize("procedure", procedures(), ids=lambda each: each.code)


def listed(procedure: str) -> set[tuple[str, str]]:
    """(later, earlier) of the table."""
    return {
        (later, earlier)
        for each in PAIRS
        if each.procedure == procedure
        for later in each.later.split()
        for earlier in each.earlier.split()
    }


@PROCEDURE
def test_the_pairs_declared_are_those_of_the_table(procedure):
    declared = {(step.code, earlier) for step in procedure.steps for earlier in step.who.apart_from}
    assert declared == listed(procedure.code)


@PROCEDURE
def test_across_matters_too(procedure):
    declared = {step.code for step in procedure.steps if step.who.apart_elsewhere}
    assert declared == set(ELSEWHERE.get(procedure.code, "").split())


@PROCEDURE
def test_whoever_is_kept_apart_is_told_by_which_law(procedure):
    for step in procedure.steps:
        assert bool(step.who.apart_from or step.who.apart_elsewhere) == bool(step.who.apart_by)
    assert all(each.law for each in PAIRS)


def test_what_is_named_of_other_procedures_is_there():
    known = {each.code: {step.code for step in each.steps} for each in procedures()}
    for procedure in procedures():
        for step in procedure.steps:
            for code, steps in step.who.apart_elsewhere.items():
                assert set(steps) <= known[code], (procedure.code, step.code, code)


@PROCEDURE
def test_whatever_sounds_like_an_approval_is_kept_apart_or_it_is_said_why_not(procedure):
    exempt = EXEMPT.get(procedure.code, {})
    loose = {
        step.code
        for step in procedure.steps
        if not step.who.platform
        and any(ROLES[role].side is Side.BUREAU for role in step.who.reaches)
        and _APPROVING.search(str(step.title))
        and not step.who.apart_from
        and "公安机关" not in str(step.title)  # what another body decides is only noted
        and not step.code.startswith(("upheld", "changed"))  # so is a ruling
    }
    assert loose - set(exempt) - set(EXEMPT_ANYWHERE) == set()
    assert set(exempt) <= {step.code for step in procedure.steps}


# ---- and kept ----


@pytest.fixture
def everyone(person: Any) -> tuple[Any, Any]:
    """Two who each hold every role of the bureau that a step names."""
    roles = [
        code for code, role in ROLES.items() if role.side is Side.BUREAU and not role.stands_alone
    ]
    return person(*roles, name="both"), person(*roles, name="another")


def opened(procedure: Any) -> Matter:
    return Matter.objects.create(
        procedure=procedure.code, edition=procedure.edition, state=procedure.begins,
        title="x", town=find_town("三角镇"),
    )  # fmt: skip


def note(matter: Matter, step: str, user: Any) -> None:
    number = matter.events.count() + 1
    MatterEvent.objects.create(
        matter=matter, number=number, at=timezone.now(), actor=user, actor_name=str(user), step=step,
        source=matter.state, target=matter.state, digest=b"x",
    )  # fmt: skip


@PROCEDURE
def test_one_person_of_two_roles_takes_one_step_of_a_pair(procedure, everyone):
    both, another = everyone
    for earlier in sorted({earlier for _later, earlier in listed(procedure.code)}):
        matter = opened(procedure)
        note(matter, earlier, both)
        for later in sorted(later for later, before in listed(procedure.code) if before == earlier):
            step = procedure.step(later)
            matter.state = step.sources[0]
            told = str(refusal_of(procedure, step, matter, Acting(both)))
            title = procedure.step(earlier).title
            assert f"在本事项办理过“{title}”" in told, (earlier, later)
            assert step.who.apart_by in told
            assert step not in offered(procedure, matter, Acting(both))
            assert refusal_of(procedure, step, matter, Acting(another)) == "", (earlier, later)


@PROCEDURE
def test_nor_whoever_investigated_what_the_matter_grew_out_of(procedure, everyone):
    both, another = everyone
    known = {each.code: each for each in procedures()}
    steps = [procedure.step(code) for code in ELSEWHERE.get(procedure.code, "").split()]
    matter, origins = opened(procedure), {}
    for code in sorted({code for step in steps for code in step.who.apart_elsewhere}):
        origin = origins[code] = opened(known[code])
        note(matter, "_link", None)
        MatterLink.objects.create(
            matter=matter, kind=MatterLink.Kind.SPAWNED_BY, other=origin, event=matter.events.last()
        )
    for step in steps:
        matter.state = step.sources[0]
        assert refusal_of(procedure, step, matter, Acting(both)) == ""
        assert refusal_of(procedure, step, matter, Acting(another)) == ""
    for code, origin in origins.items():
        named = {each for step in steps for each in step.who.apart_elsewhere.get(code, ())}
        for earlier in sorted(named):
            note(origin, earlier, both)
        for step in steps:
            matter.state = step.sources[0]
            told = str(refusal_of(procedure, step, matter, Acting(both)))
            if code in step.who.apart_elsewhere:
                assert f"在关联的“{known[code].title}”（编号 {origin.pk}）" in told, (
                    code,
                    step.code,
                )
            assert refusal_of(procedure, step, matter, Acting(another)) == ""
        MatterLink.objects.filter(other=origin).delete()
