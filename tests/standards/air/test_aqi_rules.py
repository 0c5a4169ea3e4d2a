"""Rules of one edition, gathered whole."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.air.aqi_rules import rule_spans, rules_of, threshold
from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.parameters import parameter


def test_every_quantity_of_a_day_is_of_the_same_edition() -> None:
    for day, name in ((date(2026, 2, 28), "HJ 633-2012"), (date(2026, 3, 1), "HJ 633-2026")):
        for report in ("hourly", "daily"):
            editions = rules_of(report, day).editions
            assert {edition.name for edition in editions.values()} == {name}


def test_the_daily_report_lost_its_hourly_ozone_and_the_exceeding_pollutants() -> None:
    old, new = (rules_of("daily", day) for day in (date(2020, 1, 1), date(2027, 1, 1)))
    assert "O3_1h" in old.columns
    assert "O3_1h" not in new.columns
    assert new.curve_of("O3_1h") is None
    assert (old.exceeding_above, new.exceeding_above) == (100, np.inf)
    assert (old.rounded_first, new.rounded_first) == (False, True)


def test_spans_cover_each_day_once() -> None:
    days = np.arange("2026-02-20", "2026-03-10", dtype="datetime64[D]")
    spans = list(rule_spans("hourly", days))
    assert np.sum([span.where for span in spans], axis=0).tolist() == [1] * days.size
    assert not list(rule_spans("hourly", days[:0]))


def test_unknown_reports_and_early_days_are_errors() -> None:
    with pytest.raises(KeyError, match="daily"):
        rules_of("weekly", date(2026, 3, 1))
    with pytest.raises(OutsideEditionsError, match="2000-01-01"):
        list(rule_spans("hourly", np.array(["2000-01-01"], dtype="datetime64[D]")))


def test_a_rule_that_an_edition_lacks_never_holds() -> None:
    assert threshold(parameter("air/aqi/exceeding_above").on(date(2026, 3, 1))) == np.inf
