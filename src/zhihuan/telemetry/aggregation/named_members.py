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
from zhihuan.telemetry.aggregation.columns import Coded, MeasurementColumns
from zhihuan.telemetry.aggregation.members import Members, concatenated, selected

__all__ = ["NamedMembers", "joined", "members_of_rows", "normal_marks"]

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


def members_of_rows(table: MeasurementColumns, seconds: Floats) -> NamedMembers:
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
