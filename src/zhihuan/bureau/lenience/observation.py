"""The observation period (观察期): a punishable act is watched first, and corrected it goes without a fine.

Lengths and lists are cities' own, dated, and for the reference city not confirmed. So the judgement
never says yes on an unconfirmed rule: it says what must be confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhihuan.bureau.discretion.errors import TableRefusedError
from zhihuan.bureau.lenience.judgement import Judgement, Outcome, Reason
from zhihuan.bureau.lenience.packaged import values
from zhihuan.standards.parameters import Confidence

__all__ = ["ObservationRule", "judge_observation", "last_day", "observation_rule"]


@dataclass(frozen=True, slots=True)
class ObservationRule:
    """A city's scheme. days: calendar days, None: not known. acts: how many acts its list has, None:
    not known. in_force_until None: nothing has ended it."""

    city: str
    title: str
    in_force_from: date
    in_force_until: date | None
    days: int | None
    acts: int | None
    conditions: tuple[str, ...]
    confidence: Confidence
    last_checked: date

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """What of it must be confirmed before it is used."""
        found = [] if self.days is not None else ["观察期的期限"]
        found += [] if self.acts is not None else ["可以适用的行为清单"]
        if self.confidence is not Confidence.OFFICIAL:
            found.append("规定全文")
        return tuple(found)


def observation_rule(city: str, *, on: date) -> ObservationRule:
    """The city's scheme in force on a day. Raises TableRefusedError for none."""
    given = values("observation").get(city)
    if given is None:
        raise TableRefusedError(f"没有登记“{city}”的观察期制度")
    rule = _rule(given)
    until = rule.in_force_until
    if on < rule.in_force_from or (until is not None and on > until):
        raise TableRefusedError(f"{rule.title}自{rule.in_force_from}起施行，{on}不适用")
    return rule


def last_day(rule: ObservationRule, begins: date) -> date | None:
    """The last day of a period that begins on a day, not counted itself; None while the length is not
    known."""
    return None if rule.days is None else begins + timedelta(days=rule.days)


def judge_observation(
    rule: ObservationRule,
    holds: Mapping[str, bool],
    *,
    is_corrected: bool | None,
) -> Judgement:
    """Whether the act goes without a penalty after observation. holds: by condition of the rule; one left
    out is not known. is_corrected: within the period; None: it still runs."""
    reasons = tuple(
        Reason(f"{each}：{_told(holds.get(each))}", rule.title) for each in rule.conditions
    )
    if any(holds.get(each) is False for each in rule.conditions) or is_corrected is False:
        words = "观察期内未改正，应当依法处罚" if is_corrected is False else "不符合观察期的条件"
        return Judgement(Outcome.NO, words, reasons)
    missing = [each for each in rule.conditions if holds.get(each) is None]
    missing += [] if is_corrected is not None else ["观察期内是否改正"]
    warnings = tuple(f"待核实：{each}（{rule.city}）" for each in rule.unconfirmed)
    if missing or warnings:
        words = "尚不能判断" if missing else "条件已具备，但规定有待核实之处，须由负责人决定"
        return Judgement(Outcome.OPEN, words, reasons, tuple(missing), warnings)
    return Judgement(Outcome.YES, "观察期内已改正，不予处罚", reasons)


def _told(holds: bool | None) -> str:
    return "未查明" if holds is None else "符合" if holds else "不符合"


def _rule(given: Mapping[str, Any]) -> ObservationRule:
    plain = {
        name: value for name, value in given.items() if name not in {"conditions", "confidence"}
    }
    return ObservationRule(
        conditions=tuple(given["conditions"]), confidence=Confidence(given["confidence"]), **plain
    )
