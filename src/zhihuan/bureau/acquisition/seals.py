"""The ledger of daily seals as a table, apart from the store whose frames it seals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.models import DailySeal
from zhihuan.telemetry.store.ledger import Seal


class SealTable:
    """Implements ``telemetry.store.ledger.SealLedger``. Never changes a recorded seal."""

    @fresh_connection
    def record(self, seals: Sequence[Seal]) -> None:
        DailySeal.objects.bulk_create(map(_row, seals), batch_size=500, ignore_conflicts=True)

    @fresh_connection
    def roots(self, day: int) -> Mapping[str, Seal]:
        return {row.mn: _seal(row, day) for row in DailySeal.objects.filter(day=_date(day))}


def _row(seal: Seal) -> DailySeal:
    return DailySeal(
        mn=seal.mn,
        day=_date(seal.day),
        root=seal.root.hex(),
        frames=seal.frames,
        sealed_at=dt.datetime.fromtimestamp(seal.sealed / 1000, dt.UTC),
    )


def _seal(row: DailySeal, day: int) -> Seal:
    sealed = round(row.sealed_at.timestamp() * 1000)
    return Seal(row.mn, day, bytes.fromhex(row.root), row.frames, sealed)


def _date(yyyymmdd: int) -> dt.date:
    return dt.date(yyyymmdd // 10_000, yyyymmdd // 100 % 100, yyyymmdd % 100)
