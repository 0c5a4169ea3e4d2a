"""What goes up with an episode: its manual results beside the automatic data, for whoever makes a matter of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from zhihuan.bureau.exceedance.manual.beside import Beside, Held, beside
from zhihuan.bureau.exceedance.manual.considering import Answer
from zhihuan.bureau.exceedance.manual.known import Known, known_of
from zhihuan.bureau.exceedance.manual.words import (
    automatic_words,
    finding_words,
    sampled,
    sentence_of,
    short_words,
    value_of,
    why_of,
)
from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent, ManualResult
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import Edition

__all__ = ["Carried", "carried_of"]


@dataclass(frozen=True, slots=True)
class Carried:
    """found: results beside their hours. answer, why: of the verification; "" where nobody verified."""

    known: Known
    found: Beside
    answer: str = ""
    why: str = ""

    @property
    def short(self) -> str:
        """For one sentence; "" for none."""
        return short_words(self.found, self.answer)

    @property
    def results(self) -> tuple[ManualResult, ...]:
        return self.known.results

    def rows(self) -> list[dict[str, Any]]:
        """Each result as plain values; moments in ISO 8601."""
        return [_row(each) for each in self.found.held]

    def lines(self) -> list[str]:
        """In words: each comparison, and why manual data were not followed."""
        told = [sentence_of(each) for each in self.found.held]
        return [*told, self.why] if self.answer == Answer.DEPARTED and self.why else told

    def into(self, derivation: dict[str, Any]) -> dict[str, Any]:
        """The derivation with the manual data in it; as it is where there are none."""
        if not self.found.held:
            return derivation
        inner = Derivation.from_json(derivation)
        rules = {each.compared.rule for each in self.found.held if each.compared.rule}
        basis = [_basis(rule) for rule in sorted(rules, key=lambda one: one.in_force_from)]
        steps = [_step(each) for each in self.found.held]
        if self.answer == Answer.DEPARTED:
            steps.append(Step("核实对手工监测数据的意见", self.why, "没有采用"))
        whole = replace(
            inner,
            basis=(*inner.basis, *basis),
            facts=(*inner.facts, *(_fact(each) for each in self.found.held)),
            steps=(*inner.steps, *steps),
        )
        return dict(whole.to_json())


def carried_of(episode: Episode) -> Carried:
    """As it stands now; reads the store only where there is a result."""
    known = known_of(episode)
    verified = episode.events.filter(kind=EpisodeEvent.Kind.VERIFIED).order_by("-pk").first()
    said = verified.facts.get("manual", {}) if verified is not None else {}
    found = beside(episode, known.results)
    return Carried(known, found, said.get("answer", ""), said.get("why", ""))


def _basis(rule: Edition) -> Basis:
    return Basis.of(rule, decides="同一时段手工监测数据与自动监测数据不一致时的证据")


def _fact(held: Held) -> Fact:
    row = held.row
    value = f"{'<' if row.below else ''}{row.value:.6g}"
    remark = f"{sampled(row)}，{row.method}，{row.agency} {row.report_number}"
    return Fact("手工监测", value, row.unit, remark)


def _step(held: Held) -> Step:
    how = f"手工 {value_of(held.row)} 与同一时段自动 {automatic_words(held)} 比较，限值 {held.limit or '无'}"
    return Step("手工监测与自动监测比较", how, why_of(held))


def _row(held: Held) -> dict[str, Any]:
    row, found = held.row, held.compared
    return {
        "result": row.pk,
        "factor": row.factor,
        "sampled_from": row.sampled_from.isoformat(),
        "sampled_until": row.sampled_until.isoformat(),
        "value": row.value,
        "below_detection": row.below,
        "unit": row.unit,
        "method": row.method,
        "lawful": row.lawful,
        "agency": row.agency,
        "report_number": row.report_number,
        "sample_code": row.sample_code,
        "report_sha256": row.report.content.sha256,
        "automatic": automatic_words(held),
        "limit": held.limit,
        "manual_finding": str(found.manual),
        "automatic_finding": str(found.automatic),
        "prevails": str(found.prevails),
        "says": finding_words(found.manual),
    }
