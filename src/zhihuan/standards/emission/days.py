"""Daily means of an outlet out of its hours, and whether they exceed.

    >>> from datetime import date
    >>> import numpy as np
    >>> limit = Limit("化学需氧量", "mg/L", Period.DAY, "某排放标准", "表2",
    ...               date(2019, 1, 1), upper=40.0)
    >>> hours, flow = np.full((1, 24), 30.0), np.ones((1, 24))
    >>> hours[0, 0], flow[0, 0] = 90.0, 23.0  # one hour carries half of the day's water
    >>> found = judge_days(hours, date(2026, 3, 1), [limit], subject=Subject.WASTEWATER,
    ...                    flow=flow)
    >>> float(found.mean.value[0]), found.judged.verdict.tolist()
    (60.0, [1])

How many hours a day needs and how a factor is averaged are the dated rules of ``data_validity``:
20 hours and the plain mean for flue gas, the flow-weighted mean for waste water. It refuses a mean
of too few hours: the day is then unjudged, with its counts kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.data_validity import Mean, Subject, ValidityRules, rules_for_days
from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.judgement import LimitJudgement, judge_against, told_beside
from zhihuan.standards.emission.limits import Limit, Period, which_limit
from zhihuan.standards.emission.states import HourState, States, as_states
from zhihuan.standards.errors import InputProblem, InputRefusedError, OutsideEditionsError
from zhihuan.standards.hours import Grid
from zhihuan.standards.inputs import refuse_bad

__all__ = ["DayHours", "DayJudgement", "DayMeans", "day_means", "hours_of_days", "judge_days"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]
_HOURS = 24
#: Fewer hours than these tell little of a day: a composite sample takes at least one in two hours.
_FEW_HOURS = 12

_MEAN_TEXT = {
    Mean.ARITHMETIC: "算术平均",
    Mean.FLOW_WEIGHTED: "流量加权平均",
    Mean.HYDROGEN_ION: "氢离子浓度平均后取负对数",
}


class DayHours(NamedTuple):
    """Hours cut into days: days (days,), values (..., days, 24), NaN where there was no hour."""

    days: Days
    values: Floats


@dataclass(frozen=True, slots=True)
class DayMeans:
    """Daily means, float64 (..., days), NaN where too few hours are valid.

    valid_hours, invalid_hours, exempt_hours: counts; invalid ones include the missing, exempt ones
    the stopped and the start-up hours that were left out. dry: enough valid hours, but no water
    ran in any. weighted: by flow. which: the place in
    ``rules`` of each day's rules.
    """

    value: Floats
    valid_hours: NDArray[np.int8]
    invalid_hours: NDArray[np.int8]
    exempt_hours: NDArray[np.int8]
    dry: NDArray[np.bool_]
    which: NDArray[np.intp]
    rules: tuple[ValidityRules, ...]
    factor: str
    weighted: bool

    def rules_at(self, index: Index) -> ValidityRules:
        """The rules that governed the day at ``index``."""
        return self.rules[int(self.which[index])]

    def way_at(self, index: Index) -> Mean:
        """How the day at ``index`` was averaged."""
        way = self.rules_at(index).mean_of(self.factor)
        return way if self.weighted or way is not Mean.FLOW_WEIGHTED else Mean.ARITHMETIC


@dataclass(frozen=True, slots=True)
class DayJudgement:
    """Daily means and what the limits say of them."""

    mean: DayMeans
    judged: LimitJudgement

    def derivation(self, index: Index = ()) -> Derivation:
        """Why the day at ``index`` came out as it did, from its counts on."""
        rules, way = self.mean.rules_at(index), self.mean.way_at(index)
        valid, needed = int(self.mean.valid_hours[index]), rules.hours_per_day
        inner = self.judged.derivation(index)
        counts = Fact(
            "小时数",
            f"有效 {valid}，无效或缺测 {int(self.mean.invalid_hours[index])}，"
            f"不计入 {int(self.mean.exempt_hours[index])}",
            remark=f"日均值至少需要 {needed:g} 个有效小时",
        )
        value = float(self.mean.value[index])
        if np.isnan(value):
            result = "当日无排水" if self.mean.dry[index] else "不足，无日均值"
        else:
            result = told_beside(value, self.judged.limit_at(index))
        step = Step("日均值", f"{valid} 个有效小时的{_MEAN_TEXT[way]}", result)
        return replace(
            inner,
            basis=(*inner.basis, *_bases(rules)),
            facts=(counts, *inner.facts),
            steps=(step, *inner.steps),
            cautions=(*inner.cautions, *self._doubts(index, way)),
        )

    def _doubts(self, index: Index, way: Mean) -> tuple[str, ...]:
        rules = self.mean.rules_at(index)
        found = []
        if rules.mean_of(self.mean.factor) is not way:
            found.append("没有小时流量，以算术平均代替流量加权平均。")
        valid = int(self.mean.valid_hours[index])
        if rules.hours_per_day < _FEW_HOURS and 0 < valid < _FEW_HOURS:
            found.append(
                f"当日只有 {valid} 个有效小时；日均值至少需要多少小时（HJ 356-2019 第7条）未核对，"
                "不足以代表全日排放的，不宜单独作为超标依据。"
            )
        return tuple(found)


def hours_of_days(grid: Grid) -> DayHours:
    """An hourly grid cut into days of Beijing, the first and last filled up with NaN.

    grid: of ``hours.on_hours``; an hour belongs to the day its label (its start) lies in.
    """
    hours = grid.values.shape[-1]
    first_hour = (grid.start // 3600 + 8) % _HOURS if hours else 0
    after = -(first_hour + hours) % _HOURS
    padding = [(0, 0)] * (grid.values.ndim - 1) + [(int(first_hour), int(after))]
    values = np.pad(grid.values, padding, constant_values=np.nan)
    days = values.shape[-1] // _HOURS
    first = np.datetime64((grid.start + 8 * 3600) // 86_400, "D")
    return DayHours(first + np.arange(days), values.reshape(*grid.values.shape[:-1], days, _HOURS))


def day_means(  # noqa: PLR0913 - values, their weights and marks, and the rule to use
    values: ArrayLike,
    on: When,
    *,
    subject: Subject,
    factor: str = "default",
    flow: ArrayLike | None = None,
    states: object = None,
    exempts_start_stop: ArrayLike = False,
    quantity: str = "other",
) -> DayMeans:
    """The daily mean of a factor by the validity rules of its subject and day.

    values: (..., days, 24), of flue gas at reference oxygen; on: the day of each row (days,).
    flow: of the values' shape [any unit], weighs waste water; None weighs nothing and the
    arithmetic mean is taken; an hour without flow is invalid, a day without any water has no mean.
    states: ``HourState`` per hour; INVALID and STOPPED hours are left out, STARTING ones where
    exempts_start_stop (days,) says so. factor: the HJ 212 code, for its way of averaging.
    Fewer valid hours than the rules ask: NaN. Raises InputRefusedError, OutsideEditionsError.
    Source: HJ 212-2017, annex D, (12)–(17), (25) and the editions after it (``data_validity``).
    """
    given = _whole_days(values)
    state = as_states(states, given.shape)
    exempt = (state == HourState.STOPPED) | (
        (state == HourState.STARTING) & np.asarray(exempts_start_stop, dtype=bool)[..., None]
    )
    left_out = exempt | (state == HourState.INVALID)
    value = np.where(left_out, np.nan, given)
    refuse_bad([(f"emission/{quantity}", value)])
    weight = None if flow is None else np.broadcast_to(decimal_floats(flow), given.shape)
    if weight is not None:
        refuse_bad([("emission/flow_m3_h", np.where(left_out, np.nan, weight))])
    days = np.broadcast_to(as_days(on), given.shape[:-1])
    return _means(value, weight, days, exempt=exempt, subject=subject, factor=factor)


def judge_days(  # noqa: PLR0913 - as day_means, and the limits
    values: ArrayLike,
    on: When,
    limits: Sequence[Limit],
    *,
    subject: Subject,
    factor: str = "default",
    flow: ArrayLike | None = None,
    states: object = None,
    quantity: str = "other",
) -> DayJudgement:
    """Whether each daily mean exceeds the daily limit of its day.

    As ``day_means`` and ``judge_hours``; limits: ``Period.DAY``. Too few hours: UNJUDGED; a day on
    which the plant stood still all 24 hours, or on which no water ran: EXEMPT.
    Raises InputRefusedError, OutsideEditionsError.
    """
    given = _whole_days(values)
    days = np.broadcast_to(as_days(on), given.shape[:-1])
    which = which_limit(limits, days, Period.DAY)
    exempts = np.array([limit.exempts_start_stop for limit in limits])[which]
    mean = day_means(
        given, days, subject=subject, factor=factor, flow=flow, states=states,
        exempts_start_stop=exempts, quantity=quantity,
    )  # fmt: skip
    nothing_asked = (mean.exempt_hours == _HOURS) | mean.dry
    state: States = np.where(nothing_asked, HourState.STOPPED, HourState.NORMAL).astype(np.int8)
    return DayJudgement(mean, judge_against(mean.value, days, limits, Period.DAY, states=state))


def _whole_days(values: ArrayLike) -> Floats:
    given = decimal_floats(values)
    if given.ndim == 0 or given.shape[-1] != _HOURS:
        raise InputRefusedError([
            InputProblem(-1, "小时值", f"形状 {given.shape}", "最后一维不是 24 小时",
                         "请按日排成 (…, 日, 24)，缺测填 NaN；hours_of_days 可以代劳")
        ])  # fmt: skip
    return given


def _means(  # noqa: PLR0913 - the checked inputs of day_means
    value: Floats,
    weight: Floats | None,
    days: Days,
    *,
    exempt: NDArray[np.bool_],
    subject: Subject,
    factor: str,
) -> DayMeans:
    chosen = rules_for_days(subject, days.reshape(-1))
    which = chosen.which.reshape(days.shape)
    if (which < 0).any():
        day = days[which < 0][0]
        raise OutsideEditionsError(f"{day} 没有适用的日均值有效性规则；最早的一版自 2017-05-01 起")
    mean = np.full(days.shape, np.nan)
    valid = np.zeros(days.shape, dtype=np.int8)
    enough = np.zeros(days.shape, dtype=bool)
    for place, rules in enumerate(chosen.rules):
        here = which == place
        heavy = None if weight is None else weight[here]
        mean[here], valid[here] = _averaged(value[here], heavy, rules, factor)
        enough[here] = valid[here] >= max(rules.hours_per_day, 1)
    excluded = exempt.sum(axis=-1, dtype=np.int8)
    return DayMeans(
        value=mean, valid_hours=valid, invalid_hours=_HOURS - excluded - valid,
        exempt_hours=excluded, dry=enough & np.isnan(mean), which=which, rules=chosen.rules, factor=factor,
        weighted=weight is not None,
    )  # fmt: skip


def _averaged(
    value: Floats, weight: Floats | None, rules: ValidityRules, factor: str
) -> tuple[Floats, NDArray[np.int8]]:
    way = rules.mean_of(factor)
    if way is Mean.FLOW_WEIGHTED and weight is None:
        way = Mean.ARITHMETIC
    if way not in _WAYS:
        raise InputRefusedError([
            InputProblem(-1, "监测因子", factor, f"不按日均浓度评价（规则：{way}）", "请改用其他因子")
        ])  # fmt: skip
    if way is Mean.FLOW_WEIGHTED and weight is not None:
        value = np.where(np.isnan(weight), np.nan, value)
    present = ~np.isnan(value)
    count = present.sum(axis=-1, dtype=np.int8)
    heavy = present.astype(np.float64) if weight is None else np.where(present, weight, 0.0)
    mean = _WAYS[way](np.where(present, value, 0.0), present.astype(np.float64), heavy)
    return np.where(count >= max(rules.hours_per_day, 1), mean, np.nan), count


def _arithmetic(value: Floats, present: Floats, _: Floats) -> Floats:
    return _share((value * present).sum(axis=-1), present.sum(axis=-1))


def _flow_weighted(value: Floats, _: Floats, weight: Floats) -> Floats:
    return _share((value * weight).sum(axis=-1), weight.sum(axis=-1))


def _hydrogen_ion(value: Floats, present: Floats, _: Floats) -> Floats:
    ions = _share((10.0**-value * present).sum(axis=-1), present.sum(axis=-1))
    return -np.log10(ions)


def _share(total: Floats, weight: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weight > 0, total / weight, np.nan)


_WAYS: Mapping[Mean, Callable[[Floats, Floats, Floats], Floats]] = {
    Mean.ARITHMETIC: _arithmetic,
    Mean.FLOW_WEIGHTED: _flow_weighted,
    Mean.HYDROGEN_ION: _hydrogen_ion,
}


def _bases(rules: ValidityRules) -> tuple[Basis, ...]:
    return (
        Basis.of(rules.editions["hours_per_day"], decides="日均值所需有效小时数"),
        Basis.of(rules.editions["mean_method"], decides="日均值的平均方法"),
    )
