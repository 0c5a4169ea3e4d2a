"""Members of many devices and factors with their names: from measurement rows, or from hours.

``members.series`` is made of the two name columns, so rows of different tables may be put
together: the names are merged and the integers follow. It refuses to judge anything but one
thing, whether a mark is normal (by the mark tables of ``hj212.codes``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhihuan.hj212.codes import Edition, is_normal
from zhihuan.telemetry.aggregation.columns import Coded, CodedMeasurements
from zhihuan.telemetry.aggregation.marks import NORMAL
from zhihuan.telemetry.aggregation.members import Members, concatenated, selected
from zhihuan.telemetry.aggregation.periods import Length
from zhihuan.telemetry.store.tables import StatisticTable

__all__ = ["NamedMembers", "joined", "members_of_rows", "members_of_statistics", "normal_marks"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NamedMembers:
    """Row i is of device ``mn``, factor ``factor``."""

    mn: Coded
    factor: Coded
    members: Members

    def __len__(self) -> int:
        return len(self.members)

    def where(self, rows: Bools) -> NamedMembers:
        """The rows of a mask."""
        return NamedMembers(
            self.mn.where(rows), self.factor.where(rows), selected(self.members, rows)
        )


def members_of_rows(table: CodedMeasurements, seconds: Floats) -> NamedMembers:
    """Measurement rows as members. seconds: length of each row's own period.

    A value is usable when its mark is normal and it is a finite number.
    """
    normal = normal_marks(table.flag)
    members = Members(
        series=_series(table.mn, table.factor),
        time=table.time,
        seconds=seconds,
        value=table.value,
        minimum=table.minimum,
        maximum=table.maximum,
        total=table.total,
        converted=table.zs_value,
        converted_minimum=table.zs_minimum,
        converted_maximum=table.zs_maximum,
        weight=np.full(len(table), np.nan),
        mark=np.array(table.flag.names or ("",), dtype="U4")[table.flag.codes],
        normal=normal,
        usable=normal & np.isfinite(table.value),
    )
    return NamedMembers(table.mn, table.factor, members)


def members_of_statistics(table: StatisticTable) -> NamedMembers:
    """Our stored hours as members: a valid hour is usable.

    Where one hour was computed under several rule sets, the one computed last is taken.
    """
    table = _last_computed(table)
    mn, factor = Coded.of(table.mn), Coded.of(table.factor)
    mark = table.flag.astype("U4")
    members = Members(
        series=_series(mn, factor),
        time=table.time,
        seconds=np.full(len(table), float(Length.HOUR)),
        value=table.value,
        minimum=table.minimum,
        maximum=table.maximum,
        total=table.total,
        converted=table.zs_value,
        converted_minimum=table.zs_minimum,
        converted_maximum=table.zs_maximum,
        weight=np.full(len(table), np.nan),
        mark=mark,
        normal=mark == NORMAL,
        usable=table.valid,
    )
    return NamedMembers(mn, factor, members)


def _last_computed(table: StatisticTable) -> StatisticTable:
    """One row per (mn, factor, time); rows come sorted by these and the rule."""
    keys = Coded.of(table.mn).codes, Coded.of(table.factor).codes, table.time
    order = np.lexsort((table.rule.astype("U40"), table.computed, *reversed(keys)))
    last = np.ones(len(order), dtype=np.bool_)
    last[:-1] = np.any([np.diff(key[order]) != 0 for key in keys], axis=0)
    rows = np.sort(order[last])
    return type(table)(**{name: column[rows] for name, column in table.columns().items()})


def joined(first: NamedMembers, second: NamedMembers) -> NamedMembers:
    """Both tables' rows under merged names."""
    mn = first.mn.followed_by(second.mn)
    factor = first.factor.followed_by(second.factor)
    both = concatenated([first.members, second.members])
    return NamedMembers(mn, factor, replace(both, series=_series(mn, factor)))


def normal_marks(flag: Coded) -> Bools:
    """Which rows' marks are normal. A row does not say its edition: normal is what the table of
    2017 or of 2005 calls normal; an unknown mark never is."""
    normal = [is_normal(mark) or is_normal(mark, Edition.HJ2005) for mark in flag.names]
    return flag.looked_up(normal, True).astype(np.bool_)


def _series(mn: Coded, factor: Coded) -> Ints:
    return mn.codes.astype(np.int64) * max(len(factor.names), 1) + factor.codes
