"""The rows of Ld, Ln and Ldn that stand beside a noise station's daily Leq.

A level is valid when that day's Leq is and the half it needs had an hour: the printed count of
hours a half needs was not at hand, so none is invented.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import Subject
from zhihuan.telemetry.aggregation.amounts import Flow, beside
from zhihuan.telemetry.aggregation.columns import Coded
from zhihuan.telemetry.aggregation.marks import NORMAL
from zhihuan.telemetry.aggregation.members import Periods
from zhihuan.telemetry.aggregation.named_members import NamedMembers
from zhihuan.telemetry.aggregation.noise_levels import day_levels
from zhihuan.telemetry.aggregation.periods import Length
from zhihuan.telemetry.aggregation.table import Statistics, stacked

__all__ = ["with_day_levels"]

_LEQ = "Leq"
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def with_day_levels(days: Statistics, hours: NamedMembers) -> Statistics:
    """The days with Ld, Ln and Ldn added for every noise device that has hours of Leq.

    hours: the members the days were made of.
    """
    judged = days.where(days.factor.is_text(_LEQ) & _of_noise(days))
    if not len(judged):
        return days
    leq = hours.where(hours.factor.is_text(_LEQ) & _device_is_in(judged, hours.mn))
    device, members = leq.mn.codes.astype(np.int64), leq.members
    levels = day_levels(device, members.time, members.value, members.usable)
    rule, is_valid = _judgement(judged, leq.mn, levels.series, levels.start)
    night_due = 24 - levels.day_hours_due
    both = levels.day_hours + levels.night_hours
    parts = [
        ("Ld", levels.day, levels.day_hours, levels.day_hours_due),
        ("Ln", levels.night, levels.night_hours, night_due),
        ("Ldn", levels.day_night, both, levels.day_hours_due + night_due),
    ]
    mn = Coded(leq.mn.names, levels.series.astype(np.int32))
    rows = [
        Statistics(
            mn=mn,
            factor=Coded((code,), np.zeros(len(value), dtype=np.int32)),
            rule=rule,
            periods=_periods(levels.start, value, used, due, is_valid),
        )
        for code, value, used, due in parts
    ]
    return stacked([days, *rows])


def _of_noise(days: Statistics) -> NDArray[np.bool_]:
    noise = [name.startswith(f"{Subject.NOISE}/") for name in days.rule.names]
    return days.rule.looked_up(noise, False).astype(np.bool_)


def _device_is_in(judged: Statistics, mn: Coded) -> NDArray[np.bool_]:
    present = {judged.mn.names[code] for code in np.unique(judged.mn.codes)}
    return mn.looked_up([name in present for name in mn.names], False).astype(np.bool_)


def _judgement(
    judged: Statistics, mn: Coded, device: Ints, start: Ints
) -> tuple[Coded, NDArray[np.bool_]]:
    """The rule and the validity of the Leq of the same device and day, for each level row."""
    place = {name: number for number, name in enumerate(mn.names)}
    codes = judged.mn.looked_up([place.get(name, -1) for name in judged.mn.names], -1)
    row = np.arange(len(judged), dtype=np.float64)
    found = beside(device, start, Flow(codes.astype(np.int64), judged.periods.start, row))
    at = found.astype(np.int64)  # every level row has its Leq: both came of the same members
    return Coded(judged.rule.names, judged.rule.codes[at]), judged.periods.valid[at]


def _periods(
    start: Ints, value: Floats, used: Ints, due: Ints, leq_valid: NDArray[np.bool_]
) -> Periods:
    nothing = np.full(len(start), np.nan)
    valid = leq_valid & np.isfinite(value)
    return Periods(
        series=np.zeros(len(start), dtype=np.int64),
        start=start,
        length=np.full(len(start), int(Length.DAY), dtype=np.int64),
        value=value,
        minimum=nothing,
        maximum=nothing,
        total=nothing,
        converted=nothing,
        converted_minimum=nothing,
        converted_maximum=nothing,
        member_count=used,
        valid_count=used,
        expected_count=due,
        mark=np.where(valid, NORMAL, "D").astype("U4"),
        valid=valid,
    )
