"""Computed periods with their names and rules, and the way from there to rows of the store.

It refuses to decide anything: columns are renamed and stacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.aggregation.columns import Coded
from zhihuan.telemetry.aggregation.members import Periods, concatenated, selected

__all__ = ["Statistics", "stacked"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Row i is of device ``mn``, factor ``factor``, judged by the rule set ``rule``.

    left_out: rows of the input that lie on days without an edition.
    """

    mn: Coded
    factor: Coded
    rule: Coded
    periods: Periods
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.periods)

    @classmethod
    def empty(cls) -> Statistics:
        """No rows."""
        nothing = Coded((), np.empty(0, dtype=np.int32))
        columns: dict[str, NDArray[Any]] = {
            field.name: np.empty(0, dtype=np.float64) for field in fields(Periods)
        }
        whole = ("series", "start", "length", "member_count", "valid_count", "expected_count")
        columns |= {name: np.empty(0, dtype=np.int64) for name in whole}
        columns |= {"mark": np.empty(0, dtype="U4"), "valid": np.empty(0, dtype=np.bool_)}
        return cls(nothing, nothing, nothing, Periods(**columns))

    def where(self, rows: NDArray[np.bool_]) -> Statistics:
        """The rows of a mask."""
        return Statistics(
            self.mn.where(rows),
            self.factor.where(rows),
            self.rule.where(rows),
            selected(self.periods, rows),
            self.left_out,
        )


def stacked(tables: Sequence[Statistics]) -> Statistics:
    """One table after the other, names merged."""
    if not tables:
        return Statistics.empty()
    return Statistics(
        mn=reduce(Coded.followed_by, [table.mn for table in tables]),
        factor=reduce(Coded.followed_by, [table.factor for table in tables]),
        rule=reduce(Coded.followed_by, [table.rule for table in tables]),
        periods=concatenated([table.periods for table in tables]),
        left_out=sum(table.left_out for table in tables),
    )
