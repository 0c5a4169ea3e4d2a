"""This line's part of the synthetic city: measures in several standings, each called synthetic (模拟)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.documents.models import MatterDocument, ServiceReceipt
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import User
from zhihuan.bureau.people.roles import FIELD_OFFICER
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.lines.measures.crime_transfer import MATERIALS as CRIME_PAPERS
from zhihuan.lines.measures.detention_transfer import MATERIALS as DETENTION_PAPERS
from zhihuan.lines.measures.models import Measure

_WHY = "模拟情况，仅供演示。"
#: Of each procedure: days since it was opened, and its steps with the days that passed since the one before. A
#: document's code after the step: it was served that day.
_COURSES: tuple[tuple[str, int, tuple[tuple[str, int, str], ...]], ...] = (
    ("correction_order", 12, (("propose", 0, ""), ("decide", 1, ""), ("served", 1, "correction_order"))),
    ("correction_order", 60, (("propose", 0, ""), ("decide", 1, ""), ("served", 1, "correction_order"), ("check_not", 20, ""))),
    ("sealing", 24, (("propose", 0, ""), ("approve", 1, ""), ("carry_out", 0, ""))),
    ("sealing", 3, (("propose", 0, ""),)),
    ("production_limit", 40, (("propose", 0, ""), ("notify", 1, ""), ("served_notice", 1, "notice"), ("decide_limit", 12, ""), ("served", 2, "decision"))),
    ("daily_fine", 9, (("propose", 0, ""), ("notify", 1, ""), ("served_notice", 1, "notice"))),
    ("detention_transfer", 2, (("propose", 0, ""), ("approve", 1, ""))),
    ("crime_transfer", 5, (("report", 0, ""), ("approve", 1, ""), ("hand_over", 0, ""))),
    ("special_team", 20, (("propose", 0, ""), ("set_up", 1, ""))),
    ("observation", 15, (("propose", 0, ""), ("set", 1, ""), ("served", 1, "notice"))),
)  # fmt: skip
#: What a matter of each is called after its firm.
_NAMES = {
    "correction_order": "责令改正", "sealing": "查封", "production_limit": "限制生产", "daily_fine": "按日连续处罚",
    "detention_transfer": "移送拘留", "crime_transfer": "移送涉嫌犯罪", "special_team": "专案", "observation": "执法观察期",
}  # fmt: skip
#: Steps that officers take in twos, those of heads, and those of leaders and sections.
_IN_TWOS = {"propose", "report", "carry_out", "check_not"}
_HEAD = {"decide", "approve", "notify", "decide_limit", "set"}
_LEADER = {("crime_transfer", "approve"), ("special_team", "set_up")}
_SECTION = {("special_team", "propose")}


def load(today: dt.date) -> None:
    """A course of each at the first synthetic enterprises; loading twice changes nothing."""
    if Measure.objects.filter(synthetic=True).exists():
        return
    firms = list(Enterprise.objects.filter(synthetic=True).order_by("code")[: len(_COURSES)])
    pair = _pair(today)
    if len(pair) < 2 or not firms:
        return
    for number, (procedure, age, steps) in enumerate(_COURSES):
        firm = firms[number % len(firms)]
        _course(procedure, firm, today - dt.timedelta(age), steps, pair)


def _pair(today: dt.date) -> list[User]:
    """Two officers whose certificates are valid today and were all the while."""
    found = User.objects.filter(
        synthetic=True, grants__role=FIELD_OFFICER, certificates__expires__gte=today,
        certificates__issued__lte=today - dt.timedelta(90),
    )  # fmt: skip
    return list(found.distinct().order_by("pk")[:2])


def _course(procedure: str, firm: Enterprise, day: dt.date, steps: Any, pair: list[User]) -> None:
    at = dt.datetime.combine(day, dt.time(9), BEIJING)
    about = {
        "title": f"{firm.name}{_NAMES[procedure]}（模拟）",
        "party": firm,
        "town": firm.town,
        "synthetic": True,
    }
    opener = _taker(procedure, steps[0][0], firm)
    measure = open_matter(procedure, Acting(opener, at=at), **about)
    for step, days, served in steps:
        at += dt.timedelta(days)
        taker = _taker(procedure, step, firm)
        if served:
            _serve(measure, served, at.date(), taker)
        said = Said(_said(procedure, step, at))
        together = pair if step in _IN_TWOS else ()
        take(measure, step, Acting(taker, at=at, officers=together), said, version=measure.version)


def _taker(procedure: str, step: str, firm: Enterprise) -> User:
    """The leader, the head, or the officer of the town."""
    if (procedure, step) in _LEADER:
        return User.objects.get(username="leader", synthetic=True)
    if step in _HEAD or (procedure, step) in _SECTION:
        return User.objects.get(username="head", synthetic=True)
    here = User.objects.filter(synthetic=True, grants__role=FIELD_OFFICER)
    found: User = here.filter(organisation__towns=firm.town).order_by("pk")[0]
    return found


def _serve(measure: Matter, code: str, day: dt.date, officer: User) -> None:
    made = MatterDocument.objects.filter(matter=measure.pk, code=code).latest("pk")
    ServiceReceipt.objects.create(
        document=made, way="direct", tried_on=day, effective_on=day, recipient=measure.party_name,
        served_by=str(officer), received_by="王某（模拟）", recorded_by=officer,
    )  # fmt: skip


def _said(procedure: str, step: str, at: dt.datetime) -> dict[str, Any]:
    """What a step is told: whatever its form asks for beyond its first choices."""
    day, earlier = at.date(), at.date() - dt.timedelta(3)
    papers = CRIME_PAPERS if procedure == "crime_transfer" else DETENTION_PAPERS
    told: dict[str, Any] = dict.fromkeys(_TEXTS, _WHY)
    told |= {
        "act_on": earlier, "at_once": "on", "warns_daily": "on", "secret": "on", "not_sealed": "on",
        "happened": at if step in {"carry_out", "hand_over"} else day, "ended": at, "how": "discharging",
        "kind": {"sealing": "seal", "special_team": "grave"}.get(procedure, "limit"),
        "case": "over" if procedure == "production_limit" else "toxic", "exempt": "none", "months": "2",
        "presence": "present", "stops_discharge": "" if procedure == "production_limit" else "on", "act": _ACTS.get(procedure, _WHY),
        "penalty_on": day - dt.timedelta(30), "served_on": day - dt.timedelta(20), "original": "100000", "refused": "still",
        "ground": "evasion", "degree": "normal", "crime": "338", "earlier_days": "0", "waived": "on",
        "conditions": ["minor", "harmless", "first", "mendable", "promised"],
        "materials": [code for code, _title in papers], "originals": "on", "members": "模拟组员甲\n模拟组员乙",
        "evidence": _WHY if procedure == "crime_transfer" else "",
    }  # fmt: skip
    return told


_ACTS = {"observation": "records", "daily_fine": "over"}
_TEXTS = (
    "violated", "demand", "found", "facts", "items", "place", "stock", "keeper", "heard", "reply", "why",
    "penalty_number", "order_number", "person", "suspects", "police", "procuratorate", "receiver", "number",
    "about", "lead", "plan",
)  # fmt: skip
