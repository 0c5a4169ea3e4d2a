"""An unpaid consecutive-day fine (按日连续处罚) goes on as a case: it is urged, surcharged and brought to court.

The decision stands already and is served, so the case begins where such a case is: overdue. It grows out of the
matter of the fine, and reads number, amount and days there. Source: 行政处罚法 §72; 行政强制法 §§53, 54.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, guard, today
from zhihuan.lines.enforcement.forms.taking_over import TakeOverForm, daily_fine_of
from zhihuan.lines.enforcement.rules.periods import last_day

__all__ = ["TAKING_OVER"]


@guard("out_of_a_daily_fine")
def _out_of_a_daily_fine(facts: Any) -> str:
    origin = daily_fine_of(facts.matter)
    if origin is None or origin.state != "enforcing":
        return _now("须由已“转入催告和强制执行”的按日连续处罚事项发起。")
    told = ("fine", "decided_on", "served_on", "number")
    return (
        ""
        if all(facts.said[name] for name in told)
        else _now("按日连续处罚事项的决定或送达尚不完整。")
    )


@guard("overdue", f"{PENALTY_LAW} §67")
def _overdue(facts: Any) -> str:
    last = last_day("E10", facts.said["served_on"], the_calendar())
    if today(facts) > last:
        return ""
    return _now("缴款期限至 %(last)s 届满，届满前不能转入催告。") % {"last": last}


TAKING_OVER = (
    Step("take_over", _("接续执行按日连续处罚"), ("clue",), "overdue", who.DESK, form=TakeOverForm,
         guards=(_out_of_a_daily_fine, _overdue),
         about=_("按日连续处罚逾期未缴的，在本案计算加处罚款、催告、申请强制执行。")),
)  # fmt: skip
