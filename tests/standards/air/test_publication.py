"""What is published when pollutants are missing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.air.aqi import daily_aqi, hourly_aqi
from zhihuan.standards.air.publication import publication

OLD, NEW = "HJ 633-2012", "HJ 633-2026"
CLEAN = {"SO2": 5, "NO2": 10, "CO": 0.4, "O3": 50, "PM10": 30, "PM25": 20}


def test_with_all_six_pollutants_every_index_is_published() -> None:
    told = publication(hourly_aqi(CLEAN, edition=NEW))
    assert (told.aqi_text(), told.missing, told.withheld) == ("30", 0, False)
    assert told.primary_at() == ()


def test_since_2026_an_index_with_a_gap_is_published_only_above_100() -> None:
    told = publication(daily_aqi({"PM25": [40, 60, 60.6, np.nan]}, edition=NEW))
    assert [told.aqi_text(k) for k in range(4)] == ["NA", "NA", "101", "NA"]
    assert told.withheld.tolist() == [True, True, False, False]
    assert told.missing.tolist() == [5, 5, 5, 6]
    assert told.primary_at(0) is None
    assert told.primary_at(2) == ("PM25",)


def test_the_2012_edition_publishes_what_the_rest_gives() -> None:
    told = publication(daily_aqi({"PM25": [40.0, np.nan]}, edition=OLD))
    assert [told.aqi_text(0), told.aqi_text(1)] == ["57", "NA"]
    assert not told.withheld.any()


def test_the_day_chooses_the_rule() -> None:
    days = np.array(["2026-02-28", "2026-03-01"], dtype="datetime64[D]")
    told = publication(daily_aqi({"PM25": 40}, on=days))
    assert [told.aqi_text(0), told.aqi_text(1)] == ["57", "NA"]


def test_a_pollutant_outside_the_programme_is_excused_only_by_its_history() -> None:
    judged = hourly_aqi({k: v for k, v in CLEAN.items() if k != "CO"}, edition=NEW)
    unproved = publication(judged, not_measured=["CO"])
    excused = publication(judged, not_measured=["CO"], never_primary=["CO"])
    assert (unproved.aqi_text(), excused.aqi_text()) == ("NA", "30")
    assert excused.cell("CO") == ("/", "/")
    # a history alone excuses no gap of a pollutant that is measured
    assert publication(judged, never_primary=["CO"]).aqi_text() == "NA"


def test_cells_read_as_the_tables_of_the_standard_want_them() -> None:
    told = publication(hourly_aqi({"PM25": [40.0, np.nan], "CO": 0.4}, edition=NEW))
    assert told.cell("PM25", 0) == ("40", "60")
    assert told.cell("PM25", 1) == ("NA", "NA")
    assert told.cell("CO", 1) == ("0.4", "4")
    assert told.cell("O3", 0) == ("NA", "NA")


def test_unknown_items_are_answered_with_those_of_the_report() -> None:
    with pytest.raises(KeyError, match="O3_8h"):
        publication(daily_aqi({"PM25": 40}, edition=NEW), not_measured=["TSP"])


def test_the_derivation_says_why_an_index_is_withheld() -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1)]
    told = publication(hourly_aqi({"PM25": 40.0}, on=days), not_measured=["CO"])
    old, new = told.derivation(0), told.derivation(1)
    assert old.conclusion == "发布 AQI：57"
    assert new.conclusion == "发布 AQI：NA"
    assert "AQI 为 60，有项目缺测时须大于 100 才发布" in new.text()
    assert "5.3.1" in new.text()
    assert "未开展监测的项目：CO" in new.text()
    nothing = publication(hourly_aqi({"PM25": np.nan}, edition=NEW)).derivation()
    assert "AQI 为 无" in nothing.text()
