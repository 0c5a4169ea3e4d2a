"""What is counted of measures beside fines: the five kinds of the supporting measures, orders to correct, observation
periods, transfers, special teams.

Case type and source are those of the case that a measure grew out of (``indicators.keeping``); one that grew out of none
has none.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.remedies.course import CHANGED
from zhihuan.indicators.declaration import (
    Acts,
    Group,
    How,
    Indicator,
    Law,
    Occasion,
    Traits,
    Which,
)
from zhihuan.lines.measures.asking import HAPPENED
from zhihuan.lines.measures.law import cited, is_cited
from zhihuan.standards.errors import OutsideEditionsError

__all__ = ["FIGURES"]

_PIECE, _YUAN = _("件"), _("元")
_CODE = "生态环境法典"


def _traits(each: Occasion) -> Traits:
    words = _law_words(each)
    return Traits(law="" if not words else Law.CODE if _CODE in words else Law.EARLIER)


def _law_words(each: Occasion) -> str:
    """The articles it rests on; "" for what rests on none of these tables, or on none of that day."""
    procedure, act = each.matter.procedure, each.matter.act_on
    if procedure == "detention_transfer":
        return str(each.last_said("propose").get("clause") or "")
    about = "offset" if procedure == "crime_transfer" else procedure
    day: date = act if act and procedure == "daily_fine" else beijing_day(each.event.at)
    try:
        return cited(about, day) if is_cited(about) else ""
    except OutsideEditionsError:
        return ""


def _acts(code: str, procedure: str, *steps: str, **more: Any) -> Acts:
    return Acts(code, (procedure,), steps, traits=_traits, **{"day": HAPPENED} | more)


def _kind(step: str) -> Any:
    return lambda each: each.took(step)


def _amount(each: Occasion) -> Decimal | None:
    amount: Decimal | None = each.matter.amount
    return amount


def _days(each: Occasion) -> Decimal:
    return Decimal(each.said.get("days") or 0)


ORDERED = _acts("correction_ordered", "correction_order", "served", only=lambda each: each.matter.state != "revoked")  # fmt: skip
NOT_CORRECTED = _acts("correction_refused", "correction_order", "check_not")
SEALED = _acts("sealed", "sealing", "carry_out", "seal_at_once", only=lambda each: not each.took("lift_at_once"))  # fmt: skip
LIMITED = _acts("production_limited", "production_limit", "served", only=_kind("decide_limit"))
STOPPED = _acts("production_stopped", "production_limit", "served", only=_kind("decide_stop"))
DAILY = _acts("daily_fined", "daily_fine", "served", only=lambda each: not each.matter.overturned, amount=_amount)  # fmt: skip
DAILY_CONTESTED = _acts("daily_fine_contested", "daily_fine", "contest", which=Which.EVERY, day="filed_on")  # fmt: skip
DAILY_LOST = _acts("daily_fine_lost", "daily_fine", "overturned", *CHANGED, which=Which.EVERY, day="ruled_on")  # fmt: skip
DETENTION = _acts("detention_handed", "detention_transfer", "hand_over")
DETAINED = _acts("detained", "detention_transfer", "detained", amount=_days)
CRIME = _acts("crime_handed", "crime_transfer", "hand_over")
CRIME_FILED = _acts("crime_filed", "crime_transfer", "file")
TEAM = _acts("team_set_up", "special_team", "set_up", day="", only=lambda each: each.matter.state != "dissolved")  # fmt: skip
OBSERVED = _acts("observed", "observation", "served")
SPARED = _acts("observation_spared", "observation", "spare", day="")
FAILED = _acts("observation_failed", "observation", "check_bad", "break_off")

FIGURES = (
    Indicator("observation_period_cases", _("执法观察期"), _PIECE, Group.LENIENCE, OBSERVED, basis="中山市执法观察期制度（2023，条文未见，待核实）",
              about=_("期内送达观察期告知书的案件，按送达之日计。")),
    Indicator("observation_spared", _("观察期满不予处罚"), _PIECE, Group.LENIENCE, SPARED, basis="中山市执法观察期制度（2023，条文未见，待核实）",
              about=_("期内观察期复查合格、决定不予处罚的案件。")),
    Indicator("observation_failed", _("观察期未改正转立案"), _PIECE, Group.LENIENCE, FAILED, basis="中山市执法观察期制度（2023，条文未见，待核实）",
              about=_("期内复查未改正或者又违法、转立案的观察期案件。")),
    Indicator("correction_orders", _("责令改正决定"), _PIECE, Group.MEASURES, ORDERED, basis="中华人民共和国行政处罚法 §28",
              about=_("期内送达的责令改正违法行为决定，按送达之日计；已撤销的不计。处罚决定中一并责令改正的不在内。")),
    Indicator("corrections_refused", _("复查未改正"), _PIECE, Group.MEASURES, NOT_CORRECTED, basis="部令第28号 §§10、13",
              about=_("期内复查认定未改正的责令改正决定，按复查之日计。")),
    Indicator("daily_fines", _("按日连续处罚"), _PIECE, Group.MEASURES, DAILY, basis="部令第28号",
              about=_("期内送达的按日连续处罚决定，按送达之日计；决定被撤销的不计。")),
    Indicator("daily_fine_amount", _("按日连续处罚金额"), _YUAN, Group.MEASURES, DAILY, how=How.SUM, basis="部令第28号 §§17、19",
              about=_("按日连续处罚决定的罚款之和，经复议、诉讼变更的按变更后计。")),
    Indicator("daily_fines_contested", _("对按日连续处罚的复议、诉讼"), _PIECE, Group.REMEDIES, DAILY_CONTESTED, basis="中华人民共和国行政处罚法 §7",
              about=_("期内受理的对按日连续处罚决定的行政复议、行政诉讼，按受理之日计；转入案件催告后提起的计入处罚案件。")),
    Indicator("daily_fines_lost", _("按日连续处罚被撤销或者变更"), _PIECE, Group.REMEDIES, DAILY_LOST, basis="中华人民共和国行政复议法、行政诉讼法",
              about=_("期内撤销或者变更按日连续处罚决定的复议决定、裁判，按生效之日计。")),
    Indicator("sealings", _("查封、扣押"), _PIECE, Group.MEASURES, SEALED, basis="部令第29号",
              about=_("期内实施的查封、扣押，按实施之日计；当场实施后未获批准的不计。")),
    Indicator("production_limits", _("限制生产"), _PIECE, Group.MEASURES, LIMITED, basis="环境保护部令第30号（2014）",
              about=_("期内送达的责令限制生产决定，按送达之日计。")),
    Indicator("production_stops", _("停产整治"), _PIECE, Group.MEASURES, STOPPED, basis="环境保护部令第30号（2014）",
              about=_("期内送达的责令停产整治决定，按送达之日计。")),
    Indicator("administrative_detention", _("移送行政拘留"), _PIECE, Group.TRANSFERS, DETENTION, basis="行政主管部门移送适用行政拘留环境违法案件暂行办法",
              about=_("期内移送公安机关的适用行政拘留案件，按移送之日计。")),
    Indicator("detained", _("公安机关决定拘留"), _PIECE, Group.TRANSFERS, DETAINED, basis="行政主管部门移送适用行政拘留环境违法案件暂行办法",
              about=_("期内公安机关决定行政拘留的案件，按决定之日计。")),
    Indicator("detained_days", _("决定拘留日数"), _("天"), Group.TRANSFERS, DETAINED, how=How.SUM, places=0, basis="行政主管部门移送适用行政拘留环境违法案件暂行办法",
              about=_("公安机关决定的行政拘留日数之和。")),
    Indicator("criminal_transfers", _("移送涉嫌犯罪"), _PIECE, Group.TRANSFERS, CRIME, basis="环环监〔2017〕17号",
              about=_("期内移交公安机关的涉嫌环境犯罪案件，按移交之日计。")),
    Indicator("crimes_filed", _("公安机关立案侦查"), _PIECE, Group.TRANSFERS, CRIME_FILED, basis="环环监〔2017〕17号",
              about=_("期内公安机关对移送案件立案侦查的，按收到告知之日计。")),
    Indicator("special_case_teams", _("专案组"), _PIECE, Group.CASES, TEAM, basis="行政执法机关移送涉嫌犯罪案件的规定 §5",
              about=_("期内批准成立的专案组；已撤销的不计。")),
)  # fmt: skip
