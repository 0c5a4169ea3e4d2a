"""Answers to the factors of a table: checked, and the lowest level where nothing was found out (§5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.discretion.reckoning import Taken
from zhihuan.bureau.discretion.table import Factor, Level

__all__ = ["answered", "counted"]


def answered(factors: Iterable[Factor], answers: Mapping[str, str]) -> dict[str, Level]:
    """The levels given, by factor. An empty answer is none.

    Raises AnswerRefusedError naming a factor or level that the table does not know.
    """
    known = {each.name: each for each in factors}
    found = {}
    for name, given in answers.items():
        if not given:
            continue
        factor = known.get(name)
        if factor is None:
            raise AnswerRefusedError(f"本表没有裁量因素“{name}”，有：{'、'.join(known)}")
        level = factor.level(given)
        if level is None:
            names = "、".join(each.name for each in factor.levels)
            raise AnswerRefusedError(f"“{name}”没有档次“{given}”，可选：{names}")
        found[name] = level
    return found


def counted(factors: Iterable[Factor], answers: Mapping[str, str]) -> tuple[Taken, ...]:
    """Every factor with the level that counts. Raises AnswerRefusedError."""
    factors = tuple(factors)
    given = answered(factors, answers)
    levels = ((each, given.get(each.name, each.lowest)) for each in factors)
    return tuple(
        Taken(factor.name, level.name, level.weight, factor.name in given)
        for factor, level in levels
    )
