"""Who finds, judges, checks and decides, what they say, and a clue on its way. All synthetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass
class Cast:
    """duty: at the bureau; head, field, second: of the town's branch, the officers with certificates; novice:
    without one; leader; stranger, outsider: a head and an officer of another branch."""

    duty: Any
    head: Any
    field: Any
    second: Any
    novice: Any
    leader: Any
    stranger: Any
    outsider: Any
    here: Any
    there: Any
    firm: Any
    town: Any

    @classmethod
    def made(cls, person: Callable[..., Any]) -> Cast:
        from zhihuan.bureau.people.models import Organisation
        from zhihuan.bureau.places.city import find_town

        bureau = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")[0]
        here, there = (
            Organisation.objects.create(name=f"{name}分局", kind="branch", parent=bureau)
            for name in ("三角", "小榄")
        )
        here.towns.set([find_town("三角镇")])
        there.towns.set([find_town("小榄镇")])
        made = cls(
            duty=person("duty_officer", name="duty", at=bureau),
            head=person("section_head", name="head", at=here),
            field=person("field_officer", name="field", at=here),
            second=person("field_officer", name="second", at=here),
            novice=person("field_officer", name="novice", at=here),
            leader=person("leader", name="leader", at=bureau),
            stranger=person("section_head", name="stranger", at=there),
            outsider=person("field_officer", name="outsider", at=there),
            here=here,
            there=there,
            firm=_factory("中山某印染有限公司"),
            town=find_town("三角镇"),
        )
        for number, officer in enumerate((made.field, made.second, made.outsider), 1):
            certified(officer, f"中环执{number:03d}")
        return made


@dataclass
class Walk:
    """A clue that goes from step to step, at nine in the morning (Beijing) of a day."""

    cast: Cast
    clue: Any

    JUDGED: ClassVar[dict[str, str]] = {
        "consequence": "L4",
        "tier": "B",
        "reasons": "连续三小时超过许可限值，无标记",
    }
    REASON: ClassVar[dict[str, str]] = {"reason": "经核查"}

    @classmethod
    def opened(cls, cast: Cast, day: str, **fields: Any) -> Walk:
        from zhihuan.bureau.matters.engine.taking import Acting, open_matter

        about = {
            "title": "某印染公司化学需氧量超标",
            "party": cast.firm,
            "town": cast.town,
        } | fields
        return cls(cast, open_matter("clue", Acting(cast.duty, at=nine(day)), **about))

    def take(self, step: str, by: Any, day: str, *, officers: Any = (), **said: Any) -> Any:
        from zhihuan.bureau.matters.engine.taking import Acting, Said, take

        acting = Acting(by, "10.0.0.8", officers, at=nine(day))
        return take(self.clue, step, acting, Said(said), version=self.clue.version)

    def register(self, day: str = "2026-02-12", by: Any = None, **said: Any) -> Any:
        told = {
            "source": "alarm",
            "found_at": f"{day}T08:30",
            "contradiction": "化学需氧量小时均值 132 mg/L，许可限值 80 mg/L，已持续 3 小时。",
        }
        return self.take("register", by or self.cast.duty, day, **(told | said))

    def report(self, channel: str = "12369", **said: Any) -> Any:
        """Registered as the report of a named informant."""
        told = {"source": "complaint", "channel": channel, "is_real_name": "on"}
        return self.register(**(told | {"contradiction": "夜间偷排黑水，白天不排。"} | said))

    def sent(self, branch: Any = None) -> dict[str, Any]:
        return {"branch": (branch or self.cast.here).pk, "tasks": "查看治污设施与在线监测站房"}

    def verify(self, day: str, finding: str, **said: Any) -> Any:
        told = {
            "finding": finding,
            "checked_at": f"{day}T08:00",
            "facts": "治污设施停运，排放口有黑水。",
        }
        officers = [self.cast.field, self.cast.second]
        return self.take("verify", self.cast.field, day, officers=officers, **(told | said))

    def informant(self, name: str = "李举报", phone: str = "13800138000") -> Any:
        from zhihuan.lines.clues.models import Informant

        made = Informant.sealed(self.kept(), self.cast.duty, name=name, phone=phone)
        made.save()
        return made

    def clock(self, code: str) -> Any:
        """The newest clock of that code."""
        return self.clue.clocks.filter(code=code).order_by("-pk").first()

    def kept(self) -> Any:
        """The clue as the database has it."""
        from zhihuan.lines.clues.models import Clue

        return Clue.objects.get(pk=self.clue.pk)


def nine(day: str) -> dt.datetime:
    """Nine in the morning, Beijing."""
    return dt.datetime.fromisoformat(f"{day}T09:00+08:00")


def certified(officer: Any, number: str) -> None:
    from zhihuan.bureau.people.models import EnforcementCertificate

    EnforcementCertificate.objects.create(
        user=officer, number=number, issued=dt.date(2024, 1, 1), expires=dt.date(2031, 12, 31)
    )


def _factory(name: str) -> Any:
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise

    made = Enterprise.objects.create(
        code=name, name=name, kind="enterprise", no_code_reason="模拟", town=find_town("三角镇"),
        address="三角镇模拟路 1 号", synthetic=True,
    )  # fmt: skip
    return Organisation.objects.get(pk=made.pk)
