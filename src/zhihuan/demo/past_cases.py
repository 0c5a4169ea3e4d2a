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
from zhihuan.lines.enforcement.demo_law import ACTS, REGISTRATION, cited

__all__ = ["load_past_cases"]

#: As far back as two whole years to this day; the newest of them are so old that they are over.
_DAYS, _NEWEST = 700, 75
_ON_THE_SPOT, _ORDINARY = 30, 8
#: Three tenths less is still not below the least of these acts (2 万元).
_FINES = (30_000, 40_000, 50_000, 60_000, 80_000)
_SOURCES = ("check", "monitoring", "complaint", "tour")
#: What became of them, in turn.
_ENDINGS = (Ending.APOLOGY, Ending.PAID, Ending.SPARED, Ending.PAID)
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
    act = chance.choice(ACTS)
    ending = _ENDINGS[number % len(_ENDINGS)]
    if ending is Ending.PAID and age < dt.timedelta(200) and chance.random() < 0.3:
        ending = Ending.OVERDUE
    return About(act, chance.choice(_FINES), ending, chance.choice(_SOURCES))


def _on_the_spot(chance: Random, firm: Enterprise, day: dt.date) -> None:
    """Decided, paid, reported back and closed; nothing of a city without the people for it."""
    two, officer = _two(day), officer_of(firm.town)
    head = User.objects.filter(synthetic=True, username="head").first()
    if len(two) < 2 or officer is None or head is None:
        return
    fine, title = chance.choice([500, 1000, 2000, 3000]), REGISTRATION.case_type + _MARK
    case = _Case.opened(firm, title, Acting(officer, officers=two, at=_ten(day)))
    case.take("punish", officer, 0, two, **_sheet(chance.choice(_SOURCES), day, fine))
    papers = ["paper_decision", "paper_record"]
    case.take("report_back", officer, 2, reported_on=day + dt.timedelta(2), papers=papers)
    paid_on = day + dt.timedelta(5)
    case.take("pay_all", officer, 5, amount=fine, paid_on=paid_on, receipt_number="模拟")
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


def _sheet(source: str, day: dt.date, fine: int) -> dict[str, Any]:
    return cited(REGISTRATION, day, day) | {
        "source": source, "found_on": day, "act_until": day, "case_type": REGISTRATION.case_type, "place": "厂区",
        "identity_shown": "on", "facts": REGISTRATION.facts, "defence": "无",
        "kinds": ["fine"], "fine": fine, "received_by": "王某（模拟）",
    }  # fmt: skip


def _two(day: dt.date) -> Sequence[User]:
    """Whose certificates were valid that day."""
    valid = EnforcementCertificate.objects.filter(
        user__synthetic=True, issued__lte=day, expires__gte=day
    )
    return [each.user for each in valid.select_related("user").order_by("pk")[:2]]


def _ten(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), BEIJING)
