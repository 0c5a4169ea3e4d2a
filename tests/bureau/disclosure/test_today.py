"""Published figures are judged by their standards, with clause and days in force, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.disclosure.air import shown_concentration
from zhihuan.standards.air.aqi import hourly_aqi

NOISE_2 = {"factor": "Ld", "kind": "day", "upper": 60, "basis": "GB 3096-2008",
           "clause": "表1 2类（昼间）"}  # fmt: skip
CLEAN = {"a34004": 30.0, "a34002": 40.0, "a05024": 60.0, "a21026": 0.008, "a21004": 0.02}


def test_air_is_judged_with_the_units_of_the_protocol_turned_into_those_of_the_standard(
    station, sent, now_at
):
    point = station("ambient_air")
    sent(point, **CLEAN, a21005=0.6)
    now = now_at(point)
    standard = hourly_aqi(
        {"PM25": 30, "PM10": 40, "O3": 60, "SO2": 8, "NO2": 20, "CO": 0.6}, on=now.at.date()
    )
    assert now.judgement.figure == f"{standard.aqi.item():.0f}"
    assert now.judgement.word == standard.level_at().name
    assert now.judgement.rgb == standard.level_at().rgb
    why = now.judgement.derivation
    assert {fact.name for fact in why.facts}, "what went in"
    assert len(why.steps) > 2, "index of each pollutant, then whether it is published"
    basis = why.basis[0]
    assert basis.standard.startswith("HJ 633")
    assert basis.in_force_from <= now.at.date()


def test_a_clean_hour_without_one_pollutant_has_concentrations_and_no_index(station, sent, now_at):
    point = station("ambient_air")
    sent(point, **CLEAN)  # CO is missing
    now = now_at(point)
    assert (now.judgement.figure, now.judgement.tone) == ("", "none")
    assert len(now.readings) == 5


def test_what_a_device_marks_invalid_is_shown_but_not_judged(station, sent, now_at):
    point = station("ambient_air")
    sent(point, **CLEAN, a21005=0.6, flag="D")
    now = now_at(point)
    assert now.judgement.word == "无有效数据"
    assert {reading.is_valid for reading in now.readings} == {False}


def test_old_figures_are_no_now(station, sent, now_at):
    point = station("ambient_air")
    sent(point, **CLEAN, a21005=0.6, age_hours=6)
    now = now_at(point)
    assert (now.readings, now.at, now.judgement.tone) == ((), None, "none")


def test_hours_that_do_not_belong_together_are_not_judged_together(station, sent, now_at):
    point = station("ambient_air")
    sent(point, **CLEAN, age_hours=1)
    sent(point, a21005=0.6)
    assert now_at(point).judgement.figure == ""


def test_water_gets_the_class_of_its_worst_item(station, sent, now_at):
    point = station("river")
    sent(point, w01001=7.2, w01009=6.2, w01019=3.1, w21003=1.2, w21011=0.15)
    now = now_at(point)
    assert now.judgement.word == "Ⅳ类"
    assert now.judgement.derivation.basis[0].standard.startswith("GB 3838")
    assert "氨氮" in now.judgement.derivation.conclusion
    assert any("仅反映当时水质" in caution for caution in now.judgement.derivation.cautions)


def test_phosphorus_in_a_lake_is_judged_as_in_a_lake(station, sent, now_at):
    values = {"w01001": 7.2, "w01009": 8.0, "w01019": 1.5, "w21003": 0.1, "w21011": 0.04}
    river, lake = station("river"), station("river", lake=True)
    for point in (river, lake):
        sent(point, **values)
    assert now_at(river).judgement.word == "Ⅱ类"
    assert now_at(lake).judgement.word == "Ⅲ类"


@pytest.mark.parametrize(
    ("day", "night", "word"),
    [(55.0, 45.0, "达标"), (55.0, 52.0, "夜间超标"), (63.0, 52.0, "昼间、夜间超标")],
)
def test_noise_is_judged_by_day_and_night_levels_of_its_zone(
    station, sent, now_at, day, night, word
):
    point = station("noise", limits=[NOISE_2])
    sent(point, data="day", Ld=day, Ln=night)
    sent(point, Leq=58.0)
    now = now_at(point)
    assert now.judgement.word == word
    assert "GB 3096" in now.judgement.derivation.basis[0].standard
    assert {reading.factor for reading in now.readings} == {"Ld", "Ln", "Leq"}


def test_noise_without_a_zone_is_not_judged(station, sent, now_at):
    point = station("noise")
    sent(point, data="day", Ld=55.0, Ln=45.0)
    assert now_at(point).judgement.word == "未登记声环境功能区，不作评价"


def test_an_outlet_is_judged_by_the_limits_in_force_there(station, sent, now_at, firm):
    limit = {
        "factor": "w01018",
        "kind": "hour",
        "upper": 80,
        "basis": "GB 4287-2012",
        "clause": "表2",
    }
    point = station("wastewater", enterprise=firm("key"), limits=[limit])
    sent(point, w01018=95.0, w21003=3.0)
    now = now_at(point)
    assert now.judgement.word == "超过限值"
    basis = now.judgement.derivation.basis[0]
    assert (basis.standard, basis.clause) == ("GB 4287-2012", "表2")
    assert basis.in_force_from == dt.date(2020, 1, 1)
    assert [reading.factor for reading in now.readings] == ["w01018"], "only what has a limit"


def test_impossible_figures_are_refused_in_words(station, sent, now_at):
    point = station("ambient_air")
    sent(point, **(CLEAN | {"a34004": -5.0}), a21005=0.6)
    assert now_at(point).judgement.word == "数据异常，不作评价"


@pytest.mark.parametrize("level", ["simplified", "registered", "none", ""])
def test_enterprises_that_the_law_does_not_name_are_not_published(
    station, sent, now_at, firm, level
):
    limit = {"factor": "w01018", "kind": "hour", "upper": 80, "basis": "x", "clause": "y"}
    point = station("wastewater", enterprise=firm(level), limits=[limit])
    sent(point, w01018=95.0)
    assert now_at(point) is None


def test_an_enterprise_s_own_air_station_and_power_meters_are_not_published(station, now_at, firm):
    for kind in ("ambient_air", "river", "noise", "power"):
        assert now_at(station(kind, enterprise=firm("key"))) is None
    assert now_at(station("power")) is None


def test_a_look_costs_the_same_however_many_stations_there_are(
    station, now_at, platform_store, django_assert_num_queries
):
    one = station("ambient_air")
    with django_assert_num_queries(3):
        now_at(one)
    for _n in range(10):
        station("ambient_air")
    with django_assert_num_queries(3):
        now_at(one)


def test_concentrations_are_shown_as_they_are_reported(station, sent, now_at):
    point = station("ambient_air")
    sent(point, **CLEAN, a21005=0.65)
    shown = {each.factor: shown_concentration(each) for each in now_at(point).readings}
    assert shown["a21004"] == ("20", "µg/m³")
    assert shown["a21026"] == ("8", "µg/m³")
    assert shown["a21005"] == ("0.6", "mg/m³"), "half to even, GB/T 8170"
