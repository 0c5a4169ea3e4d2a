"""Whether the hourly values of an outlet exceed its limit, with the reasons of each hour.

    >>> from datetime import date
    >>> limit = Limit("二氧化硫", "mg/m³", Period.HOUR, "某排放标准", "表1",
    ...               date(2019, 1, 1), upper=35.0)
    >>> found = judge_hours([30.0, 42.0, float("nan")], date(2026, 3, 1), [limit])
    >>> found.verdict.tolist(), float(found.multiple[1])
    ([0, 1, -1], 0.2)

Flue gas is judged by hourly means of the *converted* concentration; hourly values of waste water
only warn (``alarm_hours``), the daily mean decides (``days``). Invalid hours are never judged and
never compliant. It refuses negative values in valid hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.emission.limits import Limit, Period, which_limit
from zhihuan.standards.emission.states import STATE_TEXT, HourState, States, as_states
from zhihuan.standards.emission.verdict import VERDICT_TEXT, Verdict, Verdicts
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.rounding import round_beside, round_half_even, round_half_even_array

__all__ = [
    "LimitJudgement",
    "alarm_hours",
    "judge_against",
    "judge_hours",
    "told_beside",
    "told_multiple",
]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]

# Binary floats of 80×(21−6)÷(21−9) may lie a hair above 100: a difference below this share of the
# limit is arithmetic, not emission.
_NOISE = 1e-9
# Significant digits of a value in a derivation: more than devices report.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class LimitJudgement:
    """Values held against the limits in force on their days; arrays of one shape.

    given: as given. value: compared, NaN where missing or left out. verdict: ``Verdict`` as int8. excess: how far outside, in
    the limit's unit, 0 within, NaN unjudged. multiple: 超标倍数, value/upper − 1 (0.2 is 0.2 倍);
    0 within; NaN unjudged, below a lower limit, for a limit of zero and for two-sided limits such
    as pH, which has no multiple. which: the place in ``limits`` of the limit that governed.
    """

    given: Floats
    value: Floats
    verdict: Verdicts
    excess: Floats
    multiple: Floats
    state: States
    which: NDArray[np.intp]
    days: Days
    limits: tuple[Limit, ...]
    alarm_only: bool = False

    def limit_at(self, index: Index) -> Limit:
        """The limit that governed the element at ``index``."""
        return self.limits[int(self.which[index])]

    def derivation(self, index: Index = ()) -> Derivation:
        """Why the element at ``index`` came out as it did."""
        limit, verdict = self.limit_at(index), Verdict(int(self.verdict[index]))
        day = self.days[index]
        state = HourState(int(self.state[index]))
        return Derivation(
            title=f"{limit.item}{limit.period}{'预警' if self.alarm_only else '评价'}（{day}）",
            conclusion=self._conclusion(index, verdict),
            basis=(limit.basis(),),
            facts=(
                self._fact(index, limit),
                Fact("时段状态", STATE_TEXT[state]),
            ),
            steps=(self._step(index, verdict),),
            cautions=_cautions(verdict, state, alarm_only=self.alarm_only),
        )

    def _fact(self, index: Index, limit: Limit) -> Fact:
        given = float(self.given[index])
        left_out = np.isnan(self.value[index]) and not np.isnan(given)
        if np.isnan(given):
            return Fact(limit.item, "缺测", limit.unit)
        full = f"全值 {given:.12g}" if _is_shortened(given, limit) else ""
        remarks = ["不采用" if left_out else "", full]
        return Fact(
            limit.item, told_beside(given, limit), limit.unit, "，".join(filter(None, remarks))
        )

    def _conclusion(self, index: Index, verdict: Verdict) -> str:
        if verdict is not Verdict.EXCEEDS:
            return VERDICT_TEXT[verdict]
        multiple, limit = float(self.multiple[index]), self.limit_at(index)
        word = "超过限值，预警" if self.alarm_only else "超标"
        if np.isnan(multiple):
            return f"{word}，超出限值范围 {float(self.excess[index]):.6g} {limit.unit}".rstrip()
        return f"{word} {told_multiple(multiple)} 倍"

    def _step(self, index: Index, verdict: Verdict) -> Step:
        limit, value = self.limit_at(index), float(self.value[index])
        if verdict in (Verdict.UNJUDGED, Verdict.EXEMPT):
            return Step("与限值比较", "没有可比较的有效值", VERDICT_TEXT[verdict], deciding=True)
        multiple = float(self.multiple[index])
        told = told_beside(value, limit)
        how = f"{told} 与 {limit.text} 比较"
        if verdict is Verdict.EXCEEDS and not np.isnan(multiple):
            how += f"；({told}−{limit.upper:.12g})÷{limit.upper:.12g} = {told_multiple(multiple)}"
        rounding = _rounding(limit, shortened=_is_shortened(value, limit))
        return Step("与限值比较", how, VERDICT_TEXT[verdict], rounding=rounding, deciding=True)


def judge_hours(
    values: ArrayLike,
    on: When,
    limits: Sequence[Limit],
    *,
    states: object = None,
    quantity: str = "flue_mg_m3",
) -> LimitJudgement:
    """Whether each hourly mean exceeds the hourly limit of its day.

    values: (..., hours), in the limits' unit; of flue gas the concentration at reference oxygen.
    NaN is UNJUDGED. on: the day of each hour (hours,), or anything that broadcasts. limits: the
    history of one factor, all ``Period.HOUR``. states: ``HourState`` per hour; INVALID is
    UNJUDGED, STOPPED is EXEMPT, STARTING is EXEMPT where the limit exempts start and stop.
    quantity: which guard the values must pass: flue_mg_m3, water_mg_l, ph or other.
    Exceeding means strictly above the upper (below the lower) limit; the full value is compared
    (GB/T 8170-2008, 4.3) unless the limit says to how many decimals.
    Raises InputRefusedError, OutsideEditionsError.
    Source: the limits' own standards; invalid data: see ``states``.
    """
    return judge_against(values, on, limits, Period.HOUR, states=states, quantity=quantity)


def alarm_hours(
    values: ArrayLike,
    on: When,
    limits: Sequence[Limit],
    *,
    states: object = None,
    quantity: str = "water_mg_l",
) -> LimitJudgement:
    """Which hourly values of waste water lie beyond the *daily* limit: a warning, no exceedance.

    As ``judge_hours``, with ``Period.DAY`` limits; the derivations say that the daily mean decides.
    """
    return judge_against(
        values, on, limits, Period.DAY, states=states, quantity=quantity, alarm_only=True
    )


def judge_against(  # noqa: PLR0913 - the two public forms above fix the last ones
    values: ArrayLike,
    on: When,
    limits: Sequence[Limit],
    period: Period,
    *,
    states: object = None,
    quantity: str = "other",
    alarm_only: bool = False,
) -> LimitJudgement:
    """Values of any period against the limits of that period; see ``judge_hours``."""
    given, own_days = decimal_floats(values), as_days(on)
    given = np.broadcast_to(given, np.broadcast_shapes(given.shape, own_days.shape))
    which = which_limit(limits, own_days, period)  # in the days' own shape, broadcast below
    state = as_states(states, given.shape)
    exempts = _each(limits, "exempts_start_stop", which).astype(bool)
    exempt = (state == HourState.STOPPED) | ((state == HourState.STARTING) & exempts)
    value = np.where(exempt | (state == HourState.INVALID), np.nan, given)
    refuse_bad([(f"emission/{quantity}", value)])
    excess = _excess(_compared(value, limits, which), limits, which)
    unknown = np.isnan(value)
    verdict = np.asarray(excess > 0).astype(np.int8)
    verdict[unknown] = Verdict.UNJUDGED
    verdict[exempt] = Verdict.EXEMPT
    return LimitJudgement(
        given=given, value=value, verdict=verdict, excess=excess, multiple=_multiple(excess, limits, which),
        state=state, which=np.broadcast_to(which, given.shape),
        days=np.broadcast_to(own_days, given.shape), limits=tuple(limits), alarm_only=alarm_only,
    )  # fmt: skip


def _each(limits: Sequence[Limit], field: str, which: NDArray[np.intp]) -> Floats:
    return np.array([getattr(one, field) for one in limits], dtype=np.float64)[which]


def _compared(value: Floats, limits: Sequence[Limit], which: NDArray[np.intp]) -> Floats:
    """The full value, or the value rounded where a limit compares rounded values."""
    for place, limit in enumerate(limits):
        if limit.compare_decimals is not None:
            rounded = round_half_even_array(value, limit.compare_decimals)
            value = np.where(which == place, rounded, value)
    return value


def _excess(value: Floats, limits: Sequence[Limit], which: NDArray[np.intp]) -> Floats:
    """How far outside its limits each value lies; 0 inside, NaN for NaN."""
    excess = np.asarray(value * 0.0)  # NaN stays NaN
    for end, sign in (("upper", 1.0), ("lower", -1.0)):
        bound = _each(limits, end, which)
        if not np.isnan(bound).all():
            beyond = np.asarray(sign * (value - bound))
            np.copyto(excess, beyond, where=beyond > np.abs(bound) * _NOISE)
    return excess


def _multiple(excess: Floats, limits: Sequence[Limit], which: NDArray[np.intp]) -> Floats:
    upper, lower = _each(limits, "upper", which), _each(limits, "lower", which)
    divisor = np.where(np.isnan(lower) & (upper > 0), upper, np.nan)
    return np.where(excess == 0, 0.0, excess / divisor)


def told_beside(value: float, limit: Limit) -> str:
    """A value as a derivation shows it beside its limit: six significant digits, more where these would hide on which
    side of the limit it lies."""
    size = Decimal(repr(value)).adjusted() if value else 0
    told = round_beside(value, (limit.lower, limit.upper), max(0, _DIGITS - 1 - size))
    return _plain(told)


def told_multiple(multiple: float) -> str:
    """A multiple (超标倍数, finite) for people: three decimals, two significant digits where it is smaller."""
    size = Decimal(repr(multiple)).adjusted() if multiple else 0
    return _plain(round_half_even(multiple, max(3, 1 - size)))


def _plain(value: Decimal) -> str:
    """Without zeros at its end and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_shortened(value: float, limit: Limit) -> bool:
    return Decimal(told_beside(value, limit)) != Decimal(f"{value:.12g}")


def _rounding(limit: Limit, *, shortened: bool) -> str:
    if limit.compare_decimals is None:
        shown = "所示数值已修约" if shortened else "不修约"
        return f"全数值比较，{shown}（GB/T 8170-2008）"
    return f"修约到 {limit.compare_decimals} 位小数后比较（GB/T 8170-2008）"


def _cautions(verdict: Verdict, state: HourState, *, alarm_only: bool) -> tuple[str, ...]:
    found = []
    if alarm_only:
        found.append("污水小时值仅作预警，是否超标以日均值判定。")
    if verdict is Verdict.UNJUDGED:
        found.append("缺测或无效数据不判定达标。")
    if state is HourState.STARTING and verdict is not Verdict.EXEMPT:
        found.append("该时段为启停，所依据的限值未豁免启停。")
    return tuple(found)
