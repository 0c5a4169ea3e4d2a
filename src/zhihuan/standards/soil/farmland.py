"""Farmland: soil values against the screening and intervention values of GB 15618-2018.

    >>> from datetime import date
    >>> judged = farmland({"cd": [0.3, 0.45, 2.5]}, ph=[5.2, 6.0, 6.0], land_use="paddy",
    ...                   on=date(2026, 5, 1))
    >>> judged.names().tolist()
    ['优先保护类', '安全利用类', '严格管控类']

Limits depend on the soil's pH and on the use: paddy, orchard, other, or paddy in rotation with dry
crops, for which the stricter of the two holds. The level is what the soil alone says; the official
category of a field also weighs its crops. It refuses land uses the standard does not know, and a
missing pH leaves all limits that depend on it unjudged.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import exact_columns, exact_floats
from zhihuan.standards.dated import When, as_days, edition_on
from zhihuan.standards.derivation import Fact
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.soil.judging import Floats, Row, Samples, common_shape, judge_soil
from zhihuan.standards.soil.risk import Index, SoilRisk, Wording
from zhihuan.standards.soil.tables import rows_of_item

__all__ = ["LAND_USES", "farmland", "farmland_items"]

_LIMITS, _BANDS = "soil/farmland_limits", "soil/farmland_ph_bands"
_COLUMNS = ("to_5_5", "to_6_5", "to_7_5", "over_7_5")
LAND_USES = {"paddy": "水田", "orchard": "果园", "other": "其他", "rotation": "水旱轮作地"}
_ROWS_FOR = {  # in this order, the first land use that an item has a row for
    "paddy": ("paddy", "other", "all"),
    "orchard": ("orchard", "other", "all"),
    "other": ("other", "all"),
}
_WORDING = Wording(
    title="农用地土壤污染风险评价",
    decides="风险筛选值和风险管制值",
    levels=("优先保护类", "安全利用类", "严格管控类"),
    asks=(
        "污染风险低，一般情况下可以忽略",
        "可能存在风险，应加强土壤和农产品协同监测，原则上采取安全利用措施",
        "食用农产品不符合质量安全标准等风险高，原则上采取严格管控措施",
    ),
)


def farmland(  # noqa: PLR0913 - data, pH, use, day, edition, detection, checking
    columns: Mapping[str, ArrayLike],
    ph: ArrayLike,
    land_use: ArrayLike,
    *,
    on: When,
    edition: str | None = None,
    below: Mapping[str, ArrayLike] | None = None,
    checked: bool = True,
) -> SoilRisk:
    """The risk level of each soil sample of farmland, the worst of its items.

    columns: item code or Chinese name -> total content [mg/kg], shapes broadcast; NaN is missing
    and takes no part, a sample without any value is level 0. ph: of the soil; where it is NaN only
    items whose limits do not depend on it are judged. land_use: paddy, orchard, other or rotation
    (or 水田, 果园, 其他, 水旱轮作地), one for all or one a sample. on: day or days; edition: forces
    one. below: item -> where the value given is a detection limit not reached; half of it stands
    in. checked=False leaves plausibility to the caller.

    Levels: 1 优先保护 at most screening, 2 安全利用 above it (copper, nickel, zinc and the organic
    items have no intervention value), 3 严格管控 above intervention, 0 cannot be judged. Raises
    InputRefusedError, UnknownItemError, OutsideEditionsError, UnknownEditionError.

    Source: GB 15618-2018, tables 1–3, chapters 5 and 6 (in force from 2018-08-01; known from two
    copies, text not read). Rounding: none.
    """
    days, columns = as_days(on), exact_columns(columns)
    shape = common_shape(columns, pH=ph, 土地利用=land_use, 日期=days)
    acidity = np.broadcast_to(exact_floats(ph), shape)
    if checked:
        refuse_bad((("soil/ph", acidity),))
    uses = np.broadcast_to(_uses(np.asarray(land_use, dtype=str)), shape)
    places: dict[str, NDArray[np.intp]] = {}

    def limits(law: Edition, item: str) -> tuple[Row, Floats, Floats]:
        rows = rows_of_item(law.rows, item)
        if law.name not in places:
            places[law.name] = uses * (len(_COLUMNS) + 1) + _bands(acidity, law)
        low, high = (
            np.asarray(_by_use_and_band(rows, kind).reshape(-1)[places[law.name]])
            for kind in ("screening", "intervention")
        )
        return rows[0], low, high

    def facts(index: Index) -> tuple[Fact, ...]:
        use, value = LAND_USES[list(LAND_USES)[int(uses[index])]], float(acidity[index])
        return (
            Fact("土壤 pH", "缺测" if np.isnan(value) else f"{value:.12g}"),
            Fact("土地利用", use),
        )

    samples = Samples(
        columns=columns,
        shape=shape,
        days=np.broadcast_to(days, shape),
        below=below or {},
        facts=facts,
        checked=checked,
    )
    return judge_soil(samples, _LIMITS, limits, _WORDING, edition=edition)


def farmland_items(*, on: When, edition: str | None = None) -> tuple[Row, ...]:
    """The rows of the standard's tables on one day: kind, item, land use, limits by pH band."""
    return edition_on(parameter(_LIMITS), on, edition=edition).rows


def _uses(texts: NDArray[np.str_]) -> NDArray[np.intp]:
    """The number of each land use in LAND_USES; Chinese names are taken too."""
    number = {name: n for n, names in enumerate(LAND_USES.items()) for name in names}
    unique, places = np.unique(texts, return_inverse=True)
    unknown = [name for name in unique.tolist() if name not in number]
    if unknown:
        row = int(np.flatnonzero(texts.reshape(-1) == unknown[0])[0])
        words = "标准没有这种土地利用", f"请填 {'、'.join(LAND_USES.values())}"
        raise InputRefusedError([InputProblem(row, "土地利用", unknown[0], *words)])
    numbers = np.array([number[name] for name in unique.tolist()], dtype=np.intp)
    return numbers[places].reshape(texts.shape)


def _bands(acidity: Floats, law: Edition) -> NDArray[np.intp]:
    """The pH band of each sample, 0 the most acid; one past the last where pH is missing."""
    upper = edition_on(parameter(_BANDS), law.in_force_from).table["up_to"]
    ends = [float(str(end)) for end in upper] if isinstance(upper, list) else []
    bands = np.searchsorted(ends, acidity, side="left")
    return np.where(np.isnan(acidity), len(_COLUMNS), bands)


def _by_use_and_band(rows: list[Row], kind: str) -> Floats:
    """The limits of an item, (land uses, pH bands and one for a missing pH); NaN where none."""
    of_use = {row["land_use"]: _by_band(row) for row in rows if row["kind"] == kind}
    none = np.full(len(_COLUMNS) + 1, np.nan)
    plain = {
        use: next((of_use[name] for name in names if name in of_use), none)
        for use, names in _ROWS_FOR.items()
    }
    plain["rotation"] = np.minimum(plain["paddy"], plain["other"])
    return np.stack([plain[use] for use in LAND_USES])


def _by_band(row: Row) -> Floats:
    values = [float(row[column]) for column in _COLUMNS]
    without_ph = values[0] if len(set(values)) == 1 else np.nan
    return np.array([*values, without_ph])
