"""How synthetic cases go: step, days after the case was found, who takes it, what it is told. All of it says 模拟."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from zhihuan.lines.enforcement.demo_law import AUTOMATIC, LEAST_FINE, Act

__all__ = ["PERSON", "About", "Ending", "Stage", "course_of"]

#: Nobody's: no place has the code 449900.
PERSON = {
    "party_kind": "person", "id_name": "王某（模拟）", "id_document": "resident_card",
    "id_number": "449900199001010017", "id_address": "广东省中山市三角镇模拟路 2 号",
}  # fmt: skip
#: "serve …" and "publish" are no steps; "paper" stands for a file made there and then.
Stage = tuple[str, int, str, dict[str, Any]]


class Ending(StrEnum):
    """What becomes of a case."""

    PAID = "paid"
    OVERDUE = "overdue"
    APOLOGY = "apology"
    SPARED = "spared"


@dataclass(frozen=True, slots=True)
class About:
    """What a case is about. fine: proposed and notified [yuan], within the law and below what gives a right to a
    hearing; after an apology still not below the law's least. person: who the party is, where it is a natural person."""

    act: Act = AUTOMATIC
    fine: int = 50_000
    ending: Ending = Ending.PAID
    source: str = "check"
    person: Mapping[str, str] = field(default_factory=dict)

    @property
    def case_type(self) -> str:
        return self.act.case_type

    @property
    def facts(self) -> str:
        return self.act.facts

    @property
    def decided_fine(self) -> int:
        """A public apology lowers it by three tenths."""
        return self.fine * 7 // 10 if self.ending is Ending.APOLOGY else self.fine


#: Of a decision that nobody is punished.
_SPARED_BY = "《中华人民共和国行政处罚法》第三十三条第一款"
_POINTS = ["jurisdiction", "facts", "evidence", "procedure", "limitation", "law"]
#: Nobody paid by the last day.
_LATE: tuple[Stage, ...] = (("overdue", 62, "", {}),)


def course_of(about: About) -> tuple[Stage, ...]:
    """From the clue to the closed file, as far as such a case goes."""
    if about.ending is Ending.SPARED:
        return (*_looked_into(about), *_spared(about))
    sorry = _sorry() if about.ending is Ending.APOLOGY else (("unanswered", 43, "", {}),)
    paid = _LATE if about.ending is Ending.OVERDUE else _paid(about)
    return (*_looked_into(about), *_notified(about), *sorry, *_decided(about), *paid)


def _penalty(about: About) -> dict[str, Any]:
    """Facts and reasons; the law is told by the day of the step (``demo_law.cited``)."""
    return {"facts": about.facts, "discretion": "模拟：一般情节。"}


def _looked_into(about: About) -> tuple[Stage, ...]:
    spared = about.ending is Ending.SPARED
    proposed: dict[str, Any] = {"proposed_kinds": ["fine"], "proposed_fine": str(about.fine)}
    if spared:
        proposed = {"nothing": "on", "proposed_kinds": ["fine"], "proposed_fine": str(about.fine)}
    return (
        ("register", 0, "officer", {"source": about.source, "what": about.facts, **about.person}),
        ("inspect", 0, "officer", {"place": "厂区", "identity_shown": "on", "found": about.facts,
                                   "refused_to_sign": "模拟：负责人不在场，有见证人。"}),
        ("ask_filing", 3, "officer", {"case_type": about.case_type, "evidence": about.facts, "is_punishable": "on",
                                      "is_ours": "on", "is_in_time": "on"}),
        ("endorse_filing", 3, "head", {}),
        ("file", 4, "leader", {}),
        ("report", 18, "officer", {**_penalty(about), **proposed, "case_type": about.case_type, "evidence": about.facts,
                                   "correction": "模拟：立即改正"}),
        ("submit", 18, "officer", {}),
        ("review_to_decision" if spared else "review_to_notice", 22, "reviewer",
         {"checked": _POINTS, "opinion": "模拟：同意。"}),
    )  # fmt: skip


def _notified(about: About) -> tuple[Stage, ...]:
    told = {"notified_kinds": ["fine"], "notified_fine": str(about.fine)}
    return (
        ("notify", 23, "officer", {**_penalty(about), **told}),
        ("serve notice", 23, "officer", {}),
        ("notice_served", 23, "officer", {}),
    )  # fmt: skip


def _sorry() -> tuple[Stage, ...]:
    return (
        ("apologise", 25, "officer", {"media": "模拟日报", "promise": "模拟：不再发生。", "proof": "paper"}),
        ("accept_apology", 28, "reviewer", {"is_corrected": "on", "apology_rate": "0.30", "least_fine": str(LEAST_FINE),
                                            "why": "模拟：同意。"}),
    )  # fmt: skip


def _decided(about: About) -> tuple[Stage, ...]:
    told = {"kinds": ["fine"], "fine": str(about.decided_fine), "correction": "模拟：立即改正"}
    return (
        ("decide", 44, "leader", {**_penalty(about), **told, "defence": "模拟：当事人未提出意见。"}),
        ("serve decision", 44, "officer", {}),
        ("decision_served", 44, "officer", {}),
        ("report_correction", 45, "party", {"done": "模拟：已停产检修，恢复达标。", "proof": "paper"}),
        ("publish decision", 46, "head", {}),
        ("publish", 46, "head", {}),
    )  # fmt: skip


def _paid(about: About) -> tuple[Stage, ...]:
    paid = {"amount": str(about.decided_fine), "receipt_number": "模拟-1"}
    return (
        ("file_payment", 46, "party", {**paid, "receipt": "paper"}),
        ("pay_all", 50, "officer", paid),
        ("recheck", 60, "officer", {"found": "模拟：已达标排放。", "is_corrected": "on"}),
        ("close", 61, "leader", {"ending": "performed", "summary": about.facts, "archived": "模拟-001"}),
    )  # fmt: skip


def _spared(about: About) -> tuple[Stage, ...]:
    known = ["minor", "corrected", "harmless"]
    told = {"ground": "minor", "facts": about.facts, "law_penalty": _SPARED_BY, "why": "模拟：已及时改正。",
            "education": "模拟：已当场教育。", "known": known}  # fmt: skip
    return (
        ("decide_nothing", 24, "leader", told),
        ("serve no_penalty_decision", 25, "officer", {}),
        ("nothing_served", 25, "officer", {}),
        ("close", 30, "leader", {"ending": "no_penalty", "summary": about.facts, "archived": "模拟-002"}),
    )  # fmt: skip
