"""Development land: soil values against the screening and intervention values of GB 36600-2018.

    >>> from datetime import date
    >>> judged = development_land({"pb": [300, 900, 900], "as": 45.0}, [1, 1, 2], on=date(2026, 5, 1))
    >>> judged.names().tolist()
    ['超过筛选值', '超过管制值', '超过筛选值']
    >>> land_class_of(["R2", "A33", "M1", ""], on=date(2026, 5, 1)).tolist()
    [1, 1, 2, 1]

Land of class 1 is where people live, learn and are cared for; class 2 is other built land; where
the planned use is not clear, class 1 applies. At most the screening value: risk negligible; above
it: detailed survey and risk assessment; above the intervention value: control or remediation. It
refuses values that look like µg/kg and days before 2018-08-01.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import exact_columns
from zhihuan.standards.dated import When, as_days, edition_on
from zhihuan.standards.derivation import Fact
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.soil.judging import Floats, Row, Samples, common_shape, judge_soil
from zhihuan.standards.soil.risk import Index, SoilRisk, Wording
from zhihuan.standards.soil.tables import rows_of_item

__all__ = ["development_items", "development_land", "land_class_of"]

_LIMITS = "soil/development_limits"
_LAND_NAMES = {1: "第一类用地", 2: "第二类用地"}
_WORDING = Wording(
    title="建设用地土壤污染风险筛查",
    decides="筛选值和管制值",
    levels=("不超过筛选值", "超过筛选值", "超过管制值"),
    asks=(
        "污染风险一般情况下可以忽略",
        "应开展详细调查和风险评估，确定是否采取风险管控或修复措施",
        "通常存在不可接受风险，应采取风险管控或修复措施",
    ),
)


def development_land(  # noqa: PLR0913 - data, land, day, edition, background, detection, checking
    columns: Mapping[str, ArrayLike],
    land_class: ArrayLike = 1,
    *,
    on: When,
    edition: str | None = None,
    background: Mapping[str, ArrayLike] | None = None,
    below: Mapping[str, ArrayLike] | None = None,
    checked: bool = True,
) -> SoilRisk:
    """The risk level of each soil sample of development land, the worst of its items.

    columns: item code or Chinese name -> values [mg/kg], shapes broadcast; NaN is missing and takes
    no part, a sample without any value is level 0. land_class: 1 or 2, one for all or one a sample
    (``land_class_of`` reads land-use codes). on: day or days; edition: forces one. background: item
    as in columns -> local background [mg/kg]; for arsenic, cobalt and vanadium a value above
    screening but not above it is level 1. below: item -> where the value given is a detection limit
    not reached; half of it stands in. checked=False leaves plausibility to the caller.

    Levels: 1 at most screening, 2 above it, 3 above intervention, 0 cannot be judged. Raises
    InputRefusedError, UnknownItemError, OutsideEditionsError, UnknownEditionError.

    Source: GB 36600-2018, tables 1, 2 with note ①, 5.3 (in force from 2018-08-01; known from two
    copies, text not read). Rounding: none.
    """
    days, columns = as_days(on), exact_columns(columns)
    shape = common_shape(columns, 用地分类=land_class, 日期=days)
    land = np.broadcast_to(np.asarray(land_class), shape)
    _refuse_bad_land(land)
    _refuse_background(background or {}, parameter(_LIMITS).editions[-1])
    first = land == 1

    def limits(law: Edition, item: str) -> tuple[Row, Floats, Floats]:
        (row,) = rows_of_item(law.rows, item)
        low, high = (
            np.where(first, float(row[f"{kind}_1"]), float(row[f"{kind}_2"]))
            for kind in ("screening", "intervention")
        )
        return row, low, high

    def facts(index: Index) -> tuple[Fact, ...]:
        return (Fact("用地分类", _LAND_NAMES[int(land[index])]),)

    samples = Samples(
        columns=columns,
        shape=shape,
        days=np.broadcast_to(days, shape),
        below=below or {},
        background=background or {},
        facts=facts,
        checked=checked,
    )
    return judge_soil(samples, _LIMITS, limits, _WORDING, edition=edition)


def development_items(*, on: When, edition: str | None = None) -> tuple[Row, ...]:
    """The rows of the standard's tables on one day: code, name, CAS number, table, limits."""
    return edition_on(parameter(_LIMITS), on, edition=edition).rows


def land_class_of(codes: ArrayLike, *, on: When) -> NDArray[np.int8]:
    """Class 1 or 2 of land by its land-use code of GB 50137 (R2, A33, M1 …), in the codes' shape.

    The longest code of the table that a code begins with decides; an empty code is a use that is
    not clear, and class 1. Raises InputRefusedError for codes that are no built land.
    Source: GB 36600-2018, 4.1, 5.3.1 (in force from 2018-08-01).
    """
    law = edition_on(parameter("soil/land_classes"), on)
    texts = np.asarray(codes, dtype=str)
    unique, places = np.unique(texts, return_inverse=True)
    known = {row["code"]: int(row["land_class"]) for row in law.rows}
    unclear = int(str(law.table["unclear"]))
    found = [_class_of(code, known, unclear) for code in unique.tolist()]
    unknown = [code for code, number in zip(unique.tolist(), found, strict=True) if not number]
    if unknown:
        row = int(np.flatnonzero(texts.reshape(-1) == unknown[0])[0])
        words = "不是建设用地代码", f"请用 GB 50137 的代码（{'、'.join(known)}），不明确的留空"
        raise InputRefusedError([InputProblem(row, "用地代码", unknown[0], *words)])
    return np.array(found, dtype=np.int8)[places].reshape(texts.shape)


def _class_of(code: str, known: Mapping[str, int], unclear: int) -> int:
    if not code.strip():
        return unclear
    begins = [start for start in known if code.strip().startswith(start)]
    return known[max(begins, key=len)] if begins else 0


def _refuse_bad_land(land: NDArray[np.generic]) -> None:
    bad = np.atleast_1d(~np.isin(land, (1, 2)))
    if bad.any():
        row = int(np.argwhere(bad)[0][0])
        words = "用地分类只有 1 和 2", "第一类用地填 1，第二类用地填 2，不明确的按 1"
        raise InputRefusedError(
            [InputProblem(row, "用地分类", np.atleast_1d(land)[bad][0], *words)]
        )


def _refuse_background(background: Mapping[str, ArrayLike], law: Edition) -> None:
    for item in background:
        (row,) = rows_of_item(law.rows, item)
        if not row["background"]:
            words = "标准没有规定该项目可按背景值排除", "只对带注①的项目（砷、钴、钒）给出背景值"
            raise InputRefusedError([InputProblem(-1, "背景值", row["name"], *words)])
