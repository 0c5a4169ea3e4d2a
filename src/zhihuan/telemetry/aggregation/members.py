"""The columns that go into and come out of the arithmetic of statistics.

``Members`` are the rows a period is made of (minutes of an hour, hours of a day), ``Periods`` what
is made of them. Both are plain columns of equal length; NaN is a missing number everywhere. They
refuse unequal columns and two members of one series at one time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["Members", "Periods", "concatenated", "selected"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Text = NDArray[np.str_]


class _Columns:
    """Equal columns; what both tables share."""

    __slots__ = ()

    def __post_init__(self) -> None:
        lengths = {field.name: len(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]
        if len(set(lengths.values())) > 1:
            raise ValueError(f"columns of unequal length: {lengths}")


@dataclass(frozen=True, slots=True)
class Members(_Columns):
    """One row a series and moment.

    series: any integers, one per (device, factor). time: start of the member's own period, epoch
    seconds UTC. seconds: its length. value, minimum, maximum: the member's mean and extremes (NaN
    extremes are taken from the value). total: the amount emitted in it (Cou). converted…: the
    same, converted to reference oxygen (Zs…). weight: the volume [m³] of the member, for
    flow-weighted means, NaN elsewhere. mark: as sent. normal: the mark is normal. usable: the
    value may enter a mean (normal, finite, and for an hour: valid).
    """

    series: Ints
    time: Ints
    seconds: Floats
    value: Floats
    minimum: Floats
    maximum: Floats
    total: Floats
    converted: Floats
    converted_minimum: Floats
    converted_maximum: Floats
    weight: Floats
    mark: Text
    normal: Bools
    usable: Bools

    def __len__(self) -> int:
        return len(self.series)


@dataclass(frozen=True, slots=True)
class Periods(_Columns):
    """One row a series and period that has at least one member, ordered by series and start.

    start: epoch seconds UTC. length: seconds. value … converted_maximum: as in Members, NaN when
    no usable member gave one; a value may be there although ``valid`` is false, so that people see
    what it would have been. member_count, valid_count, expected_count: members received, usable,
    and due. mark: of the period, by the mark rule. valid: enough usable members and a normal mark.
    """

    series: Ints
    start: Ints
    length: Ints
    value: Floats
    minimum: Floats
    maximum: Floats
    total: Floats
    converted: Floats
    converted_minimum: Floats
    converted_maximum: Floats
    member_count: Ints
    valid_count: Ints
    expected_count: Ints
    mark: Text
    valid: Bools

    def __len__(self) -> int:
        return len(self.series)


Table = TypeVar("Table", Members, Periods)


def selected(table: Table, rows: NDArray[Any]) -> Table:
    """The rows named by a boolean mask or by indices; the table itself when a mask names all."""
    if rows.dtype == np.bool_ and bool(rows.all()):
        return table
    columns = {field.name: getattr(table, field.name)[rows] for field in fields(table)}
    return type(table)(**columns)


def concatenated(tables: Sequence[Table]) -> Table:
    """One table after the other; at least one must be given."""
    first = tables[0]
    columns = {
        field.name: np.concatenate([getattr(table, field.name) for table in tables])
        for field in fields(first)
    }
    return type(first)(**columns)
