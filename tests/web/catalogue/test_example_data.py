"""What the examples of chart and map draw says that it is made up and has what they must show."""

from __future__ import annotations

import csv
import io

import pytest

from zhihuan.bureau.places.models import Town
from zhihuan.telemetry.point_state import PointState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]
WEEK = "?factor=w01018&kind=hour&from=2026-05-01T00:00:00%2B08:00&to=2026-05-08T00:00:00%2B08:00"


@pytest.fixture
def series(browser_of):
    browser = browser_of("值班员")
    return lambda query: browser.get(f"/catalogue/data/series.json{query}")


def test_a_series_is_labelled_whole_and_the_same_each_time(series):
    told = series(WEEK).json()
    assert told["synthetic"] is True
    assert {len(told[name]) for name in ("t", "value", "min", "max", "flag")} == {len(told["t"])}
    assert told["factor"]["name"] == "化学需氧量"
    assert series(WEEK).json() == told


def test_a_week_holds_everything_a_chart_must_be_able_to_show(series):
    told = series(WEEK).json()
    limit = told["limits"][0]["upper"]
    steps = {after - before for before, after in zip(told["t"], told["t"][1:], strict=False)}
    assert max(told["value"]) > limit > min(told["value"])
    assert len(steps) > 1, "a gap"
    assert set(told["flags"]) == {"D", "M"}
    assert told["ours"]["value"] != told["value"]
    assert not all(told["ours"]["valid"])


def test_a_long_span_comes_in_no_more_rows_than_asked_for(series):
    years = WEEK.replace("2026-05-01", "2020-05-01") + "&buckets=400"
    told = series(years).json()
    assert len(told["t"]) <= 400
    assert told["bucketSeconds"] > 3600


def test_the_states_of_the_chart_are_what_they_are_called(series):
    assert series(WEEK + "&show=empty").json()["t"] == []
    assert "t" not in series(WEEK + "&show=broken").json()
    assert series("?kind=hour").status_code == 400


def test_its_rows_as_a_file_say_first_that_they_are_made_up(series):
    rows = list(csv.reader(io.StringIO(series(WEEK + "&format=csv").content.decode("utf-8-sig"))))
    assert rows[0][0] == "模拟数据"
    assert rows[2][0] == "2026-05-01 00:00:00"
    assert len(rows) == 2 + len(series(WEEK).json()["t"])


def test_the_map_has_a_point_in_every_town_and_every_state(browser_of):
    browser = browser_of("值班员")
    told = browser.get("/catalogue/data/points.json").json()
    assert told["synthetic"] is True
    assert told["total"] == Town.objects.count() > len(PointState)
    assert set(told["columns"]["state"]) == {state.slug for state in PointState}
    assert all("模拟" in name for name in told["columns"]["name"])
    assert browser.get("/catalogue/data/points.json?show=empty").json()["total"] == 0
