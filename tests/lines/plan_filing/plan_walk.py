"""Who files, checks and decides, what they say, and a plan on its way. All synthetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PAPERS = (
    "filing_form", "plan", "drafting_note", "risk_report", "resource_report", "review_opinion",
)  # fmt: skip
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class Cast:
    """clerk, head: of the town's branch; stranger: a head elsewhere; owner: the factory's user;
    neighbour: another factory's. paper: a kept file."""

    clerk: Any
    head: Any
    stranger: Any
    owner: Any
    neighbour: Any
    firm: Any
    town: Any
    paper: Any

    @classmethod
    def made(cls, person: Callable[..., Any]) -> Cast:
        from zhihuan.bureau.people.models import Organisation
        from zhihuan.bureau.places.city import find_town
        from zhihuan.bureau.vault.keeping import keep_made

        bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
        here, there = (
            Organisation.objects.create(name=f"{name}分局", kind="branch", parent=bureau)
            for name in ("三角", "小榄")
        )
        here.towns.set([find_town("三角镇")])
        there.towns.set([find_town("小榄镇")])
        firm, other = _factory("中山某印染有限公司"), _factory("中山另一电镀厂")
        return cls(
            clerk=person("registrar", name="clerk", at=here),
            head=person("section_head", name="head", at=here),
            stranger=person("section_head", name="stranger", at=there),
            owner=person("enterprise_user", name="owner", at=_body(firm)),
            neighbour=person("enterprise_user", name="neighbour", at=_body(other)),
            firm=_body(firm),
            town=find_town("三角镇"),
            paper=keep_made(PDF, "预案.pdf"),
        )

    def plan(self, *papers: str, **said: Any) -> dict[str, Any]:
        """What ``submit`` is told: a plan of general risk with these papers; all when none is named."""
        told = {
            "plan_level": "enterprise", "risk": "L", "signed_on": "2026-02-10", "signer": "李四",
            **dict.fromkeys(papers or PAPERS, self.paper),
        }  # fmt: skip
        return told | said


@dataclass
class Walk:
    """A plan that goes from step to step, a day at a time."""

    cast: Cast
    plan: Any

    @classmethod
    def opened(cls, cast: Cast, day: str, **fields: Any) -> Walk:
        from zhihuan.bureau.matters.engine.taking import Acting, open_matter

        about = {"title": "某印染公司应急预案", "party": cast.firm, "town": cast.town} | fields
        actor = cast.owner if about["party"] else cast.clerk
        return cls(cast, open_matter("plan_filing", Acting(actor, at=nine(day)), **about))

    def take(self, step: str, by: Any, day: str, **said: Any) -> Any:
        """Take a step at nine in the morning (Beijing) of that day."""
        from zhihuan.bureau.matters.engine.taking import Acting, Said, take

        acting = Acting(by, "10.0.0.8", at=nine(day))
        return take(self.plan, step, acting, Said(said), version=self.plan.version)

    def clock(self, code: str) -> Any:
        """The newest clock of that code."""
        return self.plan.clocks.filter(code=code).order_by("-pk").first()

    def kept(self) -> Any:
        """The plan as the database has it."""
        from zhihuan.lines.plan_filing.models import PlanFiling

        return PlanFiling.objects.get(pk=self.plan.pk)


def nine(day: str) -> dt.datetime:
    """Nine in the morning, Beijing."""
    return dt.datetime.fromisoformat(f"{day}T09:00+08:00")


def _factory(name: str) -> Any:
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise

    made = Enterprise.objects.create(
        code=name, name=name, kind="enterprise", no_code_reason="模拟", town=find_town("三角镇"),
        address="三角镇模拟路 1 号", legal_representative="张三", synthetic=True,
    )  # fmt: skip
    made.contacts.create(name="王五", phone="0760-8888888")
    return made


def _body(firm: Any) -> Any:
    from zhihuan.bureau.people.models import Organisation

    return Organisation.objects.get(pk=firm.pk)
