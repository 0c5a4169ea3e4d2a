"""The newest row of every device, factor and kind, as the store keeps it at hand."""

from __future__ import annotations

from typing import Any

from zhihuan.telemetry.store import LatestTable
from zhihuan.web.sensorthings.observing.observed import columns_of


class Latest:
    """Found by device, factor and kind."""

    def __init__(self, table: LatestTable) -> None:
        keys = zip(table.mn, table.factor, table.kind.tolist(), strict=True)
        self._rows = dict(zip(keys, columns_of(table), strict=True))

    def row(self, mn: str, factor: str, kind: int) -> Any | None:
        """What an ``Observed`` holds behind its series; None: there is none."""
        return self._rows.get((mn, factor, kind))

    def time(self, mn: str, factor: str, kind: int) -> int:
        """[epoch s]; -1: there is none."""
        row = self._rows.get((mn, factor, kind))
        return -1 if row is None else int(row[0])
