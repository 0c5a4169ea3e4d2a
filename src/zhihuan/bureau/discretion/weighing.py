"""The weight-sum mode: fine = (starting point + weights, at most 100 %) × statutory maximum.

Below the table's floor the floor counts; below the statutory minimum the minimum is due, since a lower
fine is a mitigation (减轻) that needs its own ground (§11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhihuan.bureau.discretion.answers import counted
from zhihuan.bureau.discretion.bound import Bound
from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.discretion.money import in_yuan, share_words, sum_words, to_fen
from zhihuan.bureau.discretion.reckoning import Taken
from zhihuan.bureau.discretion.span import Span, span_of
from zhihuan.bureau.discretion.statute import tier_up_to
from zhihuan.bureau.discretion.table import Situation, WeightTable

__all__ = ["SITUATION", "Weighed", "sum_of", "weigh"]

SITUATION = "适用情形"
_START = "裁量起点"
_ALL = Fraction(1)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The parts of a reckoning that this mode finds."""

    factors: tuple[Taken, ...]
    total: Fraction
    statutory: Span | None
    amount: Decimal | None
    floor: str
    steps: tuple[str, ...]
    warnings: tuple[str, ...]
    asks: tuple[str, ...]


def weigh(
    table: WeightTable,
    answers: Mapping[str, str],
    bases: Mapping[str, Decimal],
    *,
    person: bool = False,
) -> Weighed:
    """The fine of the unit, or of a person responsible.

    Raises AnswerRefusedError for an answer that the table does not know.
    """
    given = dict(answers)
    situation, is_given = _situation(table, given.pop(SITUATION, ""), person=person)
    factors = (
        *_situation_taken(table, situation, is_given=is_given),
        *counted(table.factors, given),
    )
    total, steps = sum_of(situation.start, factors)
    total, floor = _floored(table, total, steps)
    tier = tier_up_to(table.tiers, situation.formula.most, situation.formula.base)
    base, asks = _base(table, situation, bases, steps)
    warnings = () if tier else ("未能从法条文字确定法定幅度，请自行核对法定最低、最高罚款额",)
    if base is None:
        steps.append(f"请填写“{situation.formula.base}”，方能算出罚款数额")
        span = span_of(tier) if tier else None
        return Weighed(factors, total, span, None, floor, tuple(steps), warnings, asks)
    amount = _amount(situation, total, base, tier, steps)
    span = span_of(tier, base) if tier else None
    return Weighed(factors, total, span, amount, floor, tuple(steps), warnings, ())


def sum_of(start: Fraction, factors: Iterable[Taken]) -> tuple[Fraction, list[str]]:
    """The sum of weights, at most all, with its sentences."""
    weights = [start, *(each.weight for each in factors if each.weight is not None)]
    total = sum(weights, Fraction(0))
    steps = [f"裁量百分值总和 = {' + '.join(map(share_words, weights))} = {share_words(total)}"]
    if total > _ALL:
        steps.append("总和超过100%，按100%计算（第六条）")
        total = _ALL
    return total, steps


def _situation(table: WeightTable, name: str, *, person: bool) -> tuple[Situation, bool]:
    if person:
        if table.person is None:
            raise AnswerRefusedError(f"表 {table.number} 没有对个人的罚款裁量")
        return table.person, True
    if not name:
        return table.situations[0], len(table.situations) == 1
    for each in table.situations:
        if each.name == name:
            return each, True
    names = "、".join(each.name for each in table.situations)
    raise AnswerRefusedError(f"“{SITUATION}”没有“{name}”，可选：{names}")


def _situation_taken(
    table: WeightTable, situation: Situation, *, is_given: bool
) -> tuple[Taken, ...]:
    has_several = len(table.situations) > 1 and situation is not table.person
    return (Taken(SITUATION, situation.name, None, is_given),) if has_several else ()


def _floored(table: WeightTable, total: Fraction, steps: list[str]) -> tuple[Fraction, str]:
    if table.floor is None:
        return total, ""
    words = f"裁量百分值总和不足{share_words(table.floor)}的，按{share_words(table.floor)}计算"
    if total >= table.floor:
        return total, words
    steps.append(f"{words}（本表备注）")
    return table.floor, words


def _base(
    table: WeightTable, situation: Situation, bases: Mapping[str, Decimal], steps: list[str]
) -> tuple[Fraction | None, tuple[str, ...]]:
    """What the formula multiplies beside its maximum: 1 where nothing; None while it is not known."""
    name = situation.formula.base
    if not name:
        return _ALL, ()
    given = bases.get(name)
    if given is None:
        return None, (name,)
    if given <= 0:
        raise AnswerRefusedError(f"“{name}”须是大于0的金额（元）")
    base = in_yuan(given)
    if table.base_floor is not None and base < table.base_floor:
        least = sum_words(table.base_floor)
        steps.append(f"{name}不足{least}的，按{least}计算（{table.base_floor_source}）")
        return table.base_floor, ()
    return base, ()


def _amount(
    situation: Situation, total: Fraction, base: Fraction, tier: Bound | None, steps: list[str]
) -> Decimal:
    formula = situation.formula
    exact = total * base * formula.most
    shown = f"{sum_words(base)} × {formula.text.rpartition('×')[2]}" if formula.base else ""
    steps.append(
        f"罚款金额 = {share_words(total)} × {shown or sum_words(formula.most)} = {sum_words(exact)}"
    )
    least = tier.low * base if tier and tier.low is not None else None
    if least is not None and exact < least:
        steps.append(
            f"低于法定最低罚款额{sum_words(least)}，按{sum_words(least)}计算；减轻处罚须另有法定情形"
        )
        exact = least
    return to_fen(exact)
