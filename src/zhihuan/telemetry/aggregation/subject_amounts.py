"""Volumes and masses of the two subjects that emit: sewage before averaging, flue gas after it.

Sewage needs the volume of each member first (it weighs the mean); flue gas needs the mean of the
hour first (it is multiplied by the hour's flow). Everything else keeps the plain sum of what the
devices sent, or nothing where the rules say so.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards import wastewater
from zhihuan.standards.data_validity import Subject, TotalRule, ValidityRules
from zhihuan.telemetry.aggregation.amounts import (
    FLUE_GAS_FLOW,
    SEWAGE_FLOW,
    Flow,
    beside,
    flue_gas_amounts,
    mass_per_unit,
    sewage_amounts,
    sewage_volume,
)
from zhihuan.telemetry.aggregation.columns import Coded
from zhihuan.telemetry.aggregation.named_members import NamedMembers
from zhihuan.telemetry.aggregation.periods import Length
from zhihuan.telemetry.aggregation.table import Statistics

__all__ = ["with_amounts", "with_volumes"]

Floats = NDArray[np.float64]


def with_volumes(rows: NamedMembers, subject: Subject, length: Length) -> NamedMembers:
    """Sewage members with the volume of their own time as weight, and amounts made of it.

    A mass is recomputed where minutes become hours; where hours become days, only an hour without
    one gets it, because ours already counts the minutes that were measured.
    """
    if subject is not Subject.WASTEWATER:
        return rows
    members, is_flow = rows.members, rows.factor.is_text(SEWAGE_FLOW)
    volume = sewage_volume(members.value, members.total, members.seconds)
    if length is Length.DAY:
        volume = np.where(np.isfinite(members.total), members.total, volume)
    known = is_flow & members.usable
    flow = Flow(rows.mn.codes[known].astype(np.int64), members.time[known], volume[known])
    weight = beside(rows.mn.codes.astype(np.int64), members.time, flow)
    weighed = replace(members, weight=weight)
    counted = sewage_amounts(weighed, _per_unit(rows.factor)).total
    if length is Length.DAY:
        counted = np.where(np.isfinite(members.total), members.total, counted)
    return replace(rows, members=replace(weighed, total=np.where(is_flow, volume, counted)))


def with_amounts(table: Statistics, length: Length, rules: ValidityRules) -> Statistics:
    """The table with what the total rule asks for."""
    if rules.total_rule is TotalRule.NONE:
        missing = np.full(len(table), np.nan)
        return replace(table, periods=replace(table.periods, total=missing))
    if rules.total_rule is TotalRule.CONCENTRATION_TIMES_VOLUME:
        return _with_period_flow(table)
    if rules.total_rule is TotalRule.CONCENTRATION_TIMES_FLOW and length is Length.HOUR:
        return _with_flue_gas_masses(table)
    return table


def _with_period_flow(table: Statistics) -> Statistics:
    """Mean sewage flow is the volume over the whole period (formulas (5)–(7))."""
    periods, is_flow = table.periods, table.factor.is_text(SEWAGE_FLOW)
    mean = wastewater.mean_flow_l_s(periods.total, periods.length)
    value = np.where(is_flow, mean, periods.value)
    return replace(table, periods=replace(periods, value=value))


def _with_flue_gas_masses(table: Statistics) -> Statistics:
    periods, is_flow = table.periods, table.factor.is_text(FLUE_GAS_FLOW)
    device = table.mn.codes.astype(np.int64)
    flow = Flow(device[is_flow], periods.start[is_flow], periods.value[is_flow])
    flow_m3_s = beside(device, periods.start, flow)
    weighed = flue_gas_amounts(periods, flow_m3_s, _per_unit(table.factor))
    volume = periods.value * periods.length
    own = np.where(np.isfinite(volume), volume, periods.total)
    return replace(table, periods=replace(weighed, total=np.where(is_flow, own, weighed.total)))


def _per_unit(factor: Coded) -> Floats:
    return factor.looked_up([mass_per_unit(name) for name in factor.names], np.nan)
