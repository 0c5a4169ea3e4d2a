"""Whether a minor violation goes without a penalty: the provincial list, then the law's own grounds.

The list's conditions must all hold (of item 10 one), and it does not apply in sensitive areas. For
conduct under the Code an item whose article is repealed does not apply; §1056 itself then decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.discretion.regulation import code, doubts_about, repealed_among
from zhihuan.bureau.lenience.judgement import Judgement, Outcome, Reason
from zhihuan.bureau.lenience.packaged import rows, values

__all__ = ["FACTS", "MinorItem", "judge_item", "judge_law", "minor_items"]

#: What the law's own grounds ask for, by key.
FACTS = {
    "no_fault": "当事人有证据足以证明没有主观过错",
    "minor": "违法行为轻微",
    "corrected": "及时改正",
    "harmless": "没有造成危害后果",
    "first": "初次违法",
    "slight": "危害后果轻微",
}
_GROUNDS = (
    (("minor", "corrected", "harmless"), "不予处罚"),
    (("first", "slight", "corrected"), "可以不予处罚"),
)
_LIST = "粤环发〔2021〕7号附件2"


@dataclass(frozen=True, slots=True)
class MinorItem:
    """An act of the list. conditions: in order. any_of: one of them suffices. may: 可以不予."""

    number: int
    category: str
    act: str
    articles: str
    conditions: tuple[str, ...]
    any_of: bool
    may: bool


@cache
def minor_items() -> Mapping[int, MinorItem]:
    """The twenty acts by number."""
    given = values("no_penalty")
    return {int(row["no"]): _item(row, given) for row in rows("minor_violations_gd2022")}


def judge_item(
    number: int,
    holds: Mapping[int, bool],
    *,
    act_on: date,
    in_sensitive_area: bool | None,
) -> Judgement:
    """Whether the item applies. holds: by condition's number (from 1); one left out is not known.

    Raises KeyError for a number that the list does not have.
    """
    item = minor_items()[number]
    if refused := _not_in_force(item, act_on):
        return refused
    if in_sensitive_area:
        text = values("no_penalty")["not_in_sensitive_area"]
        return _no("行为发生在生态环境敏感区内，不适用目录", Reason(text, f"{_LIST}备注二"))
    outcome, missing = _conditions(item, holds)
    reasons = tuple(
        Reason(_told(text, holds.get(index)), f"{_LIST}第{item.number}项")
        for index, text in enumerate(item.conditions, start=1)
    )
    if outcome is Outcome.YES and in_sensitive_area is None:
        outcome, missing = Outcome.OPEN, ("行为是否发生在生态环境敏感区内",)
    warnings = doubts_about(item.articles)
    return Judgement(outcome, _conclusion(outcome, item), reasons, missing, warnings)


def judge_law(known: Mapping[str, bool], *, act_on: date) -> Judgement:
    """The law's own grounds, apart from the list: no fault; minor, corrected, harmless (shall not be
    punished); first, slight harm, corrected (need not be). known: by key of ``FACTS``; one left out is
    not known.

    Raises AnswerRefusedError for a fact that no ground asks for.
    """
    if strange := sorted(set(known) - set(FACTS)):
        raise AnswerRefusedError(f"没有“{strange[0]}”这一事实，有：{'、'.join(FACTS)}")
    under_code = code().in_force_on(act_on)
    if known.get("no_fault"):
        clause = (
            "生态环境法典第一千零五十三条第一款" if under_code else "行政处罚法第三十三条第二款"
        )
        return _yes("不予处罚", Reason(FACTS["no_fault"], clause))
    clause = "生态环境法典第一千零五十六条第二款" if under_code else "行政处罚法第三十三条第一款"
    for keys, conclusion in _GROUNDS:
        if all(known.get(key) for key in keys):
            return _yes(conclusion, Reason("，".join(FACTS[key] for key in keys), clause))
    return _undecided(known, clause)


def _undecided(known: Mapping[str, bool], clause: str) -> Judgement:
    """NO where every ground lacks something; else what the open ones still ask for."""
    still = [keys for keys, _ in _GROUNDS if all(known.get(key) is not False for key in keys)]
    if not still:
        return _no("不符合不予处罚的法定情形", Reason("缺少法定条件", clause))
    asked = dict.fromkeys(key for keys in still for key in keys if key not in known)
    return Judgement(Outcome.OPEN, "尚不能判断是否不予处罚", (), tuple(FACTS[key] for key in asked))


def _item(row: Mapping[str, str], given: Mapping[str, Any]) -> MinorItem:
    number = int(row["no"])
    conditions = (each.strip() for each in row["conditions_all_required"].split("|"))
    return MinorItem(
        number=number,
        category=row["category"],
        act=row["violation"].partition(given["remarks_begin"])[0],
        articles=row["articles_old_law"],
        conditions=tuple(each for each in conditions if each not in given["heads"]),
        any_of=number in given["any_of"],
        may=number in given["may"],
    )


def _not_in_force(item: MinorItem, act_on: date) -> Judgement | None:
    given = values("no_penalty")
    first, last = given["in_force_from"], given["in_force_until"]
    if not first <= act_on <= last:
        return _no(f"{act_on}不在目录施行期内", Reason(f"{first}至{last}施行", _LIST))
    repealed = repealed_among(item.articles)
    if code().in_force_on(act_on) and repealed:
        text = f"《{repealed[0]}》已废止，请按法典第一千零五十六条第二款判断"
        return _no(
            "行为适用法典，本项所引法律已废止", Reason(text, "生态环境法典第一千二百四十二条")
        )
    return None


def _conditions(item: MinorItem, holds: Mapping[int, bool]) -> tuple[Outcome, tuple[str, ...]]:
    known = [holds.get(index) for index in range(1, len(item.conditions) + 1)]
    unknown = tuple(text for text, each in zip(item.conditions, known, strict=True) if each is None)
    decided, other = (True, False) if item.any_of else (False, True)
    if decided in known:
        return (Outcome.YES if item.any_of else Outcome.NO), ()
    if unknown:
        return Outcome.OPEN, unknown
    return (Outcome.YES if other in known and not item.any_of else Outcome.NO), ()


def _told(text: str, holds: bool | None) -> str:
    return f"{text}：{'未查明' if holds is None else '符合' if holds else '不符合'}"


def _conclusion(outcome: Outcome, item: MinorItem) -> str:
    if outcome is Outcome.YES:
        return f"符合目录第{item.number}项，{'可以不予' if item.may else '不予'}行政处罚"
    if outcome is Outcome.NO:
        return f"不符合目录第{item.number}项"
    return f"尚不能判断是否符合目录第{item.number}项"


def _yes(conclusion: str, *reasons: Reason) -> Judgement:
    return Judgement(Outcome.YES, conclusion, reasons)


def _no(conclusion: str, *reasons: Reason) -> Judgement:
    return Judgement(Outcome.NO, conclusion, reasons)
