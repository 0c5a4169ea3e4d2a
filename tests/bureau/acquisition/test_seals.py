"""Roots of daily seals are kept beside nothing they seal, and stay as they were."""

from __future__ import annotations

import pytest

from zhihuan.bureau.acquisition.models import DailySeal
from zhihuan.bureau.acquisition.seals import SealTable
from zhihuan.telemetry.store.ledger import Seal

pytestmark = pytest.mark.django_db
SEALS = [Seal(f"MN{n}", 20260601, bytes([n] * 32), n, 1_780_000_000_123 + n) for n in range(3)]


def test_roots_come_back_whole_by_day_and_device():
    SealTable().record(SEALS)
    assert SealTable().roots(20260601) == {seal.mn: seal for seal in SEALS}
    assert SealTable().roots(20260602) == {}


def test_a_recorded_seal_stays_as_it_is():
    SealTable().record(SEALS)
    SealTable().record([Seal("MN1", 20260601, bytes(32), 99, 1_790_000_000_000)])
    assert SealTable().roots(20260601)["MN1"] == SEALS[1]
    assert DailySeal.objects.count() == 3


def test_each_day_has_its_own():
    SealTable().record(SEALS)
    SealTable().record([Seal("MN1", 20260602, bytes(32), 1, 1_790_000_000_000)])
    assert SealTable().roots(20260602)["MN1"].frames == 1
    assert SealTable().roots(20260601)["MN1"] == SEALS[1]
