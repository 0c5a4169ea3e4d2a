"""The rules of penalty cases' files, by the areas of file reviews."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.consistency.of_a_line import (
    apart,
    days_between,
    not_above,
    not_same_day,
    says,
    served_before,
)
from zhihuan.lines.enforcement import people
from zhihuan.lines.enforcement.course import PENALTY_LAW, PENALTY_MEASURES
from zhihuan.lines.enforcement.file_check.evidence import (
    more_than_words,
    qualified,
    reports_told,
    samples_recorded,
)
from zhihuan.lines.enforcement.file_check.execution import court_in_time, late_fee_told
from zhihuan.lines.enforcement.file_check.order import filed_before_it_ended
from zhihuan.lines.enforcement.file_check.wording import (
    acts_told_apart,
    factors_proved,
    fine_in_range,
    law_is_law,
    law_to_the_paragraph,
    reasons_given,
    sums_agree,
)

__all__ = ["EXECUTION_RULES", "FILE_RULES"]

_REVIEWED = (
    "review_to_legal", "review_to_discussion", "review_to_notice", "review_to_decision",
    "legal_to_discussion", "legal_to_notice", "legal_to_decision", "hold_hearing", "report_hearing",
)  # fmt: skip
_DECIDED = ("decide", "decide_nothing")
#: What a notice tells. Source: 行政处罚法 §44.
_TOLD = (
    (_("拟处罚内容"), "拟.{0,20}(?:处罚|罚款|没收|警告)"),
    (_("事实"), "(?:经查|违法行为[:：]|违法事实[:：]).{10}"),
    (_("理由"), "(?:裁量)?理由[:：].{2}"),
    (_("依据"), "(?:依据|违反了?).{0,4}《"),
    (_("陈述、申辩权利"), "陈述.{0,4}申辩"),
)

#: Of every decision with a fine.
EXECUTION_RULES = (
    served_before(
        "demand_letter", _("履行催告书"), "apply_court", working_days=10,
        basis="中华人民共和国行政强制法 §§54、69",
    ),
    court_in_time,
    late_fee_told,
)  # fmt: skip
FILE_RULES = (
    filed_before_it_ended,
    days_between("notice", "decision", working_days=5, basis=f"{PENALTY_LAW} §§44、45、64"),
    not_same_day("notice", "decision", basis=f"{PENALTY_LAW} §§44、45"),
    apart(people.INVESTIGATION, _REVIEWED, basis=f"{PENALTY_LAW} §§58、64；{PENALTY_MEASURES}"),
    apart(people.INVESTIGATION, _DECIDED, basis=f"{PENALTY_LAW} §57；{PENALTY_MEASURES}"),
    says("notice", _TOLD, basis=f"{PENALTY_LAW} §44"),
    acts_told_apart,
    not_above(
        "decide", "notify", "notify_hearing", field="fine", earlier_field="notified_fine",
        basis=f"{PENALTY_LAW} §45(2)",
    ),
    not_above(
        "decide", "notify", "notify_hearing", field="gains", earlier_field="notified_gains",
        basis=f"{PENALTY_LAW} §45(2)",
    ),
    sums_agree,
    samples_recorded,
    reports_told,
    qualified,
    more_than_words,
    law_to_the_paragraph,
    law_is_law,
    reasons_given,
    factors_proved,
    fine_in_range,
    *EXECUTION_RULES,
)  # fmt: skip
