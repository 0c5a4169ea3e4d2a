"""Rows of made-up devices as columns, and moments of Beijing as epoch seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta, timezone

import numpy as np

from zhihuan.telemetry.aggregation.columns import Coded, CodedMeasurements

BEIJING = timezone(timedelta(hours=8))
NAN = float("nan")

Row = dict[str, object]


def measured(rows: Sequence[Row]) -> CodedMeasurements:
    """Columns of rows given as dicts: mn, factor, time, value, and what else was sent."""
    numbers = [
        field.name
        for field in fields(CodedMeasurements)
        if field.name not in {"mn", "factor", "flag", "time"}
    ]
    return CodedMeasurements(
        mn=Coded.of([row["mn"] for row in rows]),
        factor=Coded.of([row["factor"] for row in rows]),
        flag=Coded.of([row.get("flag", "N") for row in rows]),
        time=np.array([row["time"] for row in rows], dtype=np.int64),
        **{
            name: np.array([row.get(name, NAN) for row in rows], dtype=np.float64)
            for name in numbers
        },
    )


def epoch(text: str) -> int:
    """Epoch seconds of a moment of Beijing, "2024-06-01 08:00"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BEIJING).timestamp())
