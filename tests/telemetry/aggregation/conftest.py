"""Minutes of made-up devices, for the tests of statistics."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside the tests, uniquely named
from made_rows import Row, epoch


@pytest.fixture
def minutes() -> Callable[..., list[Row]]:
    """Rows of one factor: values every ``step`` minutes from ``begin`` on; flags by position."""

    def build(
        mn: str,
        factor: str,
        values: Sequence[float],
        *,
        begin: str = "2024-06-01 08:00",
        step: int = 1,
        flags: dict[int, str] | None = None,
        **columns: Sequence[float],
    ) -> list[Row]:
        start = epoch(begin)
        return [
            {
                "mn": mn,
                "factor": factor,
                "time": start + place * step * 60,
                "value": value,
                "flag": (flags or {}).get(place, "N"),
                **{name: column[place] for name, column in columns.items()},
            }
            for place, value in enumerate(values)
        ]

    return build
