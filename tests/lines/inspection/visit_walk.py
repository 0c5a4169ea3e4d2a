"""Who inspects, what they say, and a visit on its way. All synthetic."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CLOCK = "09:00"
JPEG_SIZE = (40, 30)


def a_signature(began: str = "2026-02-13T10:30:00+08:00") -> str:
    """What the pad of a page sends: two strokes in a second and a half."""
    first = [[40 + 6 * n, 120 + (n % 3) * 8, n * 40] for n in range(20)]
    second = [[300 + 5 * n, 60 + 4 * n, 900 + n * 30] for n in range(20)]
    return json.dumps({"width": 640, "height": 240, "began": began, "strokes": [first, second]})


@dataclass
class Cast:
    """head: of the town's branch; stranger: a head elsewhere; first to fourth: officers of the branch with
    certificates, in this order; expired: one whose certificate ended on 10 February 2026; owner: the factory's user."""

    head: Any
    stranger: Any
    first: Any
    second: Any
    third: Any
    fourth: Any
    expired: Any
    owner: Any
    firm: Any
    town: Any

    @classmethod
    def made(cls, person: Callable[..., Any]) -> Cast:
        from zhihuan.bureau.people.models import Organisation
        from zhihuan.bureau.places.city import find_town

        bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
        here, there = (
            Organisation.objects.create(name=f"{name}分局", kind="branch", parent=bureau)
            for name in ("三角", "小榄")
        )
        here.towns.set([find_town("三角镇")])
        there.towns.set([find_town("小榄镇")])
        firm = a_factory("E-001", "中山某印染有限公司")
        people = {
            name: person("field_officer", name=name, at=here)
            for name in ("first", "second", "third", "fourth", "expired")
        }
        for number, (name, user) in enumerate(people.items(), start=1):
            ends = "2026-02-10" if name == "expired" else "2028-12-31"
            user.certificates.create(number=f"ZF-{number}", issued="2024-01-01", expires=ends)
        return cls(
            head=person("section_head", name="head", at=here),
            stranger=person("section_head", name="stranger", at=there),
            owner=person("enterprise_user", name="owner", at=firm),
            firm=firm,
            town=find_town("三角镇"),
            **people,
        )

    def assignment(self, **said: Any) -> dict[str, Any]:
        return {
            "kind": "targeted", "reason": "年度重点检查", "items": ["permit", "water"], "approval": "中环检〔2026〕1号",
            "visit_by": "2026-03-31", "officer_1": self.first.pk, "officer_2": self.second.pk,
        } | said  # fmt: skip

    def arrival(self, day: str, **said: Any) -> dict[str, Any]:
        return {
            "arrived_at": f"{day}T09:00", "place": "三角镇模拟路 1 号厂区", "presented": "on", "rights_told": "on", "recusal_asked": "no",
            "person_name": "王五", "person_duty": "环保主管",
        } | said  # fmt: skip

    def signed(self, **said: Any) -> dict[str, Any]:
        names = ("party_signed", "officer_1_signed", "officer_2_signed")
        return {"read_by": "read", "refuses": "no", **dict.fromkeys(names, a_signature())} | said

    def record(self, day: str, **said: Any) -> dict[str, Any]:
        from zhihuan.lines.inspection.stated import checklist_of, stated_of

        items = checklist_of(stated_of(self.firm, dt.date.fromisoformat(day)))
        answers = {f"checks-{each.code}": "yes" for each in items}
        return {
            "situation": "车间生产，废水处理站运行。", "suspected": "no", "recorded_at": f"{day}T09:00",
            **answers, **self.signed(),
        } | said  # fmt: skip

    def interview(self, day: str, **said: Any) -> dict[str, Any]:
        answers = {f"questions-a{n}": f"答复{n}" for n in range(5)}
        return {
            "person_name": "李四", "person_duty": "车间主任", "person_relation": "staff", "place": "厂办公室",
            "asked_from": f"{day}T08:30", "asked_until": f"{day}T09:00", "rights_told": "on",
            **answers, **self.signed(),
        } | said  # fmt: skip

    def sample(self, day: str, **said: Any) -> dict[str, Any]:
        from zhihuan.bureau.registry.models import Outlet

        outlet = Outlet.objects.filter(site__enterprise=self.firm.pk).get()
        return {
            "outlet": f"outlet-{outlet.pk}", "sample_code": "S-1", "sampled_at": f"{day}T08:40",
            "factors": ["w01018"], "containers": "2", "method": "HJ 91.1-2019", "preservation": "4 ℃ 避光", "working": "正常生产",
            "sampler": "市监测站 赵六", **self.signed(),
        } | said  # fmt: skip

    def report(self, **said: Any) -> dict[str, Any]:
        from zhihuan.bureau.vault.keeping import keep_made

        pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"
        return {
            "sample_codes": "S-1", "agency": "市监测站", "certified": "on", "received_on": "2026-02-26",
            "exceeds": "yes", "conclusion": "化学需氧量 160 mg/L", "report": keep_made(pdf, "报告.pdf"),
        } | said  # fmt: skip

    def telling(self, **said: Any) -> dict[str, Any]:
        return {
            "result": "检查中未发现问题。",
            "told_to": "王五 环保主管",
            "reports_told": "none",
        } | said


@dataclass
class Walk:
    """A visit that goes from step to step, at nine in the morning of a day."""

    cast: Cast
    visit: Any

    @classmethod
    def opened(cls, cast: Cast, day: str, **fields: Any) -> Walk:
        from zhihuan.bureau.matters.engine.taking import Acting, open_matter

        about = {"title": f"{cast.firm}检查", "party": body(cast.firm), "town": cast.town} | fields
        return cls(cast, open_matter("inspection", Acting(cast.head, at=nine(day)), **about))

    def take(self, step: str, by: Any, day: str, officers: Any = None, **said: Any) -> Any:
        """Officers: where the step asks for a pair the first two, unless others are named."""
        from zhihuan.bureau.matters.engine.taking import Acting, Said, take
        from zhihuan.lines.inspection.procedure import INSPECTION

        pair = [self.cast.first, self.cast.second] if INSPECTION.step(step).who.officers else []
        acting = Acting(by, "10.0.0.8", pair if officers is None else officers, at=nine(day))
        return take(self.visit, step, acting, Said(said), version=self.visit.version)

    def clock(self, code: str) -> Any:
        return self.visit.clocks.filter(code=code).order_by("-pk").first()

    def kept(self) -> Any:
        from zhihuan.lines.inspection.models import Inspection

        return Inspection.objects.get(pk=self.visit.pk)


def nine(day: str) -> dt.datetime:
    """Nine in the morning, Beijing."""
    return dt.datetime.fromisoformat(f"{day}T{CLOCK}+08:00")


def body(firm: Any) -> Any:
    from zhihuan.bureau.people.models import Organisation

    return Organisation.objects.get(pk=firm.pk)


def a_factory(code: str, name: str, level: str = "key") -> Any:
    """With a permit, an outlet, a point with a limit, and a treatment plant."""
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry import models

    town = find_town("三角镇")
    made = models.Enterprise.objects.create(
        code=code, name=name, kind="enterprise", no_code_reason="模拟", town=town, level=level,
        address="三角镇模拟路 1 号", legal_representative="张三", synthetic=True,
    )  # fmt: skip
    models.Permit.objects.create(
        enterprise=made, number=f"PERMIT-{code}", valid_from="2024-01-01", valid_until="2028-12-31"
    )
    site = models.Site.objects.create(code=f"S-{code}", name=name, enterprise=made, town=town)
    outlet = models.Outlet.objects.create(
        site=site, number="DW001", name="总排口", medium="water", receiving="市政管网"
    )
    models.Facility.objects.create(
        site=site, number="TW001", name="废水处理站", kind="treatment", outlet=outlet
    )
    point = models.MonitoringPoint.objects.create(
        code=f"P-{code.lower()}", name="总排口监测点", kind="wastewater", site=site, outlet=outlet,
        town=town, lon=113.4, lat=22.7,
    )  # fmt: skip
    models.PointLimit.objects.create(
        point=point, factor="w01018", kind="hour", upper=80, basis="GB 4287-2012", valid_from="2015-01-01"
    )  # fmt: skip
    return made
