"""The steps of a contest: registered, and how each ends. None stops the decision's being carried out (行政处罚法 §73(1)).

    where = Contestable(
        sources=("pay", "close"), during="reconsider", overdue=("overdue", is_overdue), in_time=("pay", is_in_time),
        done=("perform", is_done), not_more=not_more,
    )
    contest_steps(DESK, where, Asks(RulingForm, ChangedForm))

A ruling leads to where the matter then stands: something is overdue, or is still in time, or all is done. One that was
over already is taken up again: whoever did at once what was asked may sue for six months all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.declaration import Clock, Guard, Step, Who
from zhihuan.bureau.remedies.course import CHANGED, UPHELD
from zhihuan.bureau.remedies.forms import ContestForm

__all__ = ["Asks", "Contestable", "Way", "contest_clocks", "contest_steps"]

#: Where a matter stands after a ruling, and the guard that says whether it does.
Way = tuple[str, Guard]


@dataclass(frozen=True, slots=True)
class Asks:
    """The forms: of a ruling that upholds or revokes, of one that changes the fine."""

    ruling: type[Any]
    changed: type[Any]
    contest: type[Any] = ContestForm


@dataclass(frozen=True, slots=True)
class Contestable:
    """sources: states in which a decision may be contested; during: the state while it is. overdue, in_time, done: where
    each kind of ruling leads. not_more: a guard, no ruling makes anything heavier. may: further guards on contesting."""

    sources: tuple[str, ...]
    during: str
    overdue: Way
    in_time: Way
    done: Way
    not_more: Guard
    may: tuple[Guard, ...] = ()


def _contested_by_now(facts: Any) -> str:
    if facts.said["filed_on"] > beijing_day(facts.now):
        return _now("受理日期不能晚于今天，请核对。")
    return ""


def _ruled_by_now(facts: Any) -> str:
    day = facts.said["ruled_on"]
    filed = [each.said["filed_on"] for each in facts.events if each.step == "contest"][-1]
    if day > beijing_day(facts.now):
        return _now("生效日期不能晚于今天，请核对。")
    return _now("生效日期不能早于受理日期，请核对。") if day.isoformat() < filed else ""


def _stands(facts: Any) -> str:
    return _now("决定已被撤销，请办理结案。") if facts.matter.overturned else ""


CONTESTED_BY_NOW = Guard("contested_by_now", _contested_by_now)
RULED_BY_NOW = Guard("ruled_by_now", _ruled_by_now)
STANDS = Guard("stands", _stands)


def contest_steps(who: Who, where: Contestable, asks: Asks) -> tuple[Step, ...]:
    """Contest, the six rulings that leave a decision standing, and the one that does not. The matter's model has
    ``overturned``."""
    during, ways = where.during, (where.overdue, where.in_time, where.done)
    words = (_("维持（继续履行）"), _("维持（期限内）"), _("维持（已履行）"))
    changed = (_("变更罚款（继续履行）"), _("变更罚款（期限内）"), _("变更罚款（已履行）"))
    withdrawn = _("已公开的原决定须在三个工作日内撤回，并说明理由。")
    return (
        Step("contest", _("登记复议、诉讼"), where.sources, during, who, form=asks.contest,
             guards=(*where.may, CONTESTED_BY_NOW), about=_("复议、诉讼期间不停止执行，但不计算加处罚款。")),
        *(Step(code, title, (during,), target, who, form=asks.ruling, guards=(STANDS, RULED_BY_NOW, then))
          for code, title, (target, then) in zip(UPHELD, words, ways, strict=True)),
        *(Step(code, title, (during,), target, who, form=asks.changed, guards=(STANDS, RULED_BY_NOW, where.not_more, then), about=withdrawn)
          for code, title, (target, then) in zip(CHANGED, changed, ways, strict=True)),
        Step("overturned", _("撤销决定"), (during,), "", who, form=asks.ruling, guards=(STANDS, RULED_BY_NOW),
             about=_("已公开的决定须在三个工作日内撤回，并说明理由。")),
    )  # fmt: skip


def contest_clocks(  # noqa: PLR0913 - what differs between procedures
    starts: tuple[str, ...],
    *,
    said_on: str,
    reviewed: Guard,
    uncontested: Guard | None = None,
    taken_over: tuple[str, ...] = (),
    limit: str = "E15",
) -> tuple[Clock, ...]:
    """How long the party may contest: the decision that was served, and a review's. The platform says by ``remedies_over``
    that nobody did. said_on: the field that tells the day of service. reviewed: says "" where the ruling is a review's;
    uncontested: says "" where the decision was not contested before; taken_over: steps that bring one along that was. limit: E14 where a review comes first."""
    return (
        Clock("contest", _("复议、诉讼期限"), limit, starts=starts, said_on=said_on, duty="party", ends=("contest",),
              expires="remedies_over", when=uncontested, lapses=True),
        Clock("sue", _("不服复议决定的起诉期限"), "E15R", starts=(*UPHELD, *CHANGED, *taken_over), said_on="ruled_on", duty="party",
              ends=("contest",), expires="remedies_over", when=reviewed, lapses=True),
    )  # fmt: skip
