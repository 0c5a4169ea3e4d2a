"""What rows of the store say: the value that limits are for, and whether its mark lets it be judged."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from zhihuan.telemetry.point_state import Verdict, mark_verdicts


def measured(table: Any) -> Iterator[tuple[float, bool]]:
    """(value, valid) of every row of a table with ``value``, ``zs_value`` and ``flag``: the converted
    value (折算) where there is one, NaN where nothing was measured."""
    values = np.where(np.isnan(table.zs_value), table.value, table.zs_value).tolist()
    verdicts = mark_verdicts(list(table.flag)).tolist()
    for value, verdict in zip(values, verdicts, strict=True):
        yield float(value), verdict == Verdict.GOOD and not math.isnan(value)
