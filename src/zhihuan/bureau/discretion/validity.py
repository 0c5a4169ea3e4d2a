"""Whether a provincial table may fix a fine for conduct of a day, decided on a day.

Refused, with the reason: before and after the rule's own days; for conduct under the Code when the
table's law is repealed, or when the Code sets another range for the act (never a new-law fine with an
old maximum). What stays open is a warning.
"""

from __future__ import annotations

from datetime import date

from zhihuan.bureau.discretion.case_type import types_after
from zhihuan.bureau.discretion.errors import AnswerRefusedError, TableRefusedError
from zhihuan.bureau.discretion.regulation import (
    code,
    doubts_about,
    laws_cited,
    provincial,
    repealed_among,
)
from zhihuan.bureau.discretion.table import Table

__all__ = ["check_code", "check_days", "check_table"]


def check_days(act_on: date, decided_on: date | None) -> None:
    """Raises AnswerRefusedError for a decision before its act."""
    if decided_on is not None and decided_on < act_on:
        raise AnswerRefusedError(f"决定日期{decided_on}早于违法行为日期{act_on}，请核对日期")


def check_table(table: Table, act_on: date, decided_on: date | None) -> tuple[str, ...]:
    """The warnings under which the table holds. Raises TableRefusedError with the reason."""
    check_days(act_on, decided_on)
    _check_rule(act_on, "违法行为")
    if decided_on is not None:
        _check_rule(decided_on, "作出决定")
    warnings = [*doubts_about(table.penalty)]
    if code().in_force_on(act_on):
        warnings += _under_code(table, act_on)
    elif decided_on is not None and code().in_force_on(decided_on):
        warnings.append(
            "决定在法典施行之后作出：须与法典比较，新规定处罚较轻或者不认为是违法的适用新规定（法典第一千零五十七条）"
        )
    return tuple(warnings)


def check_code(act_on: date) -> None:
    """Raises TableRefusedError for conduct before the Code."""
    if not code().in_force_on(act_on):
        raise TableRefusedError(
            f"《生态环境法典》自{code().in_force_from}起施行，{act_on}的行为适用行为时的法律；"
            "新规定处罚较轻的，请用“新旧法比较”"
        )


def _check_rule(day: date, what: str) -> None:
    rule = provincial()
    if rule.in_force_on(day):
        return
    hint = (
        "尚未施行" if day < rule.in_force_from else "有效期已届满，未见接续文件，请载入新的裁量基准"
    )
    raise TableRefusedError(
        f"{what}日期{day}：{rule.title}施行期为{rule.in_force_from}至{rule.in_force_until}，{hint}"
    )


def _under_code(table: Table, act_on: date) -> tuple[str, ...]:
    after = types_after(table)
    told = "、".join(f"{each.code} {each.name}（{each.clause}）" for each in after)
    if repealed := repealed_among(table.penalty):
        raise TableRefusedError(
            f"{act_on}的行为适用《生态环境法典》：表 {table.number} 的处罚依据《{'》《'.join(repealed)}》"
            f"已自{code().in_force_from}废止，不得据以计算罚款。"
            + (f"请改用法典案由：{told}" if told else "法典中的对应案由尚未登记，请按法典条文办理")
        )
    if after:
        raise TableRefusedError(
            f"{act_on}的行为适用《生态环境法典》：表 {table.number} 的行为已由法典另定罚款幅度，"
            f"不得按旧幅度计算。请改用法典案由：{told}"
        )
    if not laws_cited(table.penalty):
        raise TableRefusedError(
            f"表 {table.number} 未载处罚依据的名称，无法判断其在{act_on}是否仍然有效，请核对附件1原文"
        )
    return (
        "处罚依据是法规或者规章，未列入法典第一千二百四十二条的废止目录；其与法典不一致的部分不再适用，是否一致待核实",
    )
