"""The calculator's door: one act, one day, one law, one answer.

    calculate("2.7", {"超标因子数目": "2个", …}, date(2026, 5, 1))       a provincial table
    calculate("PW08", {…}, date(2026, 9, 1), factor_set="2.7")        the Code's range

A table that is not valid for the days is refused with the reason. Nothing is stored and nothing asked
of the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Unpack

from zhihuan.bureau.discretion.asked import Asked, Circumstances
from zhihuan.bureau.discretion.banding import Banded, band
from zhihuan.bureau.discretion.case_type import case_types
from zhihuan.bureau.discretion.catalogue import table as table_of
from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.discretion.money import in_yuan
from zhihuan.bureau.discretion.reckoning import Law, Mode, Reckoning, Severity
from zhihuan.bureau.discretion.regulation import annex_ends, general_ends, provincial
from zhihuan.bureau.discretion.span import Span, between
from zhihuan.bureau.discretion.table import BandTable, WeightTable
from zhihuan.bureau.discretion.under_code import reckon_under_code
from zhihuan.bureau.discretion.validity import check_table
from zhihuan.bureau.discretion.weighing import weigh

__all__ = ["LAW_RANGE", "calculate", "reckon"]

#: Asked where the words of the law are not packaged or fit more than one range.
LAW_RANGE = "法定幅度"


def calculate(
    case_id: str, answers: Mapping[str, str], act_on: date, **circumstances: Unpack[Circumstances]
) -> Reckoning:
    """The fine for one act.

    case_id: number of a provincial table (2.7) or code of a case type of the Code (PW08). answers: level
    by factor; a factor left out or answered "" counts at its lowest level (§5). act_on: day of the act,
    of a lasting one the day it ended; days of Beijing. The circumstances are those of ``Asked``.

    Raises TableRefusedError when the table or act does not hold on these days, AnswerRefusedError for
    an answer that the table does not know.
    """
    return reckon(Asked(case_id, answers, act_on, **circumstances))


def reckon(asked: Asked) -> Reckoning:
    """``calculate`` for a question that is put together already."""
    if asked.case_id in case_types():
        return reckon_under_code(asked)
    if asked.factor_set or asked.tier:
        raise AnswerRefusedError("借用裁量因素、选择幅度只用于法典案由")
    table = table_of(asked.case_id)
    warnings = (*table.notes, *check_table(table, asked.act_on, asked.decided_on))
    if isinstance(table, WeightTable):
        return _weighed(table, asked, warnings)
    return _banded(table, asked, warnings)


def _weighed(table: WeightTable, asked: Asked, warnings: tuple[str, ...]) -> Reckoning:
    found = weigh(table, asked.answers, asked.bases, person=asked.person)
    if asked.severity is not Severity.NORMAL:
        warnings = (*warnings, "权重累加表直接得出罚款数额，从重、从轻另按第十条、第十一条说明")
    return Reckoning(
        case_id=table.number,
        title=table.title,
        law=Law.OLD,
        mode=Mode.WEIGHTS,
        act_on=asked.act_on,
        is_person=asked.person,
        factors=found.factors,
        total=found.total,
        statutory=found.statutory,
        within=found.statutory,
        amount=found.amount,
        floor=found.floor,
        clauses=_clauses(table, "第五条、第六条"),
        steps=found.steps,
        warnings=(*warnings, *found.warnings),
        asks=found.asks,
    )


def _banded(table: BandTable, asked: Asked, warnings: tuple[str, ...]) -> Reckoning:
    read = _told(asked.law_range)
    found = band(table, asked, read.high if read else None)
    given = None if found.statutory else read
    asks = found.asks if found.statutory or given else (*found.asks, LAW_RANGE)
    return Reckoning(
        case_id=table.number,
        title=table.title,
        law=Law.OLD,
        mode=Mode.BANDS,
        act_on=asked.act_on,
        is_person=asked.person,
        factors=found.factors,
        total=None,
        statutory=found.statutory or given,
        within=found.within,
        amount=found.amount,
        floor="",
        clauses=_clauses(table, "第五条、第十二条"),
        steps=found.steps,
        warnings=(*warnings, *found.warnings, *_outside(found, given)),
        asks=asks,
    )


def _told(law_range: tuple[Decimal, Decimal] | None) -> Span | None:
    """The statutory range as an officer read it in the law."""
    if law_range is None:
        return None
    low, high = law_range
    if not 0 <= low <= high:
        raise AnswerRefusedError("法定幅度须是从低到高的两个金额（元）")
    span = between(in_yuan(low), in_yuan(high))
    return replace(span, words=f"{span.words}（承办人填写）")


def _outside(found: Banded, given: Span | None) -> tuple[str, ...]:
    if given is None or found.within is None:
        return ()
    if found.amount is not None:
        lies = given.holds(found.amount)
        return () if lies else (f"罚款数额不在填写的法定幅度{given.words}之内，请核对",)
    ends = [each for each in (found.within.low, found.within.high) if each is not None]
    if all(given.holds(each) for each in ends):
        return ()
    return (f"应在幅度{found.within.told}不在填写的法定幅度{given.words}之内，请核对",)


def _clauses(table: WeightTable | BandTable, rules: str) -> tuple[tuple[str, str], ...]:
    return (
        ("违反条款", table.violated),
        ("处罚依据", table.penalty),
        ("裁量依据", f"{provincial().title}{rules}，附件1表{table.number}"),
        (
            "数的界限",
            f"{annex_ends()}，法定最高罚款额属于最高一档；法定幅度的“以上”“以下”均包括本数（{general_ends()}）",
        ),
    )
