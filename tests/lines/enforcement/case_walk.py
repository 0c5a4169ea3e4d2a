"""Who investigates, reviews and decides, what they say, and a case on its way through 2026. All synthetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CODE_LAW = "《中华人民共和国生态环境法典》第一千零八十六条第一款"
OLD_LAW = "《中华人民共和国水污染防治法》第八十三条"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"
#: The day before the filed case: Monday 31 August 2026.
FOUND = "2026-08-31"


@dataclass
class Cast:
    """officers: two of the branch with certificates; lapsed: one whose certificate is over; head, reviewer,
    lawyer, leader: one each."""

    officers: list[Any]
    lapsed: Any
    head: Any
    reviewer: Any
    lawyer: Any
    leader: Any
    firm: Any
    town: Any
    paper: Any

    @property
    def officer(self) -> Any:
        return self.officers[0]

    @classmethod
    def made(cls, person: Callable[..., Any]) -> Cast:
        from zhihuan.bureau.people.models import Organisation
        from zhihuan.bureau.places.city import find_town
        from zhihuan.bureau.registry.models import Enterprise
        from zhihuan.bureau.vault.keeping import keep_made

        bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
        here = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
        town = find_town("三角镇")
        here.towns.set([town])
        firm = Enterprise.objects.create(
            code="F1", name="中山某印染有限公司", kind="enterprise", no_code_reason="模拟", town=town,
            address="三角镇模拟路 1 号", legal_representative="张三", synthetic=True,
        )  # fmt: skip
        people = [person("field_officer", name=name, at=here) for name in ("jia", "yi", "bing")]
        for user, expires in zip(people, (2040, 2040, 2025), strict=True):
            user.certificates.create(
                number=f"44-{user.pk}", issued=dt.date(2020, 1, 1), expires=dt.date(expires, 1, 1)
            )
        return cls(
            officers=people[:2],
            lapsed=people[2],
            head=person("section_head", name="head", at=here),
            reviewer=person("case_reviewer", name="reviewer", at=bureau),
            lawyer=person("legal_reviewer", name="lawyer", at=bureau),
            leader=person("leader", name="leader", at=bureau),
            firm=Organisation.objects.get(pk=firm.pk),
            town=town,
            paper=keep_made(PDF, "笔录.pdf"),
        )


#: What each step is told unless a test says otherwise.
SAID: dict[str, dict[str, Any]] = {
    "register": {"source": "check", "found_on": FOUND, "act_from": "2026-08-20", "what": "废水超标排放"},
    "inspect": {
        "begun_at": "2026-08-31T09:00", "ended_at": "2026-08-31T11:00", "place": "废水总排口",
        "identity_shown": "on", "found": "排口正在排水，颜色发红", "refused_to_sign": "负责人不在场，见证人李四",
    },
    "ask_filing": {
        "case_type": "超标排放水污染物", "evidence": "采样检测报告", "is_punishable": "on", "is_ours": "on",
        "is_in_time": "on", "law_broken": CODE_LAW,
    },
    "file": {"opinion": "按程序办理"},
    "report": {
        "case_type": "超标排放水污染物", "act_from": "2026-08-20", "facts": "排放废水化学需氧量超标 0.5 倍",
        "evidence": "检测报告、笔录", "law_broken": CODE_LAW, "law_penalty": CODE_LAW,
        "proposed_kinds": ["fine"], "proposed_fine": "50000", "discretion": "一般情节，取下限",
        "correction": "立即停止超标排放",
    },
    "review": {
        "checked": ["jurisdiction", "facts", "evidence", "procedure", "limitation", "law"], "opinion": "同意",
    },
    "legal": {"qualified": "on", "opinion": "合法、适当"},
    "discuss": {
        "held_on": "2026-09-14", "host": "leader", "reported": "超标排放", "views": "甲局长：同意\n乙副局长：同意",
        "conclusion": "同意处罚",
    },
    "notify": {
        "facts": "排放废水化学需氧量超标 0.5 倍", "law_broken": CODE_LAW, "law_penalty": CODE_LAW,
        "notified_kinds": ["fine"], "notified_fine": "50000", "discretion": "一般情节，取下限",
    },
    "decide": {
        "facts": "排放废水化学需氧量超标 0.5 倍，有检测报告为证", "defence": "当事人未提出陈述申辩",
        "law_broken": CODE_LAW, "law_penalty": CODE_LAW, "discretion": "一般情节，取下限", "kinds": ["fine"],
        "fine": "50000", "correction": "立即停止超标排放",
    },
    "recheck": {"checked_on": "2026-10-20", "found": "已达标排放", "is_corrected": "on"},
    "close": {"ending": "performed", "summary": "超标排放案，已缴清并改正", "archived": "2026-ZF-001"},
}  # fmt: skip
WHY = {"why": "理由"}
#: Of steps that are told when something came to pass: the field, told the step's own day unless a test says otherwise.
HAPPENED = {
    "test_back": "returned_on", "appraise_back": "returned_on", "report_hearing": "ended_on", "drop_hearing": "ended_on",
}  # fmt: skip


@dataclass
class Walk:
    """A case that goes from step to step, at nine in the morning (Beijing) of a day."""

    cast: Cast
    matter: Any

    @classmethod
    def opened(cls, cast: Cast, day: str = FOUND, code: str = "penalty_case") -> Walk:
        from zhihuan.bureau.matters.engine.taking import Acting, open_matter

        about = {"title": "某印染公司超标排放案", "party": cast.firm, "town": cast.town}
        return cls(cast, open_matter(code, Acting(cast.officer, at=nine(day)), **about))

    def take(self, step: str, by: Any, day: str, /, *, officers: Any = (), **said: Any) -> Any:
        """Take a step with just what is said."""
        from zhihuan.bureau.matters.engine.taking import Acting, Said, take

        acting = Acting(by, "10.0.0.8", officers=officers, at=nine(day))
        return take(self.matter, step, acting, Said(said), version=self.matter.version)

    def go(self, step: str, day: str, /, **said: Any) -> Any:
        """Take a step by whoever takes it, told as ``SAID`` has it, changed by ``said``."""
        declared = self.procedure.step(step)
        by = self.taker(declared)
        known = SAID.get(step) or SAID.get(step.split("_", maxsplit=1)[0], {})
        officers = self.cast.officers if declared.who.officers else ()
        if name := HAPPENED.get(step):
            said.setdefault(name, day)
        return self.take(step, by, day, officers=officers, **known | said)

    def taker(self, step: Any) -> Any:
        cast = self.cast
        people = {
            "field_officer": cast.officer, "case_reviewer": cast.reviewer, "legal_reviewer": cast.lawyer,
            "section_head": cast.head, "leader": cast.leader,
        }  # fmt: skip
        return people[next(iter(step.who.reaches))]

    @property
    def procedure(self) -> Any:
        from zhihuan.bureau.matters.catalogue import edition_of

        return edition_of(self.matter.procedure, self.matter.edition)

    def serve(self, code: str, day: str, **more: Any) -> Any:
        """A receipt for the newest document of that kind, as if written down that day."""
        from zhihuan.bureau.documents.models import ServiceReceipt
        from zhihuan.bureau.documents.serving.way import ways

        way = ways()[more.get("way", "direct")]
        on = dt.date.fromisoformat(day)
        return ServiceReceipt.objects.create(
            document=self.matter.documents.filter(code=code).latest("pk"), way=way.code, tried_on=on,
            effective_on=way.effective_on(on), recipient="中山某印染有限公司", served_by="jia", received_by="张三",
        )  # fmt: skip

    def clock(self, code: str) -> Any:
        """The newest clock of that code."""
        return self.matter.clocks.filter(code=code).order_by("-pk").first()

    def kept(self) -> Any:
        """The case as the database has it."""
        from zhihuan.bureau.matters.engine.taking import model_of

        return model_of(self.procedure).objects.get(pk=self.matter.pk)

    def text_of(self, code: str) -> str:
        """All that stands in the newest document of that kind."""
        from zhihuan.bureau.documents.docx.reading import text_of_document
        from zhihuan.bureau.documents.kept import read

        made = self.matter.documents.filter(code=code).latest("pk")
        text = text_of_document(read(made.digest))
        assert not any(sign in text for sign in ("{{", "{%", "None"))
        return text

    # ---- stretches of the straight way, each from where the one before ends ----

    def to_filed(self, day: str = "2026-09-01", **register: Any) -> Walk:
        self.go("register", FOUND, **register)
        self.go("inspect", FOUND)
        self.go("ask_filing", day)
        self.go("endorse_filing", day)
        self.go("file", day)
        return self

    def to_review(self, day: str = "2026-09-08", **report: Any) -> Walk:
        self.go("report", day, **report)
        self.go("submit", day)
        return self

    def to_notice(self, day: str = "2026-09-10", **notify: Any) -> Walk:
        self.go("review_to_notice", day)
        self.go("notify", day, **notify)
        self.serve("notice", day)
        self.go("notice_served", day)
        return self

    def to_decision(self) -> Walk:
        """The five working days after Thursday 10 September are over with Thursday 17th."""
        from zhihuan.bureau.matters.engine.expiring import expire_due

        expire_due(nine("2026-09-18"))
        self.matter = self.kept()
        return self

    def to_pay(self, day: str = "2026-09-18", **decide: Any) -> Walk:
        self.go("decide", day, **decide)
        self.serve("decision", day)
        self.go("decision_served", day)
        return self


def nine(day: str) -> dt.datetime:
    """Nine in the morning, Beijing."""
    return dt.datetime.fromisoformat(f"{day}T09:00+08:00")


def refused(walk: Walk, step: str, day: str, /, **said: Any) -> str:
    """The words with which a step is refused; nothing has changed then."""
    import pytest

    from zhihuan.bureau.matters.engine.refusals import StepRefusedError

    before = walk.kept().version
    with pytest.raises(StepRefusedError) as found:
        walk.go(step, day, **said)
    assert walk.kept().version == before
    errors = getattr(found.value, "errors", {})
    return "；".join([str(found.value.words), *(word for each in errors.values() for word in each)])
