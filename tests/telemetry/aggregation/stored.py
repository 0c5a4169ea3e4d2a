"""Writing made-up rows into a real store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch, MeasurementRows
from zhihuan.telemetry.store import TelemetryStore

NAN = float("nan")
_NUMBERS = ("value", "minimum", "maximum", "total", "zs_value", "zs_minimum", "zs_maximum")


def store_rows(
    store: TelemetryStore, rows: Sequence[dict[str, Any]], kind: Kind, received_ms: int
) -> None:
    """Make the rows durable as if all had been received at one moment."""
    store.write(
        Batch(
            measurements=MeasurementRows(
                mn=[row["mn"] for row in rows],
                factor=[row["factor"] for row in rows],
                kind=[int(kind)] * len(rows),
                time=[row["time"] for row in rows],
                flag=[row.get("flag", "N") for row in rows],
                received=[received_ms] * len(rows),
                frame_id=[0] * len(rows),
                **{name: [row.get(name, NAN) for row in rows] for name in _NUMBERS},
            )
        )
    )
