"""Somebody to look at: a home of the test's own, and the moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from zhihuan.web.doctor.diagnosis import Diagnosis, Level
from zhihuan.web.doctor.patient import Patient


@pytest.fixture
def patient(settings: Any, tmp_path: Path) -> Patient:
    settings.ZHIHUAN_HOME = tmp_path
    settings.ZHIHUAN_STORE_URL = f"chdb://{tmp_path}/telemetry"
    return Patient(settings, timezone.now())


@pytest.fixture
def hours() -> Callable[[float], dt.timedelta]:
    return lambda number: dt.timedelta(hours=number)


@pytest.fixture
def worst() -> Callable[..., tuple[Level, str]]:
    """The worst of some diagnoses, and its words; each that is not fine says why and how to mend."""

    def of(diagnoses: Any) -> tuple[Level, str]:
        found: list[Diagnosis] = list(diagnoses)
        assert all(each.why and each.mend for each in found if each.level)
        assert found
        bad = max(found, key=lambda each: each.level)
        return bad.level, bad.what

    return of
