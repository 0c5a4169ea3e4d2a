"""One maker of limits for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zhihuan.standards.emission import Limit, Period


def _limit(upper: float, period: Period = Period.HOUR, **fields: Any) -> Limit:
    known: dict[str, Any] = {
        "item": "二氧化硫", "unit": "mg/m³", "standard": "某排放标准", "clause": "表1",
        "in_force_from": date(2019, 1, 1),
    }  # fmt: skip
    return Limit(upper=upper, period=period, **(known | fields))


@pytest.fixture(scope="session")
def limit() -> Callable[..., Limit]:
    """``limit(35.0)``: a limit of a made-up standard, in force since 2019."""
    return _limit
