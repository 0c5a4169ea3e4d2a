"""The doctor tells how far to-dos are that are made anew, and finds a renewal that nobody goes on with."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from zhihuan.bureau.inbox.models import Renewal
from zhihuan.web.doctor.checks import to_dos
from zhihuan.web.doctor.diagnosis import Level

pytestmark = pytest.mark.django_db


def test_nothing_under_way_is_fine(patient: Any, worst: Any) -> None:
    assert worst(to_dos.look(patient))[0] is Level.FINE


@pytest.mark.parametrize(("minutes", "level"), [(1, Level.WARNING), (11, Level.ERROR)])
def test_how_far_it_is_and_whether_it_goes_on(
    patient: Any, worst: Any, minutes: int, level: Level
) -> None:
    moved_at = patient.now - dt.timedelta(minutes=minutes)
    Renewal.objects.create(
        procedure="penalty_case",
        edition="2021",
        shape="x",
        done=1500,
        total=40_000,
        moved_at=moved_at,
    )
    found, words = worst(to_dos.look(patient))
    assert found is level
    assert "penalty_case 2021: to-dos of 1,500 of 40,000 matters" in words
    assert ("nothing was done for 11 minutes" in words) is (level is Level.ERROR)
