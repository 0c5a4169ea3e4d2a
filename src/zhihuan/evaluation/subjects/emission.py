"""Emissions of outlets: each hour or day of a pollutant against the limit that binds the outlet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.labels import joined, label_columns, texts_of
from zhihuan.evaluation.parts import Parts, groups
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Choice, Judged, Subject
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.emission import (
    Limit,
    LimitJudgement,
    Period,
    StackConcentration,
    alarm_hours,
    judge_hours,
    reported_concentration,
    states_of_marks,
)
from zhihuan.standards.emission.judgement import judge_against
from zhihuan.standards.emission.verdict import VERDICT_TEXT

_GIVEN = "限值、依据及其施行日期由使用者随数据给出；没有给出施行日期的，按文件最早的一天记"
_UNITS = {"gas": "mg/m³", "water": "mg/L"}


def judge(rows: Rows, asked: Asked) -> Judged:
    """One result a row; rows of one limit are judged together."""
    days = rows.days
    gas = asked["medium"] == "gas"
    stack = _converted(rows, days) if gas else None
    values = rows["value"] if stack is None else stack.converted_mg_m3
    parts: Parts[LimitJudgement] = Parts(len(rows))
    keys: list[NDArray[Any]] = [rows.text(key) for key in ("item", "standard", "clause")]
    keys += [rows.number("limit"), rows.number("lower"), _since(rows)]
    for key, places in groups(keys):
        parts.add(places, _judged(rows.take(places), values[places], days[places], key, asked))
    verdict = parts.column(lambda judged: judged.verdict)
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "污染物": rows["item"],
        "实测浓度": rows["value"],
        **({"折算浓度": values} if gas else {}),
        "限值": rows["limit"],
        "评价": texts_of(verdict, {int(one): word for one, word in VERDICT_TEXT.items()}),
        "超标倍数": _positive(parts.column(lambda judged: judged.multiple)),
        "执行标准": rows["standard"],
    }
    return Judged(rows.numbers, columns, _why(parts, stack), days)


def _converted(rows: Rows, days: NDArray[np.datetime64]) -> StackConcentration:
    return reported_concentration(
        rows["value"],
        on=days,
        oxygen_percent=rows.number("oxygen"),
        reference_oxygen_percent=rows.number("reference_oxygen"),
        moisture_percent=np.nan_to_num(rows.number("moisture")),
    )


def _judged(
    rows: Rows,
    values: NDArray[np.float64],
    days: NDArray[np.datetime64],
    key: tuple[str, ...],
    asked: Asked,
) -> LimitJudgement:
    item, standard, clause, upper, lower, since = key
    daily = "day" in rows
    gas = asked["medium"] == "gas"
    acidity = item.casefold().startswith("ph")
    limit = Limit(
        item=item,
        unit="" if acidity else _UNITS[asked["medium"]],
        period=Period.DAY if daily or not gas else Period.HOUR,
        standard=standard,
        clause=clause,
        in_force_from=date.fromisoformat(since),
        upper=float(upper),
        lower=float(lower),
    )
    guard = "ph" if acidity else "flue_mg_m3" if gas else "water_mg_l"
    states = states_of_marks(_marks(rows), on=days)
    if daily:
        return judge_against(values, days, [limit], Period.DAY, states=states, quantity=guard)
    if gas:
        return judge_hours(values, days, [limit], states=states, quantity=guard)
    return alarm_hours(values, days, [limit], states=states, quantity=guard)


def _marks(rows: Rows) -> NDArray[np.str_]:
    marks = rows.text("mark", "N").astype(np.str_)
    return np.where(marks == "", "N", marks)


def _positive(multiples: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(multiples > 0, np.round(multiples, 4), np.nan)


def _since(rows: Rows) -> NDArray[np.str_]:
    """Since when each row's limit holds: as given, else the file's first day."""
    first = rows.days.min().astype(str)
    if "since" not in rows:
        return np.full(len(rows), first)
    return rows["since"].astype(str)


def _why(
    parts: Parts[LimitJudgement], stack: StackConcentration | None
) -> Callable[[int], Derivation]:
    def derivation(row: int) -> Derivation:
        told = parts.derivation(row)
        told = told if stack is None else joined(told, stack.derivation(row))
        return replace(told, cautions=(*told.cautions, _GIVEN))

    return derivation


SUBJECT = Subject(
    name="emission",
    judge=judge,
    folders=("emission", "data_validity/flue_gas", "data_validity/wastewater"),
    by=("station", "item"),
    choices=(Choice("medium", "Flue gas or waste water.", ("gas", "water")),),
    tallies=("评价",),
    figures=("超标倍数",),
)
