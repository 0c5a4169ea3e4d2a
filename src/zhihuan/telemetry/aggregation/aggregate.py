"""Members into periods: means, extremes, counts, mark and validity, for many series at once.

One call handles any number of series that share a rule set and a way of averaging; amounts
(volumes, masses) are added by ``amounts``. It refuses to invent: a period without members has no
row, a period with too few has ``valid`` false.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import Mean, ValidityRules
from zhihuan.telemetry.aggregation.grouping import Grouping, grouped
from zhihuan.telemetry.aggregation.marks import NORMAL, period_marks
from zhihuan.telemetry.aggregation.means import mean_of_groups
from zhihuan.telemetry.aggregation.members import Members, Periods, selected
from zhihuan.telemetry.aggregation.periods import Length

__all__ = ["aggregate", "as_members"]

Floats = NDArray[np.float64]


def aggregate(members: Members, length: Length, rules: ValidityRules, way: Mean) -> Periods:
    """The hours made of minutes, or the days made of hours.

    members: any order; their own periods must be shorter than ``length``. Enough usable members
    means: together at least ``minutes_per_hour`` (hours) or ``hours_per_day`` (days) long, so a
    device that reports every ten minutes needs five of six for 45 minutes.
    Returns one row per series and period with a member, ordered by series and start; ``total`` is
    the plain sum of the usable members' totals (NaN when none has one).
    Raises ValueError on two members of one series at one moment.
    Source: HJ 212-2017, annex D, D.1, D2.2; marks annex C, notes to C.16–C.18.
    """
    groups = grouped(members.series, members.time, length)
    rows = members if groups.in_order else selected(members, groups.order)
    mark = period_marks(rules.mark_rule, rows.mark, rows.normal, rows.usable, groups)
    value = mean_of_groups(way, rows.value, rows.weight, rows.usable, groups)
    enough = groups.sums(np.where(rows.usable, rows.seconds, 0.0)) >= _needed(length, rules)
    converted = _converted(rows, groups)
    return Periods(
        series=groups.series,
        start=groups.start,
        length=np.full(len(groups), int(length), dtype=np.int64),
        value=value,
        minimum=_lowest(rows.minimum, rows.value, rows, groups),
        maximum=_highest(rows.maximum, rows.value, rows, groups),
        total=_summed(rows.total, rows, groups),
        converted=converted,
        converted_minimum=_lowest(rows.converted_minimum, rows.converted, rows, groups),
        converted_maximum=_highest(rows.converted_maximum, rows.converted, rows, groups),
        member_count=groups.sums(np.ones(len(rows), dtype=np.int64)),
        valid_count=groups.sums(rows.usable.astype(np.int64)),
        expected_count=_expected(length, rows, groups),
        mark=mark,
        valid=enough & (mark == NORMAL) & np.isfinite(value),
    )


def as_members(periods: Periods) -> Members:
    """Hours as the members of a day: only a valid hour is usable; its mark still counts."""
    return Members(
        series=periods.series,
        time=periods.start,
        seconds=periods.length.astype(np.float64),
        value=periods.value,
        minimum=periods.minimum,
        maximum=periods.maximum,
        total=periods.total,
        converted=periods.converted,
        converted_minimum=periods.converted_minimum,
        converted_maximum=periods.converted_maximum,
        weight=np.full(len(periods), np.nan),
        mark=periods.mark,
        normal=periods.mark == NORMAL,
        usable=periods.valid,
    )


def _needed(length: Length, rules: ValidityRules) -> float:
    """Seconds of usable members that a period needs."""
    if length is Length.HOUR:
        return rules.minutes_per_hour * 60.0
    return rules.hours_per_day * 3600.0


def _converted(rows: Members, groups: Grouping) -> Floats:
    usable = rows.usable & np.isfinite(rows.converted)
    return mean_of_groups(Mean.ARITHMETIC, rows.converted, rows.weight, usable, groups)


def _lowest(extreme: Floats, value: Floats, rows: Members, groups: Grouping) -> Floats:
    return groups.smallest(np.where(rows.usable, np.fmin(extreme, value), np.nan))


def _highest(extreme: Floats, value: Floats, rows: Members, groups: Grouping) -> Floats:
    return groups.largest(np.where(rows.usable, np.fmax(extreme, value), np.nan))


def _summed(column: Floats, rows: Members, groups: Grouping) -> Floats:
    counted = rows.usable & np.isfinite(column)
    total = groups.sums(np.where(counted, column, 0.0))
    return np.where(groups.sums(counted.astype(np.int64)) > 0, total, np.nan)


def _expected(length: Length, rows: Members, groups: Grouping) -> NDArray[np.int64]:
    """How many members fit: by the shortest member seen, so a changed interval shows as missing."""
    shortest = groups.smallest(rows.seconds)
    return np.rint(int(length) / shortest).astype(np.int64)
