"""Deadlines of the reports."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.air.publication_times import due, forecast_days
from zhihuan.standards.errors import OutsideEditionsError


def test_each_report_has_its_own_deadline_since_2026() -> None:
    assert str(due("hourly", "2026-07-01T16:00")) == "2026-07-01T17:00"
    assert str(due("daily", "2026-12-31")) == "2027-01-01T12:00"
    assert str(due("forecast", "2026-07-01T08:00")) == "2026-07-01T20:00"
    assert forecast_days(on=date(2026, 3, 1)) == 3


def test_the_2012_edition_rules_the_hourly_report_alone() -> None:
    assert str(due("hourly", "2026-03-01T00:00")) == "2026-03-01T01:00"
    assert np.isnat(due("daily", "2026-02-28"))
    assert forecast_days(on=date(2026, 2, 28)) is None
    assert str(due("daily", "2026-02-28", edition="HJ 633-2026")) == "2026-03-01T12:00"


def test_an_array_may_span_the_editions() -> None:
    days = np.arange("2026-02-27", "2026-03-03", dtype="datetime64[D]")
    assert np.isnat(due("daily", days)).tolist() == [True, True, False, False]


def test_unknown_reports_and_days_without_edition_are_errors() -> None:
    with pytest.raises(KeyError, match="forecast"):
        due("weekly", "2026-07-01")
    with pytest.raises(OutsideEditionsError):
        due("daily", "2010-07-01")
