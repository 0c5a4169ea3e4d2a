"""The clocks of a penalty case: what the bureau owes, and how long the party may speak, pay and contest."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.catalogue import counts_from
from zhihuan.bureau.matters.declaration import Clock
from zhihuan.bureau.remedies.course import CHANGED, UPHELD, brought, contests_of
from zhihuan.bureau.remedies.steps import contest_clocks
from zhihuan.lines.enforcement.closing import is_public
from zhihuan.lines.enforcement.course import guard, today
from zhihuan.lines.enforcement.decision import owes
from zhihuan.lines.enforcement.found import FILING, filing_elsewhere
from zhihuan.lines.enforcement.money import next_instalment, owed_of, sums_after
from zhihuan.lines.enforcement.review import LEGALLY_REVIEWED

__all__ = ["CLOCKS", "carrying_clocks"]

# a clock's "when" says "" for the matters it runs for; other words are shown to nobody


@guard("filing_begins")
def _filing_begins(facts: Any) -> str:
    """One start, in the clue and in its case: the day found, or, where the law is read so (``counts_from`` of E01, 待核) and
    no clue was checked before, the day on which the first look at it was over."""
    day = facts.said.get("found_on")
    begins = counts_from(FILING, on=day or today(facts))
    if day is None:
        return "" if begins == "checked" else "-"
    return "" if begins == "found" or filing_elsewhere(facts.matter) is not None else "-"


@guard("urgent")
def _urgent(facts: Any) -> str:
    return "" if facts.said.get("is_urgent") else "-"


@guard("hearing_told")
def _hearing_told(facts: Any) -> str:
    return "" if facts.matter.hearing_told else "-"


@guard("owes")
def _owes(facts: Any) -> str:
    """Instalments have days of their own, which the law's fifteen are no more."""
    asked = (
        owes(facts) or sums_after(facts).total > 0
    )  # of a penalty on the spot nothing is kept yet
    return "" if asked and facts.matter.deferred_until is None else "-"


@guard("unpaid")
def _unpaid(facts: Any) -> str:
    """From a day on which nobody may contest any more."""
    left = owed_of(facts.matter, facts.events, today(facts), sums=sums_after(facts)).left
    return "" if facts.said.get("court_from") and left > 0 else "-"


@guard("reviewed")
def _reviewed(facts: Any) -> str:
    found = [*contests_of(facts.events), *brought(facts.said)]
    return "" if found and found[-1].is_review else "-"


@guard("uncontested")
def _uncontested(facts: Any) -> str:
    """A fine by the day that went through a review or a lawsuit has no six months any more."""
    return "-" if brought(facts.said) else ""


@guard("public")
def _public(facts: Any) -> str:
    return "" if is_public(facts) else "-"


def carrying_clocks(
    served: tuple[str, ...],
    contested: tuple[str, ...],
    decided: str,
    taken_over: tuple[str, ...] = (),
    limit: str = "E15",
) -> tuple[Clock, ...]:
    """From the served decision to its being carried out and made public. served: steps by which a decision that asks for
    money is served; contested: those from which the days to contest run; decided: the step from which it is published.
    taken_over: steps that bring a decision that was made, and maybe contested, elsewhere. limit: of contesting it."""
    return (
        Clock("pay", _("缴款期限"), "E10", starts=(*served, "upheld_in_time", "changed_in_time"), said_on="served_on", duty="party",
              ends=("pay_all", "defer", "miss", "contest"), expires="overdue", when=_owes, lapses=True),
        Clock("instalment", _("延期、分期缴款期限"), "E10D", starts=("defer", "pay_instalment", "upheld_in_time", "changed_in_time"),
              ends=("pay_all", "miss", "contest"), duty="party", expires="overdue", lapses=True, said_on="paid_on", until=next_instalment),
        *contest_clocks(contested, said_on="served_on", reviewed=_reviewed, uncontested=_uncontested, taken_over=taken_over, limit=limit),
        Clock("urged", _("催告履行期限"), "E12", starts=("urge_served",), said_on="served_on", duty="party",
              ends=("pay_all", "apply_court", "contest"), lapses=True),
        Clock("court", _("申请强制执行期限"), "E13", starts=("remedies_over", *UPHELD, *CHANGED, *taken_over), said_on="court_from",
              ends=("apply_court", "pay_all", "contest"), when=_unpaid, lapses=True),
        Clock("publish", _("信息公开期限"), "E16", starts=(decided,), ends=("publish", "not_published"), said_on="published_on", lapses=True),
        Clock("unpublish", _("撤回公开期限"), "E16W", starts=("overturned", *CHANGED), ends=("unpublish",), said_on="ruled_on",
              when=_public, lapses=True),
    )  # fmt: skip


_DECIDED = ("decide", "decide_nothing", "decide_transfer")
CLOCKS = (
    Clock("file", _("立案期限"), FILING, starts=("register", "ask_filing"), said_on="found_on", extends={"extend_filing": "head"},
          when=_filing_begins, keeps_first=True,
          ends=("file", "refuse_filing", "find_nothing", "educate", "observe", "transfer_clue")),
    Clock("decision", _("办案期限"), "E02", starts=("file",), ends=(*_DECIDED, "terminate", "withdraw_case"),
          extends={"extend": "head", "extend_again": "collective"},
          pauses={"suspend": "中止", "test": "检测", "appraise": "鉴定", "ask_hearing": "听证", "announce_notice": "公告"},
          resumes=("resume", "test_back", "appraise_back", "report_hearing", "drop_hearing", "notice_served"),
          happened_on={"test_back": "returned_on", "appraise_back": "returned_on", "ask_hearing": "asked_on",
                       "report_hearing": "ended_on", "drop_hearing": "ended_on", "notice_served": "served_on"}),
    Clock("lock", _("登记保存处理期限"), "E03", starts=("lock",), ends=("settle_lock",), expires="lock_lapsed", lapses=True),
    Clock("lock_approval", _("紧急登记保存补批"), "E04", starts=("lock",), ends=("approve_lock",), when=_urgent, lapses=True),
    Clock("legal", _("法制审核期限"), "E08", starts=("review_to_legal", "report_hearing", "reply_to_legal"),
          ends=(*LEGALLY_REVIEWED, "legal_back", "state", "ask_hearing"), extends={"extend_legal": "head"}),
    Clock("statement", _("陈述申辩期限"), "E05", starts=("notice_served",), said_on="served_on", duty="party", lapses=True,
          ends=("state", "ask_hearing", "apologise"), expires="unanswered"),
    Clock("hearing", _("申请听证期限"), "E06", starts=("notice_served",), said_on="served_on", duty="party", lapses=True,
          ends=("ask_hearing",), expires="hearing_right_over", when=_hearing_told),
    Clock("service", _("送达期限"), "E09", starts=("decide", "decide_nothing"), said_on="served_on", lapses=True,
          ends=("decision_served", "decision_served_no_fine", "nothing_served")),
    *carrying_clocks(
        ("decision_served",), ("decision_served", "decision_served_no_fine", "take_over"), "decide", ("take_over",),
    ),
)  # fmt: skip
