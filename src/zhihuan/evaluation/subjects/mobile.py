"""Mobile sources: remote-sensing records, periodic exhaust tests, smoke of non-road machinery."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.errors import AskedError
from zhihuan.evaluation.labels import label_columns, texts_of
from zhihuan.evaluation.parts import Parts, groups
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Choice, Judged, Subject
from zhihuan.standards.emission.verdict import VERDICT_TEXT
from zhihuan.standards.mobile import (
    Fuel,
    InspectionJudgement,
    LimitSet,
    judge_inspection,
    judge_machines,
    judge_records,
    specific_power,
)

_WORDS = {int(one): word for one, word in VERDICT_TEXT.items()}
_HIGH = {1: "高排放嫌疑", 0: "否"}
_READINGS = {
    "two_speed_idle": ("co_idle", "hc_idle", "co_high", "hc_high", "lambda"),
    "asm5025": ("co", "hc", "no"),
    "asm2540": ("co", "hc", "no"),
    "short_transient": ("co", "hc", "nox"),
    "transient": ("co", "hc_nox"),
    "free_acceleration": ("absorption", "opacity", "ringelmann"),
    "lug_down": ("absorption", "opacity", "nox", "power_percent", "ringelmann"),
}


def judge(rows: Rows, asked: Asked) -> Judged:
    """One result a row."""
    days = asked.days_of(rows)
    return {"remote": _remote, "inspection": _inspection, "machinery": _machinery}[asked["test"]](
        rows, days, asked
    )


def _remote(rows: Rows, days: NDArray[np.datetime64], asked: Asked) -> Judged:
    vsp = rows["vsp"] if "vsp" in rows else _power(rows)
    found = judge_records(
        opacity=rows.number("opacity"),
        ringelmann=rows.number("ringelmann"),
        nitric_oxide=rows.number("nitric_oxide"),
        vsp=vsp,
        on=days,
        device_valid=rows.text("device_valid", "1") == "1",
        edition=asked.edition,
    )
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "比功率(kW/t)": np.round(vsp, 3),
        "记录有效": found.valid,
        "评价": texts_of(found.verdict, _WORDS),
        "高排放筛查": texts_of(found.high_emitter, _HIGH),
    }
    return Judged(rows.numbers, columns, found.derivation, days)


def _power(rows: Rows) -> NDArray[np.float64]:
    if "speed" not in rows or "acceleration" not in rows:
        raise AskedError("遥感记录需要“比功率”列，或“车速”和“加速度”列")
    slope = np.nan_to_num(rows.number("slope"))
    return specific_power(rows["speed"], rows["acceleration"], slope)


def _machinery(rows: Rows, days: NDArray[np.datetime64], asked: Asked) -> Judged:
    _need(rows, "category", "power", "absorption")
    found = judge_machines(
        rows["category"].astype(str),
        rows["power"],
        absorption=rows["absorption"],
        ringelmann=rows.number("ringelmann"),
        on=days,
        edition=asked.edition,
    )
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "类别": rows["category"],
        "光吸收系数(1/m)": rows["absorption"],
        "限值(1/m)": found.absorption_limit,
        "评价": texts_of(found.verdict, _WORDS),
    }
    return Judged(rows.numbers, columns, found.derivation, days)


def _inspection(rows: Rows, days: NDArray[np.datetime64], asked: Asked) -> Judged:
    _need(rows, "fuel", "method")
    parts: Parts[InspectionJudgement] = Parts(len(rows))
    for (fuel, method), places in groups([rows["fuel"], rows["method"]]):
        given = {item: rows[item][places] for item in _READINGS[method] if item in rows}
        parts.add(
            places,
            judge_inspection(
                Fuel[fuel.upper()],
                method,
                {item: values for item, values in given.items() if not np.isnan(values).all()}
                or given,
                on=days[places],
                limit_set=LimitSet(asked["limits"]),
                edition=asked.edition,
            ),
        )
    verdict = parts.column(lambda judged: judged.verdict)
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "燃料": texts_of_words(rows["fuel"], {"petrol": "汽油", "diesel": "柴油"}),
        "检验方法": rows["method"],
        "评价": texts_of(verdict, _WORDS),
    }
    return Judged(rows.numbers, columns, parts.derivation, days)


def texts_of_words(words: NDArray[Any], told: dict[str, str]) -> NDArray[np.object_]:
    """Words in code as words people see."""
    return np.array([told.get(word, word) for word in words], dtype=object)


def _need(rows: Rows, *keys: str) -> None:
    lacking = [key for key in keys if key not in rows or (rows.text(key) == "").any()]
    if lacking:
        names = "、".join(f"“{SUBJECT.layout[key].name}”" for key in lacking)
        raise AskedError(f"这种检测需要列 {names}，不得有空格")


SUBJECT = Subject(
    name="mobile",
    judge=judge,
    folders=("mobile",),
    by=None,
    choices=(
        Choice(
            "test",
            "Remote sensing of diesel vehicles (HJ 845), periodic exhaust tests (GB 18285, "
            "GB 3847), or smoke of non-road machinery (GB 36886).",
            ("remote", "inspection", "machinery"),
        ),
        Choice(
            "limits", "Limits a (everywhere) or b (where a government adopted them).", ("a", "b")
        ),
    ),
    tallies=("评价", "高排放筛查"),
)
