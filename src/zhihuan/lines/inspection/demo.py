"""This line's part of the synthetic city: a plan that was drawn and disclosed, one that waits for its draw, visits
in several standings, a firm on the positive list, and three officers of the whole city. All called synthetic (模拟)."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.people.models import EnforcementCertificate, Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import FIELD_OFFICER
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.lines.inspection.models import Inspection, InspectionPlan, Standing
from zhihuan.lines.inspection.stated import checklist_of, stated_of

_OFFICERS = ("inspect-1", "inspect-2", "inspect-3")
_VALID_FOR = dt.timedelta(days=3 * 365)
#: So many firms are drawn; the first of their visits is walked to its end, the others are cancelled.
_DRAWN = 2


def load(today: dt.date) -> None:
    """Loading twice changes nothing."""
    if InspectionPlan.objects.filter(synthetic=True).exists():
        return
    head = User.objects.get(username="head", synthetic=True)
    firms = list(Enterprise.objects.filter(synthetic=True).order_by("code")[:8])
    if len(firms) < _DRAWN + 2:
        return
    officers = [_officer(number, head, today) for number in range(len(_OFFICERS))]
    for firm, credit in zip(firms, "ABCD", strict=False):
        day = today - dt.timedelta(days=200)
        Standing.objects.create(enterprise=firm, credit=credit, since=day, source="模拟评定")
    _drawn_plan(head, officers, firms, today)
    _plan(head, firms, today, days_ago=1, title="模拟下季度双随机抽查")
    _visit(head, officers, firms[0], today)
    _listing(head, firms[1], today)


def _officer(number: int, head: User, today: dt.date) -> User:
    username = _OFFICERS[number]
    made, _is_new = User.objects.get_or_create(
        username=username,
        synthetic=True,
        defaults={
            "display_name": f"模拟执法支队{'甲乙丙'[number]}",
            "organisation": head.organisation,
            "password": head.password,
        },
    )
    RoleGrant.objects.get_or_create(
        user=made, role=FIELD_OFFICER, organisation=head.organisation, defaults={"reason": "演示"}
    )
    if not made.certificates.exists():
        ends = today + dt.timedelta(days=600)
        EnforcementCertificate.objects.create(
            user=made, number=f"模拟-Z{number + 1:03d}", issued=ends - _VALID_FOR, expires=ends
        )
    return made


def _plan(head: User, firms: list[Enterprise], today: dt.date, *, days_ago: int, title: str) -> Any:
    at = _nine(today - dt.timedelta(days=days_ago))
    acting = Acting(head, at=at)
    plan = open_matter("inspection_plan", acting, title=title, town=firms[0].town, synthetic=True)
    said = {
        "purpose": "排污许可执行、自动监测运行（模拟）", "approval": f"模拟检〔{at:%Y}〕1号",
        "begins_on": at.date(), "ends_on": today + dt.timedelta(days=30),
        "towns": sorted({each.town_id for each in firms}), "levels": ["key"], "how_many": _DRAWN, "barred": "",
    }  # fmt: skip
    take(plan, "commit", acting, Said(said), version=plan.version)
    return plan


def _drawn_plan(head: User, officers: list[User], firms: list[Enterprise], today: dt.date) -> None:
    plan = _plan(head, firms, today, days_ago=30, title="模拟上季度双随机抽查")
    day = today - dt.timedelta(days=28)
    said = {"public_word": "模拟字串 31415926", "witness": "模拟见证人"}
    take(plan, "draw", Acting(head, at=_nine(day)), Said(said), version=plan.version)
    for number, visit in enumerate(Inspection.objects.filter(plan=plan.pk).order_by("pk")):
        if number == 0:
            _walk(visit, officers, day + dt.timedelta(days=1))
            continue
        acting = Acting(head, at=_nine(day + dt.timedelta(days=1)))
        take(visit, "cancel", acting, Said({"reason": "企业停产（模拟）"}), version=visit.version)
    for step, days in (("finish", 3), ("disclose", 5)):
        acting = Acting(head, at=_nine(day + dt.timedelta(days=days)))
        take(plan, step, acting, Said(), version=plan.version)


def _walk(visit: Inspection, officers: list[User], day: dt.date) -> None:
    """From arrival to the end, by the two who were drawn."""
    pair = [each for each in officers if each.pk in {one["id"] for one in visit.planned}]
    if len(pair) < 2:  # another branch's officers were drawn
        pair = list(User.objects.filter(pk__in=[one["id"] for one in visit.planned]))
    at = _nine(day)
    acting = Acting(pair[0], officers=pair, at=at)
    for step, said in _said_on_the_way(visit, at).items():
        take(visit, step, acting, Said(said), version=visit.version)


def _said_on_the_way(visit: Inspection, at: dt.datetime) -> dict[str, dict[str, Any]]:
    moment = at.isoformat()
    items = checklist_of(stated_of(visit.party, at.date()))
    answers = {f"checks-{each.code}": "yes" for each in items}
    signed = dict.fromkeys(("party_signed", "officer_1_signed", "officer_2_signed"), _signature(at))
    arrival = {
        "arrived_at": moment, "place": "厂区（模拟）", "presented": "on", "rights_told": "on", "recusal_asked": "no",
        "person_name": "模拟负责人", "person_duty": "环保主管",
    }  # fmt: skip
    record = {
        "situation": "生产正常，治理设施运行（模拟）。", "suspected": "no", "recorded_at": moment,
        "read_by": "read", "refuses": "no",
    }  # fmt: skip
    return {
        "begin": arrival,
        "record": record | answers | signed,
        "leave": {"left_at": moment},
        "archive": {"recorders": "模拟 01", "footage": "模拟 0001"},
        "tell": {"result": "未发现问题（模拟）。", "told_to": "模拟负责人", "reports_told": "none"},
        "clear": {},
    }


def _visit(head: User, officers: list[User], firm: Enterprise, today: dt.date) -> None:
    """One that waits to be made."""
    acting = Acting(head, at=_nine(today - dt.timedelta(days=1)))
    party = Organisation.objects.get(pk=firm.pk)
    visit = open_matter(
        "inspection", acting, title=f"{firm.name}线索核查", party=party, town=firm.town, synthetic=True
    )  # fmt: skip
    said = {
        "kind": "clue", "reason": "群众反映夜间异味（模拟）", "items": ["permit", "air"], "approval": f"模拟检〔{today:%Y}〕2号",
        "visit_by": today + dt.timedelta(days=10), "officer_1": officers[0].pk, "officer_2": officers[1].pk,
    }  # fmt: skip
    take(visit, "assign", acting, Said(said), version=visit.version)


def _listing(head: User, firm: Enterprise, today: dt.date) -> None:
    acting = Acting(head, at=_nine(today - dt.timedelta(days=1)))
    party = Organisation.objects.get(pk=firm.pk)
    listing = open_matter(
        "positive_list", acting, title=f"{firm.name}列入正面清单", party=party, town=firm.town, synthetic=True
    )  # fmt: skip
    said = {
        "listed_from": today, "listed_until": today + dt.timedelta(days=180), "ground": "三年无违法记录（模拟）",
    }  # fmt: skip
    take(listing, "enlist", acting, Said(said), version=listing.version)


def _signature(at: dt.datetime) -> str:
    """A wave: nobody's hand."""
    points = [[20 + 6 * n, round(120 + 60 * math.sin(n / 6)), 15 * n] for n in range(90)]
    told = {"width": 640, "height": 240, "began": at.isoformat(), "strokes": [points]}
    return json.dumps(told)


def _nine(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), BEIJING)
