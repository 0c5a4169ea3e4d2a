"""What is counted of penalty cases: filed, decided, fined, spared, heard, contested, enforced, in time or late.

A case whose filing was withdrawn was not filed, a decision that was overturned was not decided: both fall out of the
year they were counted in. Illegal gains that were confiscated stand beside the fines (罚没); goods have no amount and are
in no sum.
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
    Share,
    Traits,
    Which,
)
from zhihuan.lines.enforcement.models import PenaltyCase

__all__ = ["FIGURES", "SOURCES"]

SOURCES = dict(PenaltyCase.Source.choices)
_CASE, _BOTH = ("penalty_case",), ("penalty_case", "simple_case")
_PENALTY_LAW = "中华人民共和国行政处罚法"
_MEASURES = "生态环境行政处罚办法（部令第30号）"
_PIECE, _YUAN, _DAY = _("件"), _("元"), _("天")
#: Grounds on which a violation is let go as minor.
_MINOR = {"minor", "first"}


def _traits(each: Occasion) -> Traits:
    """The law is known with the decision."""
    case = each.matter
    law = "" if case.decided_on is None else Law.CODE if case.is_new_law else Law.EARLIER
    return Traits(case.case_type, case.source, law)


def _stands(each: Occasion) -> bool:
    return not each.matter.overturned


def _fined(each: Occasion) -> bool:
    return _stands(each) and bool(each.matter.fine)


def _fine(each: Occasion) -> Decimal | None:
    fine: Decimal | None = each.matter.fine
    return fine


def _gains(each: Occasion) -> Decimal | None:
    gains: Decimal | None = each.matter.gains
    return gains


def _total(each: Occasion) -> Decimal:
    """罚没款: the fine and what was confiscated."""
    return (each.matter.fine or Decimal(0)) + (each.matter.gains or Decimal(0))


def _paid(each: Occasion) -> Decimal:
    """Of the fine alone: what was paid beyond it is surcharge."""
    return min(each.matter.paid or Decimal(0), each.matter.fine)


def _total_paid(each: Occasion) -> Decimal:
    """Of both; what was paid beyond the fine is surcharge."""
    fine = min(each.matter.paid or Decimal(0), each.matter.fine or Decimal(0))
    return fine + (each.matter.gains_paid or Decimal(0))


def _spared(each: Occasion) -> Decimal | None:
    """What the party was told, or what was proposed where it was told nothing."""
    told: Decimal | None = each.matter.notified_fine
    return each.matter.proposed_fine if told is None else told


def _lowered(each: Occasion) -> Decimal:
    """By the decision; what a ruling took off later is no fruit of the apology."""
    return (each.matter.notified_fine or Decimal(0)) - Decimal(each.said.get("fine") or 0)


def _days(each: Occasion) -> Decimal | None:
    filed: date | None = each.matter.filed_on
    return Decimal((beijing_day(each.event.at) - filed).days) if filed else None


def _late(each: Occasion) -> bool:
    """Who decides or files too late must say why, and nobody else is asked."""
    return bool(each.said.get("late_reason"))


def _acts(code: str, *steps: str, of: tuple[str, ...] = _CASE, **more: Any) -> Acts:
    return Acts(code, of, steps, traits=_traits, **more)


_CONTESTS: dict[str, Any] = {"of": _BOTH, "which": Which.EVERY, "day": "filed_on"}
FILED = _acts("case_filed", "file", only=lambda each: each.matter.state != "withdrawn")
FILED_LATE = _acts("case_filed_late", "file", only=lambda each: each.matter.state != "withdrawn" and _late(each))  # fmt: skip
DECIDED = _acts("penalty_decided", "decide", "punish", of=_BOTH, only=_stands, amount=_fine)
FINED = _acts("penalty_fined", "decide", "punish", of=_BOTH, only=_fined, amount=_fine)
PAID = _acts("fine_paid", "decide", "punish", of=_BOTH, only=_fined, amount=_paid)
CONFISCATED = _acts("gains_confiscated", "decide", only=lambda each: _stands(each) and bool(each.matter.gains), amount=_gains)  # fmt: skip
TOTAL = _acts("penalty_money", "decide", "punish", of=_BOTH, only=lambda each: _stands(each) and _total(each) > 0, amount=_total)  # fmt: skip
TOTAL_PAID = _acts("penalty_money_paid", "decide", "punish", of=_BOTH, only=lambda each: _stands(each) and _total(each) > 0, amount=_total_paid)  # fmt: skip
SERVED = _acts("penalty_served", "decision_served", "decision_served_no_fine", "punish", of=_BOTH, only=_stands, day="served_on")  # fmt: skip
AT_ONCE = _acts("penalty_at_once", "punish", of=("simple_case",), only=_stands, amount=_fine)
ALL_DECIDED = _acts("case_decided", "decide", "decide_nothing", "decide_transfer", amount=_days)
DECIDED_LATE = _acts("case_decided_late", "decide", "decide_nothing", "decide_transfer", only=_late)
CLOSED = _acts("case_closed", "close", of=_BOTH)
PUBLISHED = _acts("penalty_published", "publish", of=_BOTH, day="published_on")
NOTHING = _acts("no_penalty", "decide_nothing", amount=_spared)
MINOR = _acts("no_penalty_minor", "decide_nothing", only=lambda each: each.said.get("ground") in _MINOR, amount=_spared)  # fmt: skip
APOLOGY = _acts("apology", "decide", only=lambda each: _stands(each) and each.matter.apology_rate is not None, amount=_lowered)  # fmt: skip
EDUCATED = _acts("educated", "educate")
HEARD = _acts("hearing", "hold_hearing", day="held_on")
REVIEWED = _acts("contest_review", "contest", only=lambda each: each.said.get("kind") == "review", **_CONTESTS)  # fmt: skip
SUED = _acts("contest_suit", "contest", only=lambda each: each.said.get("kind") == "suit", **_CONTESTS)  # fmt: skip
LOST = _acts("contest_lost", "overturned", *CHANGED, of=_BOTH, which=Which.EVERY, day="ruled_on")
OVERDUE = _acts("payment_overdue", "overdue", "miss", of=_BOTH)
COURT = _acts("court_asked", "apply_court", of=_BOTH, amount=lambda each: Decimal(str(each.said.get("total") or 0)))  # fmt: skip
REPAIRED = Acts("credit_repaired", ("credit_repair",), ("grant",))
TRANSFERRED = _acts("case_transferred", "decide_transfer", "transfer_clue")

cases_filed = Indicator(
    "cases_filed", _("立案"), _PIECE, Group.CASES, FILED, basis=f"{_MEASURES} §18",
    about=_("期内批准立案的普通程序案件，按批准之日计；撤销立案的不计。"),
)  # fmt: skip
decided = Indicator(
    "cases_decided", _("普通程序结论"), _PIECE, Group.CASES, ALL_DECIDED, basis=f"{_PENALTY_LAW} §57",
    about=_("期内作出处罚、不予处罚或者移送决定的普通程序案件。"),
)  # fmt: skip
decided_late = Indicator(
    "cases_decided_late", _("逾期作出决定"), _PIECE, Group.CASES, DECIDED_LATE, basis=f"{_PENALTY_LAW} §60",
    about=_("期内超过办案期限作出决定、写明逾期原因的案件。"),
)  # fmt: skip
fines = Indicator(
    "penalty_amount", _("罚款金额"), _YUAN, Group.CASES, FINED, how=How.SUM, basis=f"{_PENALTY_LAW} §59",
    about=_("期内处罚决定的罚款之和，经复议、诉讼变更的按变更后计，决定被撤销的不计；没收的违法所得另计，没收的财物、按日连续处罚不在内。"),
)  # fmt: skip
paid = Indicator(
    "fines_paid", _("其中已缴罚款"), _YUAN, Group.CASES, PAID, how=How.SUM, basis=f"{_PENALTY_LAW} §67",
    about=_("期内决定的罚款至今已缴的部分；加处罚款不计。"),
)  # fmt: skip
no_penalty = Indicator(
    "no_penalty_all", _("不予处罚决定"), _PIECE, Group.LENIENCE, NOTHING, basis=f"{_PENALTY_LAW} §§30、31、33",
    about=_("期内决定不予行政处罚的普通程序案件，不分情形。"),
)  # fmt: skip

FIGURES: tuple[Indicator | Share, ...] = (
    cases_filed,
    Indicator("cases_filed_late", _("逾期立案"), _PIECE, Group.CASES, FILED_LATE, basis=f"{_MEASURES} §18",
              about=_("期内超过立案期限立案、写明逾期原因的案件。")),
    Indicator("penalty_decisions", _("处罚决定"), _PIECE, Group.CASES, DECIDED, basis=f"{_PENALTY_LAW} §57",
              about=_("期内下达的行政处罚决定（普通程序和简易程序），按决定之日计；决定被撤销的不计。")),
    Indicator("penalties_served", _("处罚决定送达"), _PIECE, Group.CASES, SERVED, basis=f"{_PENALTY_LAW} §61",
              about=_("期内送达生效的行政处罚决定，按送达之日计；决定被撤销的不计。")),
    Indicator("penalties_at_once", _("其中当场处罚"), _PIECE, Group.CASES, AT_ONCE, basis=f"{_PENALTY_LAW} §51",
              about=_("期内以简易程序当场作出的处罚决定。")),
    Indicator("penalties_fined", _("其中罚款的决定"), _PIECE, Group.CASES, FINED, basis=f"{_PENALTY_LAW} §9",
              about=_("期内处以罚款的处罚决定；决定被撤销的不计。")),
    fines,
    Indicator("penalty_mean", _("平均罚款"), _YUAN, Group.CASES, FINED, how=How.MEAN, basis=f"{_PENALTY_LAW} §59",
              about=_("罚款金额除以罚款的决定数。")),
    Indicator("gains_decisions", _("其中没收违法所得的决定"), _PIECE, Group.CASES, CONFISCATED, basis=f"{_PENALTY_LAW} §28",
              about=_("期内没收违法所得的处罚决定；决定被撤销的不计。")),
    Indicator("gains_amount", _("没收违法所得金额"), _YUAN, Group.CASES, CONFISCATED, how=How.SUM, basis=f"{_PENALTY_LAW} §28",
              about=_("期内处罚决定没收的违法所得之和，经复议、诉讼变更的按变更后计；没收的非法财物没有金额，不在内。")),
    Indicator("penalty_money", _("罚没金额"), _YUAN, Group.CASES, TOTAL, how=How.SUM, basis=f"{_PENALTY_LAW} §74",
              about=_("期内处罚决定的罚款与没收的违法所得之和，按日连续处罚不在内。")),
    Indicator("penalty_money_paid", _("其中已缴罚没款"), _YUAN, Group.CASES, TOTAL_PAID, how=How.SUM, basis=f"{_PENALTY_LAW} §74",
              about=_("期内决定的罚款和没收的违法所得至今已缴的部分；加处罚款不计。")),
    paid,
    Share("payment_rate", _("罚款缴纳率"), Group.CASES, paid, fines, basis=f"{_PENALTY_LAW} §67",
          about=_("期内决定的罚款中至今已缴的比例。")),
    decided,
    Indicator("decision_days", _("平均办案天数"), _DAY, Group.CASES, ALL_DECIDED, how=How.MEAN, places=1, basis=f"{_PENALTY_LAW} §60",
              about=_("期内作出决定的普通程序案件自立案至决定的平均日历天数，不扣除中止、检测等期间。")),
    decided_late,
    Share("late_rate", _("逾期决定率"), Group.CASES, decided_late, decided, basis=f"{_PENALTY_LAW} §60",
          about=_("逾期作出的决定占普通程序结论的比例。")),
    Indicator("penalties_published", _("处罚决定公开"), _PIECE, Group.CASES, PUBLISHED, basis=f"{_PENALTY_LAW} §48",
              about=_("期内公开的处罚决定，按公开之日计。")),
    Indicator("cases_closed", _("结案"), _PIECE, Group.CASES, CLOSED, basis=f"{_MEASURES} §68",
              about=_("期内结案的普通程序和简易程序案件。")),
    no_penalty,
    Indicator("no_penalty_decisions", _("轻微违法不予处罚"), _PIECE, Group.LENIENCE, MINOR, basis=f"{_PENALTY_LAW} §33",
              about=_("期内因轻微并及时改正、初次违法而不予处罚的案件。")),
    Indicator("no_penalty_amount", _("不予处罚金额"), _YUAN, Group.LENIENCE, MINOR, how=How.SUM, basis=f"{_PENALTY_LAW} §33",
              about=_("轻微违法不予处罚的案件原告知（未告知的为原拟处）的罚款之和。")),
    Indicator("public_apology_cases", _("公开道歉承诺从轻"), _PIECE, Group.LENIENCE, APOLOGY, basis="粤环发〔2021〕7号",
              about=_("期内决定、经公开道歉承诺从轻处罚的案件；决定被撤销的不计。")),
    Indicator("public_apology_reduction", _("公开道歉减免金额"), _YUAN, Group.LENIENCE, APOLOGY, how=How.SUM, basis="粤环发〔2021〕7号",
              about=_("公开道歉承诺从轻处罚的案件告知的罚款减去决定的罚款之和。")),
    Indicator("educated", _("轻微教育办结"), _PIECE, Group.LENIENCE, EDUCATED, basis=f"{_PENALTY_LAW} §33",
              about=_("期内核查后未立案、以教育办结的轻微违法。")),
    Indicator("cases_transferred", _("移送其他机关"), _PIECE, Group.TRANSFERS, TRANSFERRED, basis=_MEASURES,
              about=_("期内移送有管辖权的机关或者决定移送的案件。")),
    Indicator("hearings", _("举行听证"), _PIECE, Group.REMEDIES, HEARD, basis=f"{_PENALTY_LAW} §§63、64",
              about=_("期内举行听证的案件，按举行之日计。")),
    Indicator("reviews", _("行政复议"), _PIECE, Group.REMEDIES, REVIEWED, basis="中华人民共和国行政复议法",
              about=_("期内复议机关受理的处罚案件，按受理之日计。")),
    Indicator("suits", _("行政诉讼"), _PIECE, Group.REMEDIES, SUED, basis="中华人民共和国行政诉讼法",
              about=_("期内人民法院受理的处罚案件，按受理之日计。")),
    Indicator("contests_lost", _("复议、诉讼被撤销或者变更"), _PIECE, Group.REMEDIES, LOST, basis="中华人民共和国行政复议法、行政诉讼法",
              about=_("期内处罚决定被撤销或者变更的复议决定、裁判，按生效之日计。")),
    Indicator("payments_overdue", _("逾期未缴罚款"), _PIECE, Group.REMEDIES, OVERDUE, basis=f"{_PENALTY_LAW} §72",
              about=_("期内缴款期限届满而未缴清的案件。")),
    Indicator("court_applications", _("申请法院强制执行"), _PIECE, Group.REMEDIES, COURT, basis="中华人民共和国行政强制法 §53",
              about=_("期内向人民法院申请强制执行的案件。")),
    Indicator("court_amount", _("申请强制执行金额"), _YUAN, Group.REMEDIES, COURT, how=How.SUM, basis="中华人民共和国行政强制法 §53",
              about=_("申请强制执行时欠缴的罚款、加处罚款与没收款之和。")),
    Indicator("credit_repairs", _("同意信用修复"), _PIECE, Group.REMEDIES, REPAIRED, basis="信用修复管理办法（国家发展改革委令第36号）",
              about=_("期内同意修复、终止公示行政处罚信息的申请，按同意之日计。")),
)  # fmt: skip
