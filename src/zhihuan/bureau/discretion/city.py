"""A city's adjustment of a fine that the provincial weights gave: dated, optional, chosen by hand.

final = preliminary × (1 + per point × points), within the statutory range. A rule whose formula is not
known refuses; nobody's city is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from zhihuan.bureau.discretion.errors import AnswerRefusedError, TableRefusedError
from zhihuan.bureau.discretion.money import in_yuan, share_words, sum_words, to_fen
from zhihuan.bureau.discretion.reckoning import Law, Mode, Reckoning
from zhihuan.standards.parameters import Confidence

__all__ = ["CityRule", "adjust", "city_rules"]


@dataclass(frozen=True, slots=True)
class CityRule:
    """One city's rule. per_point: share of the preliminary fine for one point, None: not known.
    in_force_until None: nothing has ended it."""

    key: str
    city: str
    title: str
    clause: str
    in_force_from: date
    in_force_until: date | None
    per_point: Fraction | None
    confidence: Confidence
    note: str

    def in_force_on(self, day: date) -> bool:
        """Whether it governs that day of Beijing."""
        until = self.in_force_until
        return self.in_force_from <= day and (until is None or day <= until)


def adjust(
    reckoning: Reckoning, key: str, points: Mapping[str, Decimal], *, decided_on: date
) -> Reckoning:
    """The reckoning with the city's adjustment. points: by circumstance, above 0 heavier, below lighter.

    Raises TableRefusedError for a rule that is unknown, not in force, without a known formula or not
    for this kind of reckoning; AnswerRefusedError for a sum of points that leaves no fine.
    """
    rule = _rule(key, decided_on)
    if reckoning.mode is not Mode.WEIGHTS or reckoning.law is not Law.OLD:
        raise TableRefusedError(f"{rule.city}的调整系数只用于省裁量表的权重累加模式")
    if reckoning.amount is None:
        raise AnswerRefusedError("初步罚款金额尚未算出，不能调整")
    per_point = rule.per_point or Fraction(0)
    total = sum(map(in_yuan, points.values()), Fraction(0))
    factor = 1 + per_point * total
    if factor < 0:
        raise AnswerRefusedError("调整系数总和过小，罚款不能为负")
    first = in_yuan(reckoning.amount)
    exact = first * factor
    told = f"{float(total):g}"
    step = (
        f"{rule.city}调整（{rule.title}{rule.clause}）：{sum_words(first)} × (1 + "
        f"{share_words(per_point)} × {told}) = {sum_words(exact)}"
    )
    exact, limits = _within(reckoning, exact)
    return replace(
        reckoning,
        amount=to_fen(exact),
        steps=(*reckoning.steps, step, *limits),
        warnings=(*reckoning.warnings, *_doubt(rule)),
        clauses=(*reckoning.clauses, ("市级调整", f"{rule.title}{rule.clause}")),
    )


@cache
def city_rules() -> Mapping[str, CityRule]:
    """All of them by key."""
    text = files(__package__).joinpath("city_rules.yaml").read_text(encoding="utf-8")
    return {key: _read(key, given) for key, given in yaml.safe_load(text).items()}


def _read(key: str, given: Mapping[str, Any]) -> CityRule:
    share = given["per_point"]
    per_point = None if share is None else Fraction(share.removesuffix("%")) / 100
    plain = {
        name: value for name, value in given.items() if name not in {"per_point", "confidence"}
    }
    return CityRule(
        key=key, per_point=per_point, confidence=Confidence(given["confidence"]), **plain
    )


def _rule(key: str, day: date) -> CityRule:
    rule = city_rules().get(key)
    if rule is None:
        raise TableRefusedError(f"没有登记“{key}”的市级裁量规定，有：{'、'.join(city_rules())}")
    if not rule.in_force_on(day):
        raise TableRefusedError(
            f"{rule.title}施行期为{rule.in_force_from}至{rule.in_force_until or '今'}，{day}不适用"
        )
    if rule.per_point is None:
        raise TableRefusedError(f"{rule.title}的调整办法待核实，不能据以计算：{rule.note}")
    return rule


def _within(reckoning: Reckoning, exact: Fraction) -> tuple[Fraction, list[str]]:
    span = reckoning.statutory
    if span and span.high is not None and exact > in_yuan(span.high):
        return in_yuan(span.high), [f"超出法定最高额，按{sum_words(span.high)}计算"]
    if span and span.low is not None and exact < in_yuan(span.low):
        return in_yuan(span.low), [f"低于法定最低额，按{sum_words(span.low)}计算"]
    return exact, []


def _doubt(rule: CityRule) -> tuple[str, ...]:
    if rule.confidence is Confidence.OFFICIAL:
        return ()
    return (f"待核实：{rule.title}（{rule.note}）",)
