"""Reviews and lawsuits (复议、诉讼) against a penalty: where they may come, and where each ruling leads, by what is owed.

Steps and forms are those of every procedure (``bureau.remedies``). Source: 行政处罚法 §§48, 72, 73; 行政复议法; 行政诉讼法 §§45, 46.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now

from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.remedies.course import contests_of
from zhihuan.bureau.remedies.steps import Asks, Contestable, contest_steps
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, guard, today, took
from zhihuan.lines.enforcement.forms.contesting import ChangedForm, RulingForm
from zhihuan.lines.enforcement.money import Sums, is_in_time, owed_of, sums_after
from zhihuan.lines.enforcement.states import payable

__all__ = ["contesting"]


@guard("was_punished")
def _was_punished(facts: Any) -> str:
    """Closed cases are of several kinds."""
    if took(facts, "decide", "take_over", "punish"):
        return ""
    return _now("本案没有作出处罚决定。")


def _left(facts: Any) -> Decimal:
    return owed_of(facts.matter, facts.events, today(facts), sums=sums_after(facts)).left


def _is_in_time(facts: Any) -> bool:
    return is_in_time(facts.matter, facts.events, today(facts), sums_after(facts))


@guard("overdue", f"{PENALTY_LAW} §72")
def _overdue(facts: Any) -> str:
    if not _left(facts):
        return _now("已无欠款，请办理“已履行”的一项。")
    return _now("缴款期限未满，请办理“期限内”的一项。") if _is_in_time(facts) else ""


@guard("in_time", f"{PENALTY_LAW} §§66、67")
def _in_time(facts: Any) -> str:
    if not _left(facts):
        return _now("已无欠款，请办理“已履行”的一项。")
    return "" if _is_in_time(facts) else _now("缴款期限已满，请办理“继续履行”的一项。")


@guard("paid", PENALTY_LAW)
def _paid(facts: Any) -> str:
    left = _left(facts)
    if not left:
        return ""
    return _now("仍欠 %(left)s 元，请办理“继续履行”或者“期限内”的一项。") % {"left": left}


@guard("not_more")
def _not_more(facts: Any) -> str:
    stands, changed = Sums.of(facts.matter), sums_after(facts)
    if changed.fine <= stands.fine and changed.gains <= stands.gains:
        return ""
    return _now("变更后的罚款、没收违法所得不得高于原决定，请核对。")


@guard("reviewed_first", "中华人民共和国行政复议法（2023年修订）§23")
def _reviewed_first(facts: Any) -> str:
    """Of a penalty on the spot nobody sues before a review was decided."""
    if facts.said["kind"] != "suit" or any(
        each.is_review and each.until for each in contests_of(facts.events)
    ):
        return ""
    return _now(
        "对当场作出的处罚决定不服的，须先申请行政复议；对复议决定不服的，方可提起行政诉讼。"
    )


def contesting(pay: str, closed: str, *, review_first: bool = False) -> tuple[Step, ...]:
    """The steps of a procedure whose matters stand in ``pay`` while nothing is overdue, and end in ``closed``.
    review_first: nobody sues before a review (行政复议法 §23(1)(1))."""
    where = Contestable(
        sources=(*payable(pay), "perform", "end_exec", closed),
        during="reconsider",
        overdue=("overdue", _overdue),
        in_time=(pay, _in_time),
        done=("perform", _paid),
        not_more=_not_more,
        may=(_was_punished, _reviewed_first) if review_first else (_was_punished,),
    )
    return contest_steps(who.DESK, where, Asks(RulingForm, ChangedForm))
