"""Hours of minutes and days of hours, for the rows of many devices: which rules, which means.

Each row finds the rule set of its device's subject on its own day of Beijing; rows that share a
rule set and a way of averaging are computed together. Pure: columns in, a table out. Rows on a
day without an edition are left out and counted, never judged by another day's rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import Mean, Subject, ValidityRules, rules_for_days
from zhihuan.telemetry.aggregation.aggregate import aggregate, as_members
from zhihuan.telemetry.aggregation.columns import Coded, CodedMeasurements
from zhihuan.telemetry.aggregation.devices import MonitoredDevice, minute_seconds, subjects
from zhihuan.telemetry.aggregation.members import Periods, concatenated, selected
from zhihuan.telemetry.aggregation.named_members import NamedMembers, joined, members_of_rows
from zhihuan.telemetry.aggregation.noise_days import with_day_levels
from zhihuan.telemetry.aggregation.periods import Length, beijing_days
from zhihuan.telemetry.aggregation.subject_amounts import with_amounts, with_volumes
from zhihuan.telemetry.aggregation.table import Statistics, stacked

__all__ = ["days_of", "hour_members", "hours_of"]

Devices = Mapping[str, MonitoredDevice]


def hours_of(minutes: CodedMeasurements, devices: Devices) -> Statistics:
    """The hours that minute rows make. Every minute of an hour must be in ``minutes``, or the hour
    is judged by those that are.

    devices: what is known of them by MN; an unknown one follows the rules of OTHER.
    Source: HJ 212-2017, annex D; see ``aggregate`` and ``amounts``.
    """
    members = members_of_rows(minutes, minute_seconds(minutes, devices))
    return _computed(members, Length.HOUR, devices)


def days_of(hours: NamedMembers, device_hours: CodedMeasurements, devices: Devices) -> Statistics:
    """The days that hours make: ours, and the device's own where we have none of that hour.

    hours: ours, see ``hour_members``. So a device that reports hours but no minutes (a river
    station) has days too. Every hour of a day must be there. Noise gets Ld, Ln and Ldn beside.
    """
    length = np.full(len(device_hours), float(Length.HOUR))
    both = joined(hours, members_of_rows(device_hours, length))
    members = both.where(_ours_first(both, len(hours)))
    return with_day_levels(_computed(members, Length.DAY, devices), members)


def hour_members(hours: Statistics) -> NamedMembers:
    """Computed hours as the members of days."""
    return NamedMembers(hours.mn, hours.factor, as_members(hours.periods))


def _ours_first(both: NamedMembers, ours: int) -> NDArray[np.bool_]:
    """All rows but the device's hours of which we have one of our own."""
    series, time = both.members.series, both.members.time
    order = np.lexsort((np.arange(len(series)), time, series))  # ours come first among equals
    again = np.zeros(len(order), dtype=np.bool_)
    again[1:] = (np.diff(series[order]) == 0) & (np.diff(time[order]) == 0)
    kept = np.ones(len(order), dtype=np.bool_)
    kept[order[again]] = False
    kept[:ours] = True
    return kept


def _computed(rows: NamedMembers, length: Length, devices: Devices) -> Statistics:
    if not len(rows):
        return Statistics.empty()
    days = beijing_days(rows.members.time)
    subject_of_row = subjects(rows.mn.names, devices, days.max().item())[rows.mn.codes]
    parts: list[Statistics] = []
    left_out = 0
    for number, subject in enumerate(Subject):
        here = subject_of_row == number
        if not np.any(here):
            continue
        table = with_volumes(rows.where(here), subject, length)
        by_day = rules_for_days(subject, days[here])
        left_out += int(np.sum(by_day.which == -1))
        parts += [
            _under_one_rule_set(table.where(by_day.which == n), length, rules)
            for n, rules in enumerate(by_day.rules)
        ]
    return replace(stacked(parts), left_out=left_out)


def _under_one_rule_set(rows: NamedMembers, length: Length, rules: ValidityRules) -> Statistics:
    parts = [
        aggregate(selected(rows.members, here), length, rules, way)
        for way, here in _by_way(rows, rules)
    ]
    if not parts:
        return Statistics.empty()
    periods = concatenated(parts)
    mn, factor = _names_of(periods, rows)
    table = Statistics(
        mn=mn,
        factor=factor,
        rule=Coded((rules.id,), np.zeros(len(periods), dtype=np.int32)),
        periods=periods,
    )
    return with_amounts(table, length, rules)


def _by_way(rows: NamedMembers, rules: ValidityRules) -> Iterator[tuple[Mean, NDArray[np.bool_]]]:
    """Ways of averaging with their rows; factors that cannot be averaged have no statistic."""
    ways = [rules.mean_of(name) for name in rows.factor.names]
    for way in sorted(set(ways) - {Mean.NONE}):
        mask = np.array([one is way for one in ways])[rows.factor.codes]
        yield way, mask


def _names_of(periods: Periods, rows: NamedMembers) -> tuple[Coded, Coded]:
    factors = len(rows.factor.names)
    return (
        Coded(rows.mn.names, (periods.series // factors).astype(np.int32)),
        Coded(rows.factor.names, (periods.series % factors).astype(np.int32)),
    )
