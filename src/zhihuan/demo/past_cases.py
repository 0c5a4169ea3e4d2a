"""Two years of cases behind the demo's own, so that a year's figures are worth looking at and have a year to be compared with.
Every one goes its way through the engine, papers and all, and is called synthetic (模拟往年).

Only the demo itself has them. They are few, for each makes its papers: the first start is to stay short.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import EnforcementCertificate, User
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.demo.staffing import officer_of
from zhihuan.lines.enforcement.demo import walk_case
from zhihuan.lines.enforcement.demo_courses import About, Ending

__all__ = ["load_past_cases"]

#: As far back as two whole years to this day; the newest of them are so old that they are over.
_DAYS, _NEWEST = 700, 75
_ON_THE_SPOT, _ORDINARY = 30, 8
_SMALL = (
    "环境管理台账不全",
    "未按规定公开环境信息",
    "排放口标识不规范",
    "危险废物标识不规范",
    "未按规定保存监测记录",
)
_LARGE = (
    ("超标排放水污染物", "模拟：废水总排口化学需氧量浓度超过许可限值。"),
    ("超标排放大气污染物", "模拟：锅炉排放口氮氧化物浓度超过许可限值。"),
    ("未按规定贮存危险废物", "模拟：废机油露天堆放，无防渗措施。"),
    ("未正常运行治理设施", "模拟：活性炭吸附装置停运。"),
    ("未按排污许可证要求自行监测", "模拟：缺少两个季度的监测报告。"),
)
_FINES = (20_000, 30_000, 50_000, 60_000, 80_000)
_SOURCES = ("check", "monitoring", "complaint", "tour")
#: What became of them, in turn.
_ENDINGS = (Ending.APOLOGY, Ending.PAID, Ending.SPARED, Ending.PAID)
_LAW = "《广东省环境保护条例》第六十七条"
_MARK = "（模拟往年）"


def load_past_cases(today: dt.date) -> None:
    """The same cases every time; loading twice changes nothing. None in a city where nobody may act."""
    if Matter.objects.filter(synthetic=True, title__endswith=_MARK).exists():
        return
    firms = list(Enterprise.objects.filter(synthetic=True).select_related("town").order_by("code"))
    chance = Random(2024)  # noqa: S311 - the same city every time
    for firm, day in _chosen(chance, firms, _ON_THE_SPOT, today):
        _on_the_spot(chance, firm, day)
    for number in range(min(len(firms), _ORDINARY)):
        day = today - dt.timedelta(_evenly(number))
        firm, about = chance.choice(firms), _about(chance, number, today - day)
        walk_case(firm, day, today, about.case_type + _MARK, about)


def _evenly(number: int) -> int:
    """Days back, so that either year has each ending."""
    return _NEWEST + number * (_DAYS - _NEWEST) // (_ORDINARY - 1)


def _chosen(
    chance: Random, firms: Sequence[Enterprise], most: int, today: dt.date
) -> Iterator[tuple[Enterprise, dt.date]]:
    """A firm and a day each; the newer year is the busier one."""
    for _number in range(min(len(firms), most)):
        back = _NEWEST + round((_DAYS - _NEWEST) * chance.random() ** 1.3)
        yield chance.choice(firms), today - dt.timedelta(back)


def _about(chance: Random, number: int, age: dt.timedelta) -> About:
    """Unpaid are only newer ones: an older one would wait at the court by now."""
    case_type, facts = chance.choice(_LARGE)
    ending = _ENDINGS[number % len(_ENDINGS)]
    if ending is Ending.PAID and age < dt.timedelta(200) and chance.random() < 0.3:
        ending = Ending.OVERDUE
    return About(case_type, facts, chance.choice(_FINES), ending, chance.choice(_SOURCES))


def _on_the_spot(chance: Random, firm: Enterprise, day: dt.date) -> None:
    """Decided, paid, reported back and closed; nothing of a city without the people for it."""
    two, officer = _two(day), officer_of(firm.town)
    head = User.objects.filter(synthetic=True, username="head").first()
    if len(two) < 2 or officer is None or head is None:
        return
    case_type, fine = chance.choice(_SMALL), chance.choice([None, 500, 1000, 2000, 3000])
    case = _Case.opened(firm, case_type + _MARK, Acting(officer, officers=two, at=_ten(day)))
    case.take("punish", officer, 0, two, **_sheet(chance.choice(_SOURCES), day, case_type, fine))
    case.take("report_back", officer, 2, reported_on=day + dt.timedelta(2))
    if fine:
        case.take(
            "pay_all", officer, 5, amount=fine, paid_on=day + dt.timedelta(5), receipt_number="模拟"
        )
    case.take("not_published", head, 8, why="模拟：不具有一定社会影响。")
    case.take("close", head, 20, why="模拟：已履行完毕。")


class _Case:
    """One of the simple procedure, on its way; days count from the day of the decision."""

    def __init__(self, matter: Any, day: dt.date) -> None:
        self.matter, self.day = matter, day

    @classmethod
    def opened(cls, firm: Enterprise, title: str, acting: Acting) -> _Case:
        about = {"title": firm.name + title, "party": firm, "town": firm.town, "synthetic": True}
        matter = open_matter("simple_case", acting, **about)
        return cls(matter, acting.moment().date())

    def take(self, step: str, who: User, after: int, two: Sequence[User] = (), **said: Any) -> None:
        acting = Acting(who, officers=two, at=_ten(self.day + dt.timedelta(after)))
        take(self.matter, step, acting, Said(said), version=self.matter.version)


def _sheet(source: str, day: dt.date, case_type: str, fine: int | None) -> dict[str, Any]:
    return {
        "source": source, "found_on": day, "act_until": day, "case_type": case_type, "place": "厂区",
        "identity_shown": "on", "facts": "模拟违法事实。", "law_broken": _LAW, "law_penalty": _LAW, "defence": "无",
        "kinds": ["fine"] if fine else ["warning"], "fine": fine or "", "received_by": "王某（模拟）",
    }  # fmt: skip


def _two(day: dt.date) -> Sequence[User]:
    """Whose certificates were valid that day."""
    valid = EnforcementCertificate.objects.filter(
        user__synthetic=True, issued__lte=day, expires__gte=day
    )
    return [each.user for each in valid.select_related("user").order_by("pk")[:2]]


def _ten(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), BEIJING)
