"""This line's part of the synthetic city: penalty cases in several standings, each called synthetic (模拟)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx import Document

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.documents.publication import publish
from zhihuan.bureau.documents.serving.consenting import (
    ELECTRONIC,
    acknowledge,
    agree,
    standing_consent,
)
from zhihuan.bureau.documents.serving.recording import Attempt, record_service
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.matters.models import MatterLink
from zhihuan.bureau.people.models import EnforcementCertificate, User
from zhihuan.bureau.people.roles import ENTERPRISE_USER, FIELD_OFFICER
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.vault.keeping import keep_made
from zhihuan.lines.enforcement.demo_courses import PERSON, About, course_of
from zhihuan.lines.enforcement.demo_law import REGISTRATION, cited, reckoned
from zhihuan.lines.enforcement.models import PenaltyCase

#: Days since each case was found: notified, to be paid, closed, all of the first enterprise, whose people have an
#: account; then being looked into (of a natural person), filed, under review, each of another.
_OWN, _OTHERS = (26, 47, 70), (1, 12, 21)
#: Days until the closed one has its credit repaired, and since when there is a rule for it.
_ASKED, _REPAIRED_SINCE = 65, dt.date(2026, 4, 1)
_TITLE = "自动监测设备未正常运行案（模拟）"
#: Of the youngest case, which is about no enterprise.
_BY_A_PERSON = ("登记表未备案案", About(REGISTRATION, person=PERSON))
#: Steps that cite law.
_CITING = ("ask_filing", "report", "notify", "decide")
#: Fields that are told the day or moment of their step.
_DAYS = {
    "register": ("found_on", "act_until"), "pay_all": ("paid_on",), "recheck": ("checked_on",),
    "file_payment": ("paid_on",), "report_correction": ("reported_on",), "apologise": ("applied_on", "published_on"),
}  # fmt: skip


def load(today: dt.date) -> None:
    """Cases at the first synthetic enterprises, and what the first one's people did in the portal; loading
    twice changes nothing."""
    if PenaltyCase.objects.filter(synthetic=True).exists():
        return
    firms = list(Enterprise.objects.filter(synthetic=True).order_by("code")[: 1 + len(_OTHERS)])
    ages = [(firms[0], age) for age in _OWN if firms] + list(zip(firms[1:], _OTHERS, strict=False))
    for firm, age in ages:
        found = today - dt.timedelta(age)
        people = _people(firm, found)
        if people is not None:
            case = _Case.opened(firm, found, people, *(_BY_A_PERSON if age == 1 else (_TITLE,)))
            case.go_on(today)
            case.ask_repair(today)
            _on_the_spot(firm, found, people)


def walk_case(firm: Enterprise, found: dt.date, today: dt.date, title: str, about: About) -> None:
    """One case found on that day, as far as it has come by today; none where no two officers may act."""
    people = _people(firm, found)
    if people is not None:
        _Case.opened(firm, found, people, title, about).go_on(today)


def _people(firm: Enterprise, day: dt.date) -> dict[str, Any] | None:
    """Who acts; None in a city without two officers who may."""
    known = User.objects.filter(synthetic=True)
    names = ("head", "leader", "reviewer")
    held = {each.username: each for each in known.filter(username__in=names)}
    here = known.filter(grants__role=FIELD_OFFICER, organisation__towns=firm.town).first()
    valid = EnforcementCertificate.objects.filter(
        user__synthetic=True, issued__lte=day, expires__gte=day + dt.timedelta(max(_OWN))
    )
    two = [each.user for each in valid.select_related("user").order_by("pk")[:2]]
    if here is None or len(two) < 2 or len(held) < len(names):
        return None
    party = known.filter(grants__role=ENTERPRISE_USER, organisation=firm.pk).first()
    if party is not None:
        _agree_by(firm, party, day)
    return {**held, "officer": here, "two": two, "party": party}


def _on_the_spot(firm: Enterprise, day: dt.date, people: dict[str, Any]) -> None:
    """A small fine of the simple procedure, once."""
    if PenaltyCase.objects.filter(procedure="simple_case", synthetic=True).exists():
        return
    about = {"title": f"{firm.name}登记表未备案（模拟）", "party": firm, "town": firm.town, "synthetic": True}  # fmt: skip
    at, officer = _morning(day), people["officer"]
    case = open_matter("simple_case", Acting(officer, at=at), **about)
    told = {
        **cited(REGISTRATION, day, day), "source": "check", "found_on": day, "act_until": day,
        "case_type": REGISTRATION.case_type, "facts": REGISTRATION.facts, "place": "厂区",
        "identity_shown": "on", "defence": "无", "kinds": ["fine"], "fine": "2000", "received_by": "王某（模拟）",
    }  # fmt: skip
    acting = Acting(officer, officers=people["two"], at=at)
    take(case, "punish", acting, Said(told), version=case.version)
    _after_the_spot(case, day, people)


def _after_the_spot(case: Any, day: dt.date, people: dict[str, Any]) -> None:
    """Reported to the branch, published within seven working days and paid within fifteen: left to be closed."""
    publish_on(case.documents.latest("pk"), people["head"], day + dt.timedelta(3))
    paid = {"amount": "2000", "paid_on": day + dt.timedelta(5), "receipt_number": "模拟-2"}
    for step, after, who, told in (
        (
            "report_back",
            1,
            "officer",
            {"reported_on": day + dt.timedelta(1), "papers": ["paper_decision", "paper_record"]},
        ),
        ("publish", 3, "head", {}),
        ("pay_all", 6, "officer", paid),
    ):
        acting = Acting(people[who], at=_morning(day + dt.timedelta(after)))
        take(case, step, acting, Said(told), version=case.version)


@dataclass
class _Case:
    """One case on its course; ``found``: its first day."""

    matter: Any
    found: dt.date
    people: dict[str, Any]
    about: About = field(default_factory=About)

    @classmethod
    def opened(
        cls,
        firm: Enterprise,
        found: dt.date,
        people: dict[str, Any],
        title: str,
        about: About | None = None,
    ) -> _Case:
        """At an enterprise; about a natural person of its town where ``about`` names one."""
        told: dict[str, Any] = {"title": firm.name + title, "party": firm}
        if about is not None and about.person:
            told = {"title": about.person["id_name"] + title}
        told |= {"town": firm.town, "synthetic": True}
        acting = Acting(people["officer"], at=_morning(found))
        return cls(open_matter("penalty_case", acting, **told), found, people, about or About())

    def go_on(self, today: dt.date) -> None:
        """As far as it has come by today."""
        for step, after, who, told in course_of(self.about):
            day = self.found + dt.timedelta(after)
            if day < today and (who != "party" or self.people["party"]):
                self._do(step, day, self.people.get(who), told)

    def _do(self, step: str, day: dt.date, who: Any, told: dict[str, Any]) -> None:
        act, _space, code = step.partition(" ")
        if code:
            document = self.matter.documents.filter(code=code).latest("pk")
            _serve(document, day, who) if act == "serve" else publish_on(document, who, day)
            if act == "serve" and code == "notice" and self.people["party"]:
                _acknowledge_on(document, self.people["party"], day)
            return
        said = told | dict.fromkeys(_DAYS.get(step, ()), day)
        said |= {name: _paper() for name, value in said.items() if value == "paper"}
        if step in _CITING:
            said |= cited(self.about.act, self.found, day)
        if step == "report":
            said |= {
                "act_until": self.found,
                "reckoning": reckoned(self.about.act, self.found, self.about.fine),
            }
        if step in {"register", "report"}:
            said["act_from"] = self.found - dt.timedelta(self.about.act.lasted)
        if step == "inspect":
            said |= {"begun_at": _morning(day), "ended_at": _morning(day) + dt.timedelta(hours=1)}
        two = self.people["two"] if step in {"inspect", "ask_filing", "report", "recheck"} else ()
        acting = Acting(who, officers=two, at=_morning(day) + dt.timedelta(hours=2))
        take(self.matter, step, acting, Said(said), version=self.matter.version)

    def ask_repair(self, today: dt.date) -> None:
        """The party of a closed case asks for its credit to be repaired; nobody does where the rule is not yet."""
        day, party = self.found + dt.timedelta(_ASKED), self.people["party"]
        if self.matter.ended_at is None or party is None or not _REPAIRED_SINCE <= day < today:
            return
        acting = Acting(party, at=_morning(day))
        told = {"party": self.matter.party, "town": self.matter.town, "synthetic": True}
        repair = open_matter("credit_repair", acting, title=self.matter.title + "信用修复", **told)
        link(repair, MatterLink.Kind.SPAWNED_BY, self.matter, acting, version=repair.version)
        said = {
            "asked_on": day,
            "channel": "direct",
            "done": "模拟：罚款已缴清，已改正。",
            "proof": _paper(),
            "promise": _paper(),
        }
        take(repair, "ask", acting, Said(said), version=repair.version)


def _agree_by(firm: Enterprise, party: Any, day: dt.date) -> None:
    """Electronic service was agreed to before anything was served of a case found that day."""
    consent = agree(firm.pk, "模拟联系人 0760-00000000", party)
    since = min(consent.agreed_at, _morning(day))
    type(consent).objects.filter(pk=consent.pk).update(agreed_at=since)


def _acknowledge_on(document: Any, party: Any, day: dt.date) -> None:
    """In the afternoon of the day on which it arrived."""
    if acknowledge(document, party):
        receipts = document.receipts.filter(acknowledged_at__isnull=False)
        receipts.update(acknowledged_at=_morning(day) + dt.timedelta(hours=6))


def publish_on(document: Any, who: Any, day: dt.date) -> None:
    """The redacted copy, public since that day: a synthetic past is told with its own days."""
    copy = publish(document, who)
    type(copy).objects.filter(pk=copy.pk).update(published_at=_morning(day))


def _serve(document: Any, day: dt.date, who: Any) -> None:
    given = {"tried_on": day, "recipient": document.matter.party_name, "served_by": str(who)}
    if standing_consent(document.matter.party_id):
        more: dict[str, Any] = {
            "way": ELECTRONIC,
            "consent": True,
            "proof": "模拟：企业门户到达记录",
        }
    else:
        more = {"way": "direct", "received_by": "王某（模拟）"}
    record_service(document, Attempt(**given, **more), who)


def _paper() -> Any:
    """A file to show, made here."""
    sheet, content = Document(), BytesIO()
    sheet.add_paragraph("模拟文件，仅供演示。")
    sheet.save(content)
    return keep_made(content.getvalue(), "模拟文件.docx")


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), BEIJING)
