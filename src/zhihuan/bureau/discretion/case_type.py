"""The case types (案由) of the Code with their ranges of fines, and the old tables most like them.

An old table gives a new-law case at most its factors and their weights; never its maximum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from zhihuan.bureau.discretion.bound import Bound
from zhihuan.bureau.discretion.catalogue import packaged_rows
from zhihuan.bureau.discretion.errors import TableFileError, TableRefusedError
from zhihuan.bureau.discretion.table import Table
from zhihuan.standards.article import article

__all__ = ["CaseType", "Tier", "case_type", "case_types", "types_after"]

_WAN = 10_000
_RANGE = re.compile(r"^(.*?)(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)(倍)?(.*)$")
_LIKE = re.compile(r"^(\d+)\.(\d+)-\1\.(\d+)$")
_EACH = re.compile(r"^每(\w)$")
_SPLIT_BY_ITEM = re.compile(r"\((\w+?)(\d+)-(\d+);(\w+?)(\d+)-(\d+)\)$")
_NOISE = re.compile(r"\((工业噪声|噪声)(\d+)-(\d+)\)")


@dataclass(frozen=True, slots=True)
class Tier:
    """One range of an act. condition: when it holds, "" for the act as such."""

    condition: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class CaseType:
    """An act as the Code punishes it.

    article: of the Code (1107, 1086.1(1)). tiers: the act's own range first. told: conditions that are
    no range, in the words of the list. person, measures, detention: besides the fine, in those words.
    like: numbers of the provincial tables with similar factors.
    """

    code: str
    category: str
    name: str
    article: str
    tiers: tuple[Tier, ...]
    told: str
    person: str
    measures: str
    detention: str
    old_basis: str
    like: tuple[str, ...]

    @property
    def clause(self) -> str:
        return f"生态环境法典{article(self.article)}"


def case_type(code: str) -> CaseType:
    """The case type of that code (PW08). Raises TableRefusedError when there is none."""
    found = case_types().get(code)
    if found is None:
        raise TableRefusedError(f"没有代码为“{code}”的法典案由；代码形如 PW08，请从列表中选择")
    return found


@cache
def case_types() -> Mapping[str, CaseType]:
    """All of them by code, in the order of the list."""
    return {row["case_code"]: _type(row) for row in packaged_rows("case_types_code2026")}


def types_after(table: Table) -> tuple[CaseType, ...]:
    """The case types of the Code that took the place of an old table's act."""
    return tuple(each for each in case_types().values() if table.number.rstrip("b") in each.like)


def _type(row: Mapping[str, str]) -> CaseType:
    own = _own(row)
    aggravated, told = _aggravated(row["aggravated_or_condition"], has_own=bool(own))
    return CaseType(
        code=row["case_code"],
        category=row["category"],
        name=row["short_name"],
        article=row["code2026_article"],
        tiers=(*own, *aggravated, *_noise(row["other_measures"])),
        told=told,
        person=row["individual_fine_wan"],
        measures=row["other_measures"],
        detention=row["administrative_detention"],
        old_basis=row["old_law_basis(≤2026-08-14)"],
        like=tuple(_like(row["gd2022_discretion_case_id"])),
    )


def _own(row: Mapping[str, str]) -> list[Tier]:
    """The act's own range; two where the Code splits its items (2|10 to 20|100)."""
    if not row["fine_max_wan"]:
        return []
    if split := _SPLIT_BY_ITEM.search(row["short_name"]):
        first, low, high, second, low_2, high_2 = split.groups()
        return [Tier(first, _wan(low, high)), Tier(second, _wan(low_2, high_2))]
    pairs = zip(row["fine_min_wan"].split("|"), row["fine_max_wan"].split("|"), strict=True)
    each = _EACH.match(row["aggravated_or_condition"])
    bounds = [_wan(low, high, per=each[1] if each else "") for low, high in pairs]
    if len(bounds) == 1:
        return [Tier("", bounds[0])]
    return [Tier(f"第{index}档（按所涉项）", bound) for index, bound in enumerate(bounds, start=1)]


def _aggravated(words: str, *, has_own: bool) -> tuple[list[Tier], str]:
    """情节严重100-1000 → a range with its condition; 货值1-5倍 → the act's own; the rest stays words."""
    found = _RANGE.match(words)
    if found is None or (found[4] and has_own):
        return [], words
    condition, low, high, multiple, rest = found.groups()
    if multiple:
        return [Tier("", Bound(Fraction(low), Fraction(high), words, condition))], ""
    return [Tier(condition, replace(_wan(low, high), text=words))], words if rest else ""


def _noise(measures: str) -> list[Tier]:
    """Noise has a range of its own, told among the measures."""
    return [Tier(each[1], _wan(each[2], each[3])) for each in _NOISE.finditer(measures)]


def _wan(low: str, high: str, per: str = "") -> Bound:
    least = Fraction(low) * _WAN or None
    return Bound(least, Fraction(high) * _WAN, f"{low}-{high}万元", per=per)


def _like(text: str) -> list[str]:
    found: list[str] = []
    for part in filter(None, text.split(";")):
        if run := _LIKE.match(part):
            chapter, first, last = run.groups()
            found += [f"{chapter}.{each}" for each in range(int(first), int(last) + 1)]
        elif "-" in part:
            raise TableFileError(f"相近裁量表“{part}”读不出来")
        else:
            found.append(part)
    return found
