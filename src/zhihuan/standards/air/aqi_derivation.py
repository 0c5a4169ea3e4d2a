"""Why one record has its AQI: law, concentrations, each index with its formula, what decided.

Reckoned anew from the record's concentrations and rules, so it holds for one element of an array
that spans editions. ``aqi.AirQualityIndex.derivation`` is the way in. It refuses arrays.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np

from zhihuan.standards.air.aqi_rules import Rules
from zhihuan.standards.air.breakpoints import Curve
from zhihuan.standards.air.reporting import name_of, round_reported, unit_of
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step

__all__ = ["derived", "index_step", "item_name"]

_TITLES = {"hourly": "空气质量指数（实时报）", "daily": "空气质量指数（日报）"}
_DECIDES = {
    "breakpoints": "分指数分段限值与计算式",
    "rounding_before_index": "计算前浓度修约",
    "rounding_of_index": "指数取整",
    "{report}_items": "参与计算的项目",
    "primary_above": "首要污染物",
    "levels": "级别与类别",
}
_COLUMN_TEXT = {"1h": "1 小时平均", "24h": "24 小时（日）平均", "8h": "8 小时滑动平均"}
_NO_INDEX = "不计算"


def derived(rules: Rules, given: Mapping[str, float], day: date | None) -> Derivation:
    """The derivation of one record. given: item to concentration [µg/m³; CO mg/m³]."""
    found = {item: _index(rules, given, item) for item in rules.columns}
    known = {item: index for item, index in found.items() if not math.isnan(index)}
    aqi = max(known.values(), default=math.nan)
    primary = [item for item, index in known.items() if index == aqi > rules.primary_above]
    return Derivation(
        title=f"{_TITLES[rules.report]} {day or ''}".strip(),
        conclusion=_conclusion(rules, aqi, primary),
        basis=_basis(rules, given),
        facts=(*_facts(rules, given), Fact("有分指数的项目数", f"{len(known)}/{len(found)}")),
        steps=(*_steps(rules, given, found, primary), *_last_steps(rules, known, aqi, primary)),
        cautions=_cautions(rules, given, found),
    )


def item_name(item: str) -> str:
    """How people write an item or a column: ``O3_8h`` is O3（8 小时滑动平均）."""
    pollutant, _, averaging = item.partition("_")
    return name_of(pollutant) + (f"（{_COLUMN_TEXT[averaging]}）" if averaging else "")


def index_step(
    curve: Curve, concentration: float, *, rounded: bool, name: str = "", deciding: bool = False
) -> Step:
    """One index as a step: where the concentration lies, formula with the numbers, rounding."""
    what = f"{name or item_name(curve.column)}的 IAQI"
    if math.isnan(concentration):
        return Step(what, "缺测", _NO_INDEX)
    value = round(_as_used(curve, concentration, rounded=rounded), 9)  # as the curve takes it
    if value < 0:
        return Step(what, "浓度为负，无效", _NO_INDEX)
    if value > curve.last:
        result = _NO_INDEX if math.isnan(curve.beyond) else f"{curve.beyond:g}"
        return Step(what, f"{value:g} 高于末段 {curve.last:g}", result, deciding=deciding)
    piece = curve.piece_of(value)
    low, high = curve.nodes[piece], curve.nodes[piece + 1]
    start, end = curve.indices[piece], curve.indices[piece + 1]
    exact = (end - start) / (high - low) * (value - low) + start
    how = f"({end:g}−{start:g})÷({high:g}−{low:g})×({value:.12g}−{low:g})+{start:g} = {exact:.8g}"
    index = float(curve.exact(value))
    return Step(what, how, f"{index:g}", rounding="向上进位取整数", deciding=deciding)


def _as_used(curve: Curve, concentration: float, *, rounded: bool) -> float:
    return float(round_reported(concentration, curve.decimals)) if rounded else concentration


def _index(rules: Rules, given: Mapping[str, float], item: str) -> float:
    curve = rules.curves[rules.columns[item]]
    index = _one(curve, given.get(item, math.nan), rules)
    if math.isnan(index) and _goes_elsewhere(curve, given, item):
        return _one(rules.curves[curve.instead], given[curve.instead], rules)
    return index


def _one(curve: Curve, concentration: float, rules: Rules) -> float:
    found = np.empty(1, dtype=np.float32)
    curve.fill(np.array([concentration]), found, rounded=rules.rounded_first)
    return float(found[0])


def _goes_elsewhere(curve: Curve, given: Mapping[str, float], item: str) -> bool:
    return given.get(item, math.nan) > curve.last and curve.instead in given


def _conclusion(rules: Rules, aqi: float, primary: list[str]) -> str:
    if math.isnan(aqi):
        return "各项污染物均缺测或无分指数，无法评价"
    row = rules.editions["levels"].rows[int(np.searchsorted(rules.level_ends, aqi))]
    named = "、".join(item_name(item) for item in primary) or "无"
    return f"AQI {aqi:g}，{row['roman']}（{row['name']}），首要污染物：{named}"


def _basis(rules: Rules, given: Mapping[str, float]) -> tuple[Basis, ...]:
    decides = {name.format(report=rules.report): text for name, text in _DECIDES.items()}
    curves = [rules.curves[c] for i, c in rules.columns.items() if _is_above(rules, given, i)]
    if any(curve.ends_early for curve in curves):
        decides["above_last_breakpoint"] = "高于末段的分指数"
    if any(not curve.ends_early for curve in curves):
        decides["scale_top"] = "指数上限"
    return tuple(
        Basis.of(rules.editions[name], decides=text, forced=rules.forced)
        for name, text in decides.items()
    )


def _is_above(rules: Rules, given: Mapping[str, float], item: str) -> bool:
    return given.get(item, math.nan) > rules.curves[rules.columns[item]].last


def _facts(rules: Rules, given: Mapping[str, float]) -> list[Fact]:
    facts = []
    for item in rules.columns:
        value = given.get(item, math.nan)
        missing, unit = math.isnan(value), unit_of(item.partition("_")[0])
        shown = ("缺测", "") if missing else (f"{value:.12g}", unit)
        facts.append(Fact(item_name(item), *shown))
    return facts


def _steps(
    rules: Rules, given: Mapping[str, float], found: Mapping[str, float], primary: list[str]
) -> list[Step]:
    steps = []
    for item, column in rules.columns.items():
        curve, value = rules.curves[column], given.get(item, math.nan)
        used = f"{_as_used(curve, value, rounded=rules.rounded_first):.12g}"
        if used != f"{value:.12g}":
            rule = f"GB/T 8170，{curve.decimals} 位小数"
            steps.append(Step(f"{item_name(item)}浓度修约", f"{value:.12g}", used, rounding=rule))
        rounded, deciding = rules.rounded_first, item in primary
        steps.append(
            index_step(
                curve, value, rounded=rounded, name=_step_name(rules, item), deciding=deciding
            )
        )
        if _goes_elsewhere(curve, given, item) and not math.isnan(found[item]):
            other = rules.curves[curve.instead]
            steps.append(
                index_step(other, given[curve.instead], rounded=rounded, deciding=deciding)
            )
    return steps


def _step_name(rules: Rules, item: str) -> str:
    """An hourly PM stands on the daily column: say so."""
    column = rules.columns[item]
    if rules.report == "hourly" and column.endswith("_24h"):
        return f"{item_name(item)}（1 小时平均，用日平均分段）"
    return item_name(column)


def _last_steps(
    rules: Rules, known: Mapping[str, float], aqi: float, primary: list[str]
) -> list[Step]:
    if not known:
        return []
    indices = ", ".join(f"{index:g}" for index in known.values())
    steps = [Step("AQI", f"max({indices})", f"{aqi:g}")]
    names = "、".join(item_name(item) for item in primary)
    bound = f"AQI 大于 {rules.primary_above:g} 时分指数最大者"
    steps.append(Step("首要污染物", bound, names or "无"))
    if not math.isinf(rules.exceeding_above):
        above = [item_name(item) for item, i in known.items() if i > rules.exceeding_above]
        bound = f"分指数大于 {rules.exceeding_above:g}"
        steps.append(Step("超标污染物", bound, "、".join(above) or "无"))
    return steps


def _cautions(
    rules: Rules, given: Mapping[str, float], found: Mapping[str, float]
) -> tuple[str, ...]:
    missing = [item for item in rules.columns if math.isnan(given.get(item, math.nan))]
    homeless = [item for item, i in found.items() if math.isnan(i) and item not in missing]
    said = []
    if missing and len(missing) < len(found):
        named = "、".join(item_name(item) for item in missing)
        said.append(f"{named}缺测，指数由其余项目得出；是否发布按数据完整性要求另行判断")
    for item in homeless:
        curve = rules.curves[rules.columns[item]]
        if given[item] > curve.last:
            said.append(
                f"{item_name(item)}高于 {curve.last:g}，按规定应报{item_name(curve.instead)}的分指数，"
                "但未提供该数据，实际指数可能更高"
            )
    return tuple(said)
