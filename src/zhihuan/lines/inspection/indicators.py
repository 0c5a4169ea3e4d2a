"""What is counted of visits to firms and of the positive list. Every arrival is a visit: a firm that was visited twice in one
matter was visited twice."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.indicators.declaration import Acts, Group, Indicator, Share, Which
from zhihuan.lines.inspection.models import Inspection

__all__ = ["FIGURES"]

_LAW = "中华人民共和国行政处罚法 §§42、55"
_LIST = "环办执法〔2021〕10号（文号待核）"
_TIME, _HOUSE = _("家次"), _("家")


def _visits(code: str, *kinds: str) -> Acts:
    wanted = kinds or tuple(Inspection.Kind.values)
    return Acts(
        code,
        ("inspection",),
        ("begin",),
        which=Which.EVERY,
        day="arrived_at",
        only=lambda each: each.matter.kind in wanted,
    )


def _acts(code: str, procedure: str, step: str, **more: Any) -> Acts:
    return Acts(code, (procedure,), (step,), **more)


ALL = _visits("visit")
RANDOM = _visits("visit_random", Inspection.Kind.RANDOM)
TO_CLUE = _acts("visit_to_clue", "inspection", "to_clue")
PLANS = _acts("plan_disclosed", "inspection_plan", "disclose")
LISTED = _acts("firm_listed", "positive_list", "enlist", day="listed_from")
STRUCK = _acts("firm_struck", "positive_list", "strike")

visits = Indicator(
    "inspections", _("现场检查"), _TIME, Group.VISITS, ALL, basis=_LAW,
    about=_("期内执法人员到场亮证开始的检查，一次到场计一家次。"),
)  # fmt: skip
to_clue = Indicator(
    "inspections_to_clue", _("检查发现涉嫌违法转线索"), _("件"), Group.VISITS, TO_CLUE, basis=_LAW,
    about=_("期内因发现涉嫌违法而转线索的检查。"),
)  # fmt: skip

FIGURES: tuple[Indicator | Share, ...] = (
    visits,
    Indicator("inspections_random", _("其中双随机抽查"), _TIME, Group.VISITS, RANDOM, basis="国办发〔2015〕58号",
              about=_("由双随机抽取确定的检查。")),
    to_clue,
    Indicator("plans_disclosed", _("公示检查计划结果"), _("个"), Group.VISITS, PLANS, basis="国办发〔2015〕58号",
              about=_("期内公示结果的检查计划。")),
    Indicator("firms_listed", _("列入正面清单"), _HOUSE, Group.VISITS, LISTED, basis=_LIST,
              about=_("期内列入监督执法正面清单的企业，按列入日期计。")),
    Indicator("firms_struck", _("移出正面清单"), _HOUSE, Group.VISITS, STRUCK, basis=_LIST,
              about=_("期内移出监督执法正面清单的企业。")),
)  # fmt: skip
