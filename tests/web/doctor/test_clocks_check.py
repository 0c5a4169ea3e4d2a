"""The doctor tells how many clocks a new version has still to reckon, and finds when nobody goes on with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from zhihuan.bureau.matters.engine.following import note_installed
from zhihuan.bureau.matters.models import Reckoning
from zhihuan.web.doctor.checks import clocks
from zhihuan.web.doctor.diagnosis import Level

pytestmark = pytest.mark.django_db


def test_what_was_never_compared_is_a_warning(patient: Any, worst: Any) -> None:
    level, words = worst(clocks.look(patient))
    assert (level, "were never compared" in words) == (Level.WARNING, True)


def test_what_follows_this_version_is_fine(patient: Any, worst: Any) -> None:
    note_installed()
    assert worst(clocks.look(patient))[0] is Level.FINE


@pytest.mark.parametrize(("minutes", "level"), [(1, Level.WARNING), (11, Level.ERROR)])
def test_how_many_are_left_and_whether_it_goes_on(
    patient: Any, worst: Any, filed: Any, minutes: int, level: Level
) -> None:
    note_installed()
    Reckoning.objects.update(moved_at=patient.now - dt.timedelta(minutes=minutes))
    found, words = worst(clocks.look(patient))
    assert found is level
    assert "1 running clocks are reckoned" in words
    assert ("nothing was done for 11 minutes" in words) is (level is Level.ERROR)
