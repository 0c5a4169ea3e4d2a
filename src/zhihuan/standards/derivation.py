"""Why a judgement came out as it did: its law, its data, its steps, its doubts.

A subject builds a ``Derivation`` for one judged element, on demand: arrays are judged in bulk, and
the reasons of a single result are drawn up when somebody opens it.

    Derivation(
        title="空气质量指数日报",
        conclusion="AQI 114，轻度污染，首要污染物 O3",
        basis=(Basis.of(edition, decides="IAQI 分段限值"),),
        facts=(Fact("PM2.5 24 小时平均", "56", "µg/m³"),),
        steps=(Step("PM2.5 的 IAQI", "50+(56−35)÷(75−35)×50 = 76.25，进一", "77"),),
    )

``text()`` is plain Chinese for people; ``to_json()`` is the same for machines and pages. It holds
no numbers of its own: everything in it was computed elsewhere, and it refuses to compute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhihuan.standards.parameters import Confidence, Edition

__all__ = ["Basis", "Derivation", "Fact", "Step"]

_MISSING = "缺测"
#: The title of what no text sets, in a parameter's reference: there is nothing to confirm it by.
_OWN = "平台设定"
#: How the standard of a limit begins that was registered from a permit.
_PERMIT = "排污许可证 "
_COMPARE = "请与许可证副本载明的许可排放浓度限值核对"
_CONFIDENCE_TEXT = {
    Confidence.OFFICIAL: "已核对正式文本",
    Confidence.REGISTERED: "按排污许可证登记",
    Confidence.ONE_SOURCE: "仅一处转载来源，未核对正式文本",
    Confidence.UNCONFIRMED: "未经正式文本证实",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """One piece of law the judgement rests on, in the edition that governed it.

    decides: what it decided here (Chinese). last_checked: None where nobody is known to have
    compared it with its source. forced: the caller chose this edition against the day.
    """

    decides: str
    standard: str
    clause: str
    in_force_from: date
    in_force_until: date | None
    confidence: Confidence
    last_checked: date | None
    note: str = ""
    link: str = ""
    forced: bool = False

    @classmethod
    def of(cls, edition: Edition, *, decides: str, forced: bool = False) -> Basis:
        """The basis that a packaged edition is."""
        return cls(
            decides=decides,
            standard=edition.reference.title,
            clause=edition.reference.clause,
            in_force_from=edition.in_force_from,
            in_force_until=edition.in_force_until,
            confidence=edition.confidence,
            last_checked=edition.last_checked,
            note=edition.note,
            link=edition.reference.link,
            forced=forced,
        )

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Basis:
        """What ``to_json`` wrote; what a permit says was kept as unconfirmed before it was known as registered.
        Raises KeyError, ValueError."""
        days = {
            name: date.fromisoformat(kept[name]) if kept[name] else None
            for name in ("in_force_until", "last_checked")
        }
        first = date.fromisoformat(kept["in_force_from"])
        known = {"in_force_from": first, "confidence": _confidence(kept)}
        return cls(**(dict(kept) | days | known))

    def text(self) -> str:
        """One line of Chinese: what it decides, where it is printed, when it holds, how sure."""
        until = f"至 {self.in_force_until}" if self.in_force_until else "起施行"
        forced = "；由使用者指定采用" if self.forced else ""
        doubt = "" if self.is_own else f"；{_CONFIDENCE_TEXT[self.confidence]}"
        checked = f"，{self.last_checked} 核查" if self.last_checked and not self.is_own else ""
        return (
            f"{self.decides}：{self.place}（{self.in_force_from} {until}{doubt}{checked}{forced}）"
        )

    @property
    def is_own(self) -> bool:
        """Whether the platform set it, for no text does."""
        return self.standard == _OWN

    @property
    def place(self) -> str:
        """Standard and clause."""
        return f"{self.standard} {self.clause}".rstrip()

    @property
    def caution(self) -> str:
        """What a reader must know of how sure it is; "" where it was read in the text itself."""
        if self.confidence is Confidence.OFFICIAL:
            return ""
        if self.is_own:
            return f"{self.decides}：{_OWN}，{self.clause}"
        if self.confidence is Confidence.REGISTERED:
            return f"{self.place}：{_CONFIDENCE_TEXT[self.confidence]}，{_COMPARE}"
        return f"{self.place}：{_CONFIDENCE_TEXT[self.confidence]}"

    def to_json(self) -> dict[str, object]:
        """The fields; days as ISO text."""
        return {
            "decides": self.decides,
            "standard": self.standard,
            "clause": self.clause,
            "in_force_from": self.in_force_from.isoformat(),
            "in_force_until": self.in_force_until.isoformat() if self.in_force_until else None,
            "confidence": str(self.confidence),
            "last_checked": self.last_checked.isoformat() if self.last_checked else None,
            "note": self.note,
            "link": self.link,
            "forced": self.forced,
        }


@dataclass(frozen=True, slots=True)
class Fact:
    """One datum that went in, as reported: name, value (text), unit, and a remark."""

    name: str
    value: str
    unit: str = ""
    remark: str = ""

    def text(self) -> str:
        """``name：value unit（remark）``; a missing value (缺测) has no unit."""
        unit = f" {self.unit}" if self.unit and self.value != _MISSING else ""
        return f"{self.name}：{self.value}{unit}" + (f"（{self.remark}）" if self.remark else "")

    def to_json(self) -> dict[str, object]:
        """The fields."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "remark": self.remark,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning: what, how (formula with the numbers in it), result.

    rounding: the rule applied in this step, "" when none was. deciding: whether the conclusion
    hangs on this step (the deciding item among several).
    """

    what: str
    how: str
    result: str
    rounding: str = ""
    deciding: bool = False

    def text(self) -> str:
        """One line of Chinese."""
        rounding = f"（{self.rounding}）" if self.rounding else ""
        return f"{self.what}：{self.how}{rounding} → {self.result}" + (
            "【决定项】" if self.deciding else ""
        )

    def to_json(self) -> dict[str, object]:
        """The fields."""
        return {
            "what": self.what,
            "how": self.how,
            "result": self.result,
            "rounding": self.rounding,
            "deciding": self.deciding,
        }


@dataclass(frozen=True, slots=True)
class Derivation:
    """The whole reasoning of one judgement.

    title: what was judged. conclusion: the judgement in one sentence. basis: the law, in the
    order it was applied. facts: what went in, counts of valid data among them. steps: in order.
    cautions: what a reader must know before relying on it (doubtful parameters add their own).
    """

    title: str
    conclusion: str
    basis: tuple[Basis, ...]
    facts: tuple[Fact, ...] = ()
    steps: tuple[Step, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """The worst confidence of all its basis; OFFICIAL when it has none."""
        levels = [basis.confidence for basis in self.basis]
        return max(levels, key=lambda level: level.doubt, default=Confidence.OFFICIAL)

    def text(self) -> str:
        """The derivation as plain Chinese text of several lines."""
        parts = [
            ("结论", [self.conclusion]),
            ("依据", [basis.text() for basis in self.basis]),
            ("数据", [fact.text() for fact in self.facts]),
            ("步骤", [step.text() for step in self.steps]),
            ("提示", list(self._all_cautions())),
        ]
        lines = [self.title]
        for heading, entries in parts:
            if entries:
                lines += [
                    f"{heading}：",
                    *(f"  {n}. {entry}" for n, entry in enumerate(entries, 1)),
                ]
        return "\n".join(lines)

    def to_json(self) -> dict[str, object]:
        """The derivation as JSON-ready values; the keys are stable."""
        return {
            "title": self.title,
            "conclusion": self.conclusion,
            "confidence": str(self.confidence),
            "basis": [basis.to_json() for basis in self.basis],
            "facts": [fact.to_json() for fact in self.facts],
            "steps": [step.to_json() for step in self.steps],
            "cautions": list(self._all_cautions()),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Derivation:
        """What ``to_json`` wrote, as it was written; doubts are told once. Raises KeyError, ValueError."""
        found = cls(
            title=kept["title"],
            conclusion=kept["conclusion"],
            basis=tuple(Basis.from_json(each) for each in kept["basis"]),
            facts=tuple(Fact(**each) for each in kept["facts"]),
            steps=tuple(Step(**each) for each in kept["steps"]),
        )
        # what is kept has its doubts in the words of its day: they are told in those of today
        doubts = {*found._all_cautions()}.union(*map(_earlier_cautions, kept["basis"]))
        return replace(found, cautions=tuple(c for c in kept["cautions"] if c not in doubts))

    def _all_cautions(self) -> tuple[str, ...]:
        doubts = filter(None, (basis.caution for basis in self.basis))
        return (*self.cautions, *dict.fromkeys(doubts))


def _confidence(kept: Mapping[str, Any]) -> Confidence:
    found = Confidence(kept["confidence"])
    is_permit = str(kept["standard"]).startswith(_PERMIT)
    return Confidence.REGISTERED if is_permit and found is Confidence.UNCONFIRMED else found


def _earlier_cautions(kept: Mapping[str, Any]) -> set[str]:
    """A kept basis' doubt in the words that derivations kept before had."""
    doubt = _CONFIDENCE_TEXT[Confidence(kept["confidence"])]
    place = f"{kept['standard']} {kept['clause']}"
    return {f"{place}：{doubt}", f"{place.rstrip()}：{doubt}"}
