"""Find a case type by words: number, code, act, article, category; all words must occur."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zhihuan.bureau.discretion import WeightTable, case_types, tables

__all__ = ["CODE", "KINDS", "LONGEST", "PROVINCIAL", "Entry", "entries"]

CODE, PROVINCIAL = "code", "provincial"
KINDS = (CODE, PROVINCIAL)
#: Characters of a question.
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One case type as the list shows it. by: weights, bands or range; is_check: to be compared with
    print. digits: the article in figures, for whoever asks so."""

    case_id: str
    category: str
    act: str
    article: str
    by: str
    fine: str
    is_check: bool = False
    digits: str = ""

    @property
    def words(self) -> str:
        return f"{self.case_id} {self.category} {self.act} {self.article} {self.digits}".casefold()


def entries(kind: str, asked: str) -> list[Entry]:
    """Those of the kind with every word that was asked for, in their own order."""
    wanted = asked.casefold().split()
    return [each for each in _all(kind) if all(word in each.words for word in wanted)]


@cache
def _all(kind: str) -> tuple[Entry, ...]:
    return _of_code() if kind == CODE else _provincial()


def _of_code() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            each.code,
            each.category,
            each.name,
            each.clause,
            "range",
            "；".join(f"{tier.condition} {tier.bound.words}".strip() for tier in each.tiers),
            digits=f"第{each.article}条",
        )
        for each in case_types().values()
    )


def _provincial() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            each.number,
            each.category,
            each.title,
            each.penalty,
            "weights" if isinstance(each, WeightTable) else "bands",
            "；".join(tier.words for tier in each.tiers),
            each.is_check,
        )
        for each in tables().values()
    )
