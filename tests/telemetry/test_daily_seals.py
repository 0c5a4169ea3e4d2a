"""Finished days are sealed once and the ledger ends up with every root, whatever happened between."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from zhihuan.telemetry.daily_seals import DailySeals
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.rows import Batch, FrameRows
from zhihuan.telemetry.store import TelemetryStore
from zhihuan.telemetry.store.ledger import FileLedger

BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2024, 6, 1, 12, tzinfo=BEIJING)


def put_frame(store: TelemetryStore, mn: str, received: datetime) -> None:
    raw = f"##frame of {mn} at {received.isoformat()}".encode()
    digest = sm3(raw)
    store.write(
        Batch(
            frames=FrameRows(
                mn=[mn], received=[int(received.timestamp() * 1000)], frame_id=[frame_id(digest)],
                cn=["2011"], st=["32"], qn=[f"{received:%Y%m%d%H%M%S}000"],
                data_time=[int(received.timestamp())], raw=[raw], sm3=[digest],
            )
        )
    )  # fmt: skip


def seals(store: TelemetryStore, ledger: FileLedger, now: datetime) -> DailySeals:
    return DailySeals(store, ledger, days_back=2, clock=lambda: now)


def test_yesterdays_frames_are_sealed_and_recorded_once(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    ledger = FileLedger(tmp_path / "ledger.jsonl")
    for mn in ("A", "B"):
        put_frame(embedded_store, mn, NOON)
    job = seals(embedded_store, ledger, NOON + timedelta(days=1))
    assert job.run() == {"recorded": 2}
    assert set(ledger.roots(20240601)) == {"A", "B"}
    assert job.run() == {}
    assert seals(embedded_store, ledger, NOON + timedelta(days=1)).run() == {}


def test_a_day_that_has_just_ended_waits(embedded_store: TelemetryStore, tmp_path: Path) -> None:
    ledger = FileLedger(tmp_path / "ledger.jsonl")
    put_frame(embedded_store, "A", NOON)
    midnight = datetime(2024, 6, 2, tzinfo=BEIJING)
    assert seals(embedded_store, ledger, midnight + timedelta(minutes=5)).run() == {}
    assert seals(embedded_store, ledger, midnight + timedelta(minutes=25)).run() == {"recorded": 1}


def test_a_seal_made_but_not_recorded_is_recorded_later(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    ledger = FileLedger(tmp_path / "ledger.jsonl")
    put_frame(embedded_store, "A", NOON)
    embedded_store.seal_day(NOON.date())  # and then the process died
    assert ledger.roots(20240601) == {}
    assert seals(embedded_store, ledger, NOON + timedelta(days=1)).run() == {"recorded": 1}


def test_a_ledger_that_fails_is_filled_at_the_next_round(
    embedded_store: TelemetryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = FileLedger(tmp_path / "ledger.jsonl")
    put_frame(embedded_store, "A", NOON)
    job = seals(embedded_store, ledger, NOON + timedelta(days=1))

    def away(*_: object) -> None:
        raise OSError("the other disk is away")

    with monkeypatch.context() as patch:
        patch.setattr(FileLedger, "record", away)
        with pytest.raises(OSError, match="away"):
            job.run()
    assert job.run() == {"recorded": 1}
