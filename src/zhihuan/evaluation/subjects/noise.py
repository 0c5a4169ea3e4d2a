"""Environmental noise: levels against the limit of their zone and time; samples to hours and days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.errors import AskedError
from zhihuan.evaluation.labels import joined, label_columns, texts_of
from zhihuan.evaluation.noise_samples import days_of_samples, hours_of_samples
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Choice, Judged, Subject
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.noise import (
    CANNOT_BE_JUDGED,
    OVER,
    WITHIN,
    EmissionLevel,
    LevelJudgement,
    construction_site,
    emission_level,
    functional_zone,
    in_night,
    industrial_boundary,
    social_life_boundary,
)

_VERDICTS = {WITHIN: "达标", OVER: "超标", CANNOT_BE_JUDGED: "无法评价"}


def judge(rows: Rows, asked: Asked) -> Judged:
    """A level a row; with samples, a result an hour, or two (day and night) a day."""
    if asked["records"] == "sample":
        rows = (hours_of_samples if asked["period"] == "hour" else days_of_samples)(rows)
    night = _night(rows)
    days = asked.days_of(rows)
    corrected = _corrected(rows, days, asked)
    level = rows["level"] if corrected is None else corrected.level
    found = _judged(rows, level, night, days, asked)
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "时段": np.where(night, "夜间", "昼间").astype(object),
        **{name: rows[name] for name in rows.columns if name in _FIGURES},
        "等效声级(dB(A))": level,
        "限值(dB(A))": found.limit,
        "超出(dB(A))": np.where(found.excess > 0, np.round(found.excess, 10), np.nan),
        **(_peaks(found) if "peak" in rows else {}),
        "评价": texts_of(found.verdict, _VERDICTS),
    }
    return Judged(rows.numbers, columns, _why(corrected, found), days)


_FIGURES = ("有效样本数", "L10(dB(A))", "L50(dB(A))", "L90(dB(A))", "Lmax(dB(A))", "SD(dB(A))",
            "有效小时数", "Ldn(dB(A))")  # fmt: skip


def _peaks(found: LevelJudgement) -> dict[str, NDArray[Any]]:
    """What else a level may exceed by: the maximum of the night."""
    return {"最大声级(dB(A))": found.peak, "最大声级允许值(dB(A))": found.peak_limit}


def _night(rows: Rows) -> NDArray[np.bool_]:
    if "period" in rows:
        words = rows["period"]
        if "time" not in rows and (words == "").any():
            raise AskedError("“时段”列有空格而文件没有“时间”列；请填写 昼间 或 夜间")
        clock = in_night(rows["time"]) if "time" in rows else np.zeros(len(rows), dtype=bool)
        return np.where(words == "", clock, words == "night").astype(bool)
    if "time" not in rows:
        raise AskedError("文件没有“时段”列，也没有“时间”列；无法判断昼间还是夜间")
    return in_night(rows["time"])


def _judged(
    rows: Rows,
    level: NDArray[np.float64],
    night: NDArray[np.bool_],
    days: NDArray[np.datetime64],
    asked: Asked,
) -> LevelJudgement:
    common: dict[str, Any] = {"on": days, "peak": rows.number("peak"), "edition": asked.edition}
    indoors = rows.text("indoors") == "1"
    if asked["standard"] == "site":
        return construction_site(level, night, indoors=indoors, **common)
    zone = _zone(rows)
    if asked["standard"] == "industrial":
        event = np.where(rows.text("event") == "occasional", "occasional", "frequent")
        return industrial_boundary(level, zone, night, event=event, indoors=indoors, **common)
    if asked["standard"] == "social":
        return social_life_boundary(level, zone, night, indoors=indoors, **common)
    return functional_zone(level, zone, night, **common)


def _zone(rows: Rows) -> NDArray[np.str_]:
    if "zone" not in rows:
        raise AskedError("评价需要“功能区类别”列（施工场界用 --standard site，不需要此列）")
    return rows["zone"].astype(np.str_)


def _corrected(rows: Rows, days: NDArray[np.datetime64], asked: Asked) -> EmissionLevel | None:
    """The level of the source alone, where the file has a background and the standard wants it."""
    if "background" not in rows or asked["standard"] == "zone":
        return None
    found = emission_level(rows["level"], rows["background"], on=days)
    if np.isnan(rows["background"]).any():
        alone = np.isnan(rows["background"])
        found.level[alone] = rows["level"][alone]
    return found


def _why(corrected: EmissionLevel | None, found: LevelJudgement) -> Callable[[int], Derivation]:
    if corrected is None:
        return found.derivation

    def told(place: int) -> Derivation:
        if np.isnan(corrected.background[place]):
            return found.derivation(place)  # nothing to correct for
        return joined(found.derivation(place), corrected.derivation(place))

    return told


SUBJECT = Subject(
    name="noise",
    judge=judge,
    folders=("noise", "data_validity/noise"),
    whole=lambda asked: asked["records"] == "sample",
    choices=(
        Choice(
            "standard",
            "Whose limits: functional zones (GB 3096), industrial boundaries (GB 12348), social "
            "life (GB 22337), construction sites (GB 12523).",
            ("zone", "industrial", "social", "site"),
        ),
        Choice(
            "records",
            "Rows are equivalent levels to judge, or samples (1 s, 1 min) to make levels of.",
            ("level", "sample"),
        ),
        Choice("period", "With samples: judge days (Ld, Ln) or list hours.", ("day", "hour")),
    ),
    tallies=("评价", "时段"),
    extremes=("等效声级(dB(A))",),
)
