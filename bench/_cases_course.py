"""Penalty cases as a course of ``_matters_city``: what steps are told, the case's own row, the acts that count of it.

The rows of counted acts are made by the declarations themselves (``indicators.counting``), so that the statistics page
counts what it would count of cases that the engine carried. Imported where Django is ready.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any

from zhihuan.indicators.catalogue import acts_of
from zhihuan.indicators.counting import counted
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.procedure import PENALTY_CASE

_TO_DECISION = (
    "register", "inspect", "ask_filing", "endorse_filing", "file", "report", "submit", "review_to_notice", "notify",
    "notice_served", "unanswered",
)  # fmt: skip
_DECIDED = (*_TO_DECISION, "decide", "decision_served")
#: Weight, and the steps after the opening; thirteen events a case.
WALKS = (
    (45, (*_DECIDED, "publish", "pay_all", "recheck", "close")),
    (10, (*_TO_DECISION, "decide_nothing", "nothing_served", "close")),
    (10, (*_DECIDED, "overdue")),
    (10, _TO_DECISION),
    (15, _TO_DECISION[:6]),
    (10, ("register", "inspect")),
)
CLOCKS = (
    ("decision", "E02", "file", "decide"),
    ("pay", "E10", "decision_served", "pay_all"),
    ("publish", "E16", "decide", "publish"),
)
_ACT = "acts matter_id event_id day amount procedure town_id party_id case_type source law industry"
_FIELDS = PenaltyCase._meta.local_concrete_fields
MORE = {
    "enforcement_penaltycase": " ".join(each.column for each in _FIELDS),
    "indicators_countedact": _ACT,
}
_CODE_DAY = date(2026, 8, 15)
_TYPES = ("超标排放水污染物", "未批先建", "未按规定贮存危险废物", "逃避监管排放污染物")
_FACTS = (
    "废水总排口化学需氧量超过排污许可证规定的限值，有监测报告、现场检查笔录和询问笔录为证。" * 4
)
_LAW = "《中华人民共和国水污染防治法》第八十三条第二项"
_SOURCES = ("check", "monitoring", "complaint")


def procedure() -> Any:
    """The ordinary procedure."""
    return PENALTY_CASE


@cache
def _told(step: str) -> str:
    told = {
        "register": {"source": "check", "what": _FACTS, "found_on": "2026-01-05"},
        "inspect": {"place": "废水总排口", "found": _FACTS},
        "ask_filing": {"case_type": _TYPES[0], "evidence": _FACTS, "law_broken": _LAW},
        "report": {"facts": _FACTS, "evidence": _FACTS, "discretion": _FACTS, "law_penalty": _LAW},
        "notify": {"facts": _FACTS, "notified_fine": "50000", "notified_kinds": ["fine"]},
        "decide": {"facts": _FACTS, "discretion": _FACTS, "fine": "50000", "kinds": ["fine"], "law_penalty": _LAW},
        "decide_nothing": {"facts": _FACTS, "ground": "minor", "why": _FACTS},
    }  # fmt: skip
    return json.dumps(told.get(step, {}), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def said(step: str, _at: datetime) -> str:
    """What a step was told, as the events keep it."""
    return _told(step)


def more(matter: tuple[Any, ...], events: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """The case's own row and its counted acts; ``matter``, ``events``: as ``_matters_city`` writes them."""
    from django.db import connection

    number, code, _edition, state, *_rest = matter
    taken = {row[7]: row[3].date() for row in events}
    case = _case(number, state, taken)
    steps = [
        SimpleNamespace(pk=row[0], at=row[3], step=row[7], said=json.loads(row[10]))
        for row in events
    ]
    acts = [
        (one.acts, number, one.event, one.day, one.amount, code, matter[7], matter[5], one.traits.case_type,
         one.traits.source, one.traits.law, "17")
        for one in counted(case, steps, acts_of(code))
    ]  # fmt: skip
    own = tuple(each.get_db_prep_save(getattr(case, each.attname), connection) for each in _FIELDS)
    return {"enforcement_penaltycase": [own], "indicators_countedact": acts}


def _case(number: int, state: str, taken: dict[str, date]) -> PenaltyCase:
    decided = taken.get("decide") or taken.get("decide_nothing")
    fine = Decimal(10_000 + number % 97 * 1000) if "decide" in taken else None
    return PenaltyCase(
        matter_ptr_id=number, id=number, state=state, source=_SOURCES[number % 3], found_on=taken.get("register"), act_from=taken.get("register"),
        has_harm=False, is_person=False, case_type=_TYPES[number % 4] if "ask_filing" in taken else "",
        is_new_law=bool(decided and decided >= _CODE_DAY), fine=fine, decided_on=decided,
        number=f"中环罚字〔模拟〕{number}号" if decided else "", served_on=taken.get("decision_served"),
        paid=fine if "pay_all" in taken else Decimal(0), filed_on=taken.get("file"),
        proposed_fine=Decimal(50_000) if "report" in taken else None, is_weighty=False, must_discuss=False,
        notified_fine=Decimal(50_000) if "notify" in taken else None, hearing_told=False, hearing_held=False,
        contested=False, overturned=False, apology_rate=None,
        ending={"close": "no_penalty" if "decide_nothing" in taken else "performed"}.get(state, ""),
    )  # fmt: skip
