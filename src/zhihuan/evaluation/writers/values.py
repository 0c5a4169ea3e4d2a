"""Result values as text and as JSON: NaN is nothing, whole numbers have no point."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["json_value", "texts"]

ROW = "行"


def texts(values: NDArray[Any]) -> list[str]:
    """Each value as people read it; NaN and None are empty."""
    return (
        [_text(value) for value in values.tolist()]
        if values.dtype != "M8[D]"
        else ["" if np.isnat(value) else str(value) for value in values]
    )


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def json_value(value: Any) -> Any:
    """A value as JSON holds it; NaN becomes null, a day its ISO text."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, float):
        return None if math.isnan(plain) else int(plain) if plain.is_integer() else plain
    return plain
