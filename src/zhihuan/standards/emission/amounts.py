"""Tonnes emitted over a span: what was measured, what was substituted, what nobody knows.

    >>> from datetime import date
    >>> import numpy as np
    >>> hours = np.full(24, 50.0); hours[5] = np.nan
    >>> found = flue_gas_tonnage(hours, np.full(24, 10_000.0), date(2026, 3, 1))
    >>> float(found.measured_t), float(found.substituted_t), int(found.uncovered_hours)
    (0.0115, 0.0005, 0)

Mass of an hour is dry concentration (not the converted one) times dry flow; of waste water,
concentration times volume (HJ 212-2017, annex D). Hours without valid data are filled by the dated
rules of ``substitution``, and the two sums are never mixed. It refuses to call a sum complete
while hours are uncovered.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards import flue_gas, wastewater
from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.states import HourState, States, as_states
from zhihuan.standards.emission.substitution import (
    Booleans,
    Floats,
    capture_rates,
    gaps_of,
    substitutes,
)
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter

__all__ = ["Tonnage", "flue_gas_tonnage", "wastewater_tonnage"]

Index = int | tuple[int, ...]
_KG_PER_T = 1000.0


@dataclass(frozen=True, slots=True)
class Tonnage:
    """Amounts by the hour, (..., hours) [kg]: measured_kg and substituted_kg, each NaN where it is
    the other's hour or nobody's. running: hours in which the plant ran. capture: the share of
    valid hours of each hour's quarter. The sums (over the last axis) are properties [t].
    """

    measured_kg: Floats
    substituted_kg: Floats
    running: Booleans
    capture: Floats
    days: Days
    name: str
    edition: str | None

    @property
    def measured_t(self) -> Floats:
        """What valid hours emitted [t]."""
        return np.asarray(np.nansum(self.measured_kg, axis=-1) / _KG_PER_T)

    @property
    def substituted_t(self) -> Floats:
        """What the rule puts in place of invalid hours [t]."""
        return np.asarray(np.nansum(self.substituted_kg, axis=-1) / _KG_PER_T)

    @property
    def total_t(self) -> Floats:
        """Both together [t]; a lower bound while ``uncovered_hours`` is not zero."""
        return self.measured_t + self.substituted_t

    @property
    def uncovered_hours(self) -> NDArray[np.int64]:
        """Running hours that were neither measured nor could be substituted."""
        empty = np.isnan(self.measured_kg) & np.isnan(self.substituted_kg)
        return np.asarray((empty & self.running).sum(axis=-1))

    def derivation(self, index: Index = ()) -> Derivation:
        """How the sum of the series at ``index`` (all axes but time) came together."""
        measured, filled = self.measured_kg[index], self.substituted_kg[index]
        uncovered = int(self.uncovered_hours[index])
        counts = (np.sum(~np.isnan(measured)), np.sum(~np.isnan(filled)))
        total = float(self.total_t[index])
        return Derivation(
            title=f"排放量核算（{self.days.min()} 至 {self.days.max()}）",
            conclusion=f"排放量 {total:.10g} t" + (f"，另有 {uncovered} 小时无法核算" if uncovered else ""),
            basis=_bases(self.name, self.days, self.edition),
            facts=(
                Fact("有效小时", str(counts[0]), "h"),
                Fact("替代小时", str(counts[1]), "h"),
                Fact("无法替代小时", str(uncovered), "h"),
                Fact("停运小时", str(int(np.sum(~self.running[index]))), "h"),
                Fact("季度有效数据捕集率", _rates(self.capture[index], self.days)),
            ),
            steps=(
                Step("实测排放量", "各有效小时 浓度×流量 之和", f"{float(self.measured_t[index]):.10g} t"),
                Step("替代排放量", "各无效小时按替代方法取值之和",
                     f"{float(self.substituted_t[index]):.10g} t"),
                Step("合计", "实测＋替代", f"{total:.10g} t", deciding=True),
            ),
            cautions=(_UNCOVERED,) if uncovered else (),
        )  # fmt: skip


_UNCOVERED = "有无法替代的小时，合计只是下限；应以手工监测或物料衡算补充。"


def flue_gas_tonnage(
    dry_mg_m3: ArrayLike,
    dry_flow_m3_h: ArrayLike,
    on: When,
    *,
    states: object = None,
    edition: str | None = None,
) -> Tonnage:
    """The amount a stack emits over the hours given.

    dry_mg_m3 [mg/m³]: dry, standard state, *not* converted, (..., hours); dry_flow_m3_h [m³/h]:
    likewise. on: the day of each hour. states: ``HourState``; a NaN or INVALID running hour is a
    gap, whose *amount* is substituted; a STOPPED hour emits nothing. Give whole quarters: the
    rule's bands hang on the quarter's capture rate.
    edition: forces a substitution rule by name. Raises InputRefusedError, OutsideEditionsError.
    Source: HJ 212-2017, annex D, (33), (34); HJ 75-2017 (2018-03-01 on) and HJ/T 75-2007 for gaps,
    both not read in the original. No rounding.
    """
    columns = {"flue_mg_m3": dry_mg_m3, "flow_m3_h": dry_flow_m3_h}
    concentration, flow, state, days = _prepared(columns, on, states, keep_flow=False)
    return _by_series(
        flue_gas.amount_kg(concentration, flow),
        state,
        days,
        _fill_amounts,
        name="flue_gas",
        edition=edition,
    )


def wastewater_tonnage(
    mg_l: ArrayLike,
    flow_m3_h: ArrayLike,
    on: When,
    *,
    states: object = None,
    edition: str | None = None,
) -> Tonnage:
    """The amount a waste-water outlet emits over the hours given.

    mg_l [mg/L], flow_m3_h [m³/h] (the hour's volume): (..., hours). As ``flue_gas_tonnage``, but
    concentration and flow are substituted each on its own, so a gap in one keeps the other.
    An INVALID hour loses its concentration; its flow is kept where it was measured.
    Source: HJ 212-2017, annex D, (8)–(11); HJ/T 356-2007, carried over to HJ 356-2019 unread.
    """
    columns = {"water_mg_l": mg_l, "flow_m3_h": flow_m3_h}
    concentration, flow, state, days = _prepared(columns, on, states, keep_flow=True)
    both = np.stack([concentration, flow], axis=-2)
    return _by_series(both, state, days, _fill_factors, name="wastewater", edition=edition)


def _prepared(
    columns: dict[str, ArrayLike], on: When, states: object, *, keep_flow: bool
) -> tuple[Floats, Floats, States, Days]:
    if as_days(on).ndim > 1:
        raise InputRefusedError([
            InputProblem(-1, "日期", f"形状 {as_days(on).shape}", "不是一维",
                         "各排放口共用同一时间轴，请给出 (小时,) 的日期")
        ])  # fmt: skip
    given = [np.atleast_1d(decimal_floats(one)) for one in columns.values()]
    concentration, flow, each_day = np.broadcast_arrays(*given, np.atleast_1d(as_days(on)))
    state = as_states(states, concentration.shape)
    stopped, invalid = state == HourState.STOPPED, state == HourState.INVALID
    concentration = np.where(invalid | stopped, np.nan, concentration)
    flow = np.where(stopped if keep_flow else invalid | stopped, np.nan, flow)
    checked = zip(columns, (concentration, flow), strict=True)
    refuse_bad((f"emission/{code}", column) for code, column in checked)
    days = each_day.reshape(-1)[: concentration.shape[-1]]  # the same for every series
    return concentration, flow, state, days


_Fill = Callable[[Floats, Booleans, Days, str, "str | None"], tuple[Floats, Floats, Floats]]


def _by_series(  # noqa: PLR0913 - the prepared columns and how to fill them
    values: Floats, state: States, days: Days, fill: _Fill, *, name: str, edition: str | None
) -> Tonnage:
    """Fill each series on its own; gaps of one have nothing to do with another's."""
    running = state != HourState.STOPPED
    outlets, hours = state.shape[:-1], state.shape[-1]
    count = math.prod(outlets)
    series = values.reshape(count, *values.shape[len(outlets) :])
    filled = [
        fill(one, runs, days, name, edition)
        for one, runs in zip(series, running.reshape(count, hours), strict=True)
    ]
    measured, substituted, capture = (
        np.array([one[part] for one in filled]).reshape(*outlets, hours) for part in range(3)
    )
    return Tonnage(measured, substituted, running, capture, days, name, edition)


def _fill_amounts(
    kg: Floats, running: Booleans, days: Days, name: str, edition: str | None
) -> tuple[Floats, Floats, Floats]:
    gap = running & np.isnan(kg)
    capture = capture_rates(gap, ~running, days)
    return kg, substitutes(name, gaps_of(kg, gap, capture), days, edition=edition), capture


def _fill_factors(
    both: Floats, running: Booleans, days: Days, name: str, edition: str | None
) -> tuple[Floats, Floats, Floats]:
    kg = wastewater.amount_kg(both[0], both[1])
    capture = capture_rates(running & np.isnan(kg), ~running, days)
    filled = [
        np.where(
            np.isnan(factor),
            substitutes(name, gaps_of(factor, running & np.isnan(factor), capture), days, edition=edition),
            factor,
        )
        for factor in both
    ]  # fmt: skip
    substituted = wastewater.amount_kg(filled[0], filled[1])
    return kg, np.where(np.isnan(kg), substituted, np.nan), capture


def _bases(name: str, days: Days, edition: str | None) -> tuple[Basis, ...]:
    spans = spans_in_force(parameter(f"emission/substitution/{name}"), days, edition=edition)
    return tuple(
        Basis.of(span.edition, decides="无效时段排放量的替代", forced=edition is not None)
        for span in spans
    )


def _rates(capture: Floats, days: Days) -> str:
    months = days.astype("datetime64[M]").astype(np.int64)
    quarters, first = np.unique(months // 3, return_index=True)
    return "，".join(
        f"{1970 + int(quarter) // 4} 年第 {int(quarter) % 4 + 1} 季度 "
        + ("全停运" if np.isnan(capture[place]) else f"{100 * capture[place]:.2f}%")
        for quarter, place in zip(quarters, first, strict=True)
    )
