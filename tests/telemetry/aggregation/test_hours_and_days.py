"""Hours and days worked by hand from HJ 212-2017, annexes C and D."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from made_rows import epoch, measured

from zhihuan.telemetry.aggregation.devices import MonitoredDevice, commonest_step
from zhihuan.telemetry.aggregation.statistics import days_of, hour_members, hours_of
from zhihuan.telemetry.aggregation.table import Statistics

STACK = {"G": MonitoredDevice("G", "31", 60)}
OUTFALL = {"W": MonitoredDevice("W", "32", 600)}
Minutes = Callable[..., list[dict[str, Any]]]


def one(found: Statistics, factor: str) -> dict[str, Any]:
    here = np.flatnonzero(found.factor.is_text(factor))
    assert len(here) == 1, f"{factor}: {len(here)} rows"
    periods = found.periods
    names = ("value", "minimum", "maximum", "total", "converted", "mark", "valid", "start",
             "member_count", "valid_count", "expected_count")  # fmt: skip
    row = {name: getattr(periods, name)[here[0]] for name in names}
    return row | {"rule": found.rule.texts()[here[0]]}


@pytest.mark.parametrize(("usable", "is_valid"), [(60, True), (45, True), (44, False), (0, False)])
def test_an_hour_of_flue_gas_needs_45_minutes(
    minutes: Minutes, usable: int, is_valid: bool
) -> None:
    flags = dict.fromkeys(range(usable, 60), "M")
    hour = one(
        hours_of(measured(minutes("G", "a21026", [20.0] * 60, flags=flags)), STACK), "a21026"
    )
    assert hour["valid"] == is_valid
    assert hour["valid_count"] == usable
    assert hour["expected_count"] == 60


def test_minutes_missing_altogether_count_against_the_45_too(minutes: Minutes) -> None:
    hour = one(hours_of(measured(minutes("G", "a21026", [20.0] * 44)), STACK), "a21026")
    assert (hour["mark"], hour["valid"]) == ("N", False)
    assert (hour["member_count"], hour["expected_count"]) == (44, 60)


def test_a_device_of_ten_minutes_needs_five_of_six(minutes: Minutes) -> None:
    slow = {"G": MonitoredDevice("G", "31", 600)}
    for present, is_valid in ((5, True), (4, False)):
        rows = measured(minutes("G", "a21026", [20.0] * present, step=10))
        hour = one(hours_of(rows, slow), "a21026")
        assert hour["valid"] == is_valid
        assert hour["expected_count"] == 6


@pytest.mark.parametrize(("abnormal", "mark"), [(15, "N"), (16, "D")])
def test_three_quarters_of_normal_minutes_make_a_normal_hour(
    minutes: Minutes, abnormal: int, mark: str
) -> None:
    flags = dict.fromkeys(range(abnormal), "C")
    hour = one(
        hours_of(measured(minutes("G", "a21026", [20.0] * 60, flags=flags)), STACK), "a21026"
    )
    assert hour["mark"] == mark


def test_an_unknown_mark_is_not_valid(minutes: Minutes) -> None:
    flags = dict.fromkeys(range(60), "zz")
    hour = one(
        hours_of(measured(minutes("G", "a21026", [20.0] * 60, flags=flags)), STACK), "a21026"
    )
    assert not hour["valid"]
    assert np.isnan(hour["value"])


@pytest.mark.parametrize(("hours", "is_valid"), [(24, True), (20, True), (19, False)])
def test_a_day_of_flue_gas_needs_20_valid_hours(
    minutes: Minutes, hours: int, is_valid: bool
) -> None:
    rows = measured(minutes("G", "a21026", [20.0] * (60 * hours), begin="2024-06-01 00:00"))
    day = one(days_of(hour_members(hours_of(rows, STACK)), measured([]), STACK), "a21026")
    assert day["valid"] == is_valid
    assert day["start"] == epoch("2024-06-01 00:00")
    assert (day["valid_count"], day["expected_count"]) == (hours, 24)


def test_a_day_begins_at_midnight_of_beijing(minutes: Minutes) -> None:
    rows = measured(minutes("G", "a21026", [20.0] * 120, begin="2024-06-01 23:00"))
    days = days_of(hour_members(hours_of(rows, STACK)), measured([]), STACK)
    assert days.periods.start.tolist() == [epoch("2024-06-01 00:00"), epoch("2024-06-02 00:00")]


def test_an_invalid_hour_is_left_out_of_the_day(minutes: Minutes) -> None:
    values = [20.0] * 60 * 23 + [9000.0] * 60
    flags = dict.fromkeys(range(60 * 23, 60 * 24), "D")
    rows = measured(minutes("G", "a21026", values, begin="2024-06-01 00:00", flags=flags))
    day = one(days_of(hour_members(hours_of(rows, STACK)), measured([]), STACK), "a21026")
    assert day["value"] == 20.0
    assert day["maximum"] == 20.0


def test_mass_is_mean_concentration_times_the_flow_of_the_hour(minutes: Minutes) -> None:
    # 50 mg/m³ at 8 m³/s: 28 800 m³ an hour, 1.44 kg, although one quarter of the minutes is missing
    rows = minutes("G", "a21026", [50.0] * 45) + minutes("G", "a00000", [8.0] * 45)
    hours = hours_of(measured(rows), STACK)
    assert one(hours, "a00000")["total"] == pytest.approx(28_800)
    assert one(hours, "a21026")["total"] == pytest.approx(1.44)


def test_masses_of_a_day_are_the_sum_of_its_hours(minutes: Minutes) -> None:
    count = 60 * 24
    rows = minutes("G", "a21026", [50.0] * count, begin="2024-06-01 00:00")
    rows += minutes("G", "a00000", [8.0] * count, begin="2024-06-01 00:00")
    hours = hours_of(measured(rows), STACK)
    days = days_of(hour_members(hours), measured([]), STACK)
    assert one(days, "a21026")["total"] == pytest.approx(24 * 1.44)
    assert one(days, "a00000")["total"] == pytest.approx(24 * 28_800)


def test_without_flow_the_devices_own_amounts_are_summed(minutes: Minutes) -> None:
    rows = minutes("G", "a21026", [50.0] * 60, total=[0.02] * 60)
    assert one(hours_of(measured(rows), STACK), "a21026")["total"] == pytest.approx(1.2)


def test_temperature_has_no_mass(minutes: Minutes) -> None:
    rows = minutes("G", "a01012", [120.0] * 60) + minutes("G", "a00000", [8.0] * 60)
    assert np.isnan(one(hours_of(measured(rows), STACK), "a01012")["total"])


def test_converted_values_are_averaged_beside(minutes: Minutes) -> None:
    rows = minutes("G", "a21026", [30.0] * 60, zs_value=[38.0, 42.0] * 30)
    assert one(hours_of(measured(rows), STACK), "a21026")["converted"] == pytest.approx(40.0)


def test_sewage_is_weighted_by_flow(minutes: Minutes) -> None:
    # 100 mg/L in 0.6 m³ and five times 20 mg/L in 3 m³: 0.36 kg in 15.6 m³
    flow = [1.0, 5.0, 5.0, 5.0, 5.0, 5.0]
    cod = [100.0] + [20.0] * 5
    rows = minutes("W", "w00000", flow, step=10) + minutes("W", "w01018", cod, step=10)
    hours = hours_of(measured(rows), OUTFALL)
    water, chemical = one(hours, "w00000"), one(hours, "w01018")
    assert water["total"] == pytest.approx(15.6)
    assert water["value"] == pytest.approx(15.6 * 1000 / 3600)
    assert chemical["total"] == pytest.approx(0.36)
    assert chemical["value"] == pytest.approx(1000 * 0.36 / 15.6)


def test_the_devices_running_total_does_not_reach_our_mass(minutes: Minutes) -> None:
    flow = minutes("W", "w00000", [5.0] * 6, step=10, total=[1e6 + n for n in range(6)])
    cod = minutes("W", "w01018", [20.0] * 6, step=10, total=[9e9] * 6)
    hours = hours_of(measured(flow + cod), OUTFALL)
    assert one(hours, "w00000")["total"] == pytest.approx(18.0)
    assert one(hours, "w01018")["total"] == pytest.approx(0.36)


def test_one_abnormal_minute_makes_the_hour_of_sewage_abnormal_and_the_day_with_it(
    minutes: Minutes,
) -> None:
    count = 6 * 24
    rows = minutes(
        "W", "w01018", [20.0] * count, step=10, begin="2024-06-01 00:00", flags={40: "M", 41: "D"}
    ) + minutes("W", "w21003", [2.0] * count, step=10, begin="2024-06-01 00:00")
    hours = hours_of(measured(rows), OUTFALL)
    bad = hours.where(~hours.periods.valid)
    assert bad.factor.texts().tolist() == ["w01018"]
    assert bad.periods.mark.tolist() == ["D"]  # one M, one D: the first by the alphabet
    days = days_of(hour_members(hours), measured([]), OUTFALL)
    assert (one(days, "w01018")["mark"], one(days, "w01018")["valid"]) == ("D", False)
    assert one(days, "w21003")["valid"]


def test_no_discharge_is_averaged_arithmetically(minutes: Minutes) -> None:
    rows = minutes("W", "w00000", [0.0] * 6, step=10)
    rows += minutes("W", "w01018", [10.0, 20.0, 30.0] * 2, step=10)
    hours = hours_of(measured(rows), OUTFALL)
    assert one(hours, "w01018")["value"] == pytest.approx(20.0)
    assert one(hours, "w01018")["total"] == 0.0
    assert one(hours, "w00000")["value"] == 0.0


def test_ph_of_sewage_is_not_weighted(minutes: Minutes) -> None:
    rows = minutes("W", "w00000", [1.0, 9.0], step=10) + minutes("W", "w01001", [6.0, 8.0], step=10)
    assert one(hours_of(measured(rows), OUTFALL), "w01001")["value"] == pytest.approx(7.0)


def test_mercury_in_micrograms_weighs_grams(minutes: Minutes) -> None:
    # 2 µg/L in 18 m³ is 0.036 g: the unit of Cou for mercury is g
    rows = minutes("W", "w00000", [5.0] * 6, step=10) + minutes("W", "w20111", [2.0] * 6, step=10)
    assert one(hours_of(measured(rows), OUTFALL), "w20111")["total"] == pytest.approx(0.036)


def test_a_station_that_sends_only_hours_has_days() -> None:
    river = {"R": MonitoredDevice("R", "21")}
    first = epoch("2024-06-01 00:00")
    sent = [6.5, 7.9, 8.8, 9.0, 6.78, 8.87]  # 总站水字〔2020〕90号's example: 7.08
    theirs = measured(
        [
            {"mn": "R", "factor": "w01001", "time": first + n * 4 * 3600, "value": value}
            for n, value in enumerate(sent)
        ]
    )
    nothing = hour_members(hours_of(measured([]), river))
    day = one(days_of(nothing, theirs, river), "w01001")
    assert round(float(day["value"]), 2) == 7.08
    assert day["valid"]


def test_our_hour_is_taken_before_the_devices(minutes: Minutes) -> None:
    ours = hours_of(measured(minutes("G", "a21026", [20.0] * 60)), STACK)
    at = epoch("2024-06-01 08:00")
    theirs = measured(
        [
            {"mn": "G", "factor": "a21026", "time": at, "value": 99.0},
            {"mn": "G", "factor": "a21026", "time": at + 3600, "value": 40.0},
        ]
    )
    day = one(days_of(hour_members(ours), theirs, STACK), "a21026")
    assert day["value"] == pytest.approx(30.0)
    assert day["valid_count"] == 2


def test_noise_is_averaged_by_energy(minutes: Minutes) -> None:
    station = {"N": MonitoredDevice("N", "23", 60)}
    rows = minutes("N", "Leq", [60.0, 50.0] * 30, flags=dict.fromkeys(range(60), ""))
    hour = one(hours_of(measured(rows), station), "Leq")
    assert hour["value"] == pytest.approx(10 * np.log10((1e6 + 1e5) / 2))
    assert hour["valid"]


def test_percentile_levels_of_minutes_make_no_percentile_of_the_hour(minutes: Minutes) -> None:
    station = {"N": MonitoredDevice("N", "23", 60)}
    rows = minutes("N", "L10", [60.0] * 60) + minutes("N", "Leq", [60.0] * 60)
    found = hours_of(measured(rows), station)
    assert found.factor.texts().tolist() == ["Leq"]


def test_day_and_night_levels_stand_beside_the_daily_leq(minutes: Minutes) -> None:
    station = {"N": MonitoredDevice("N", "23", 60)}
    levels = [60.0 if 6 <= n // 60 < 22 else 50.0 for n in range(1440)]
    rows = measured(minutes("N", "Leq", levels, begin="2024-06-01 00:00"))
    days = days_of(hour_members(hours_of(rows, station)), measured([]), station)
    assert one(days, "Ld")["value"] == pytest.approx(60.0)
    assert one(days, "Ln")["value"] == pytest.approx(50.0)
    assert one(days, "Ldn")["value"] == pytest.approx(60.0)  # night + 10 dB equals the day
    assert (one(days, "Ld")["expected_count"], one(days, "Ln")["expected_count"]) == (16, 8)
    assert all(one(days, code)["valid"] for code in ("Leq", "Ld", "Ln", "Ldn"))


def test_a_day_without_a_valid_night_has_no_night_level(minutes: Minutes) -> None:
    station = {"N": MonitoredDevice("N", "23", 60)}
    rows = measured(minutes("N", "Leq", [60.0] * 60 * 16, begin="2024-06-01 06:00"))
    days = days_of(hour_members(hours_of(rows, station)), measured([]), station)
    assert np.isnan(one(days, "Ln")["value"])
    assert not one(days, "Ln")["valid"]


def test_wind_from_the_north_stays_from_the_north(minutes: Minutes) -> None:
    station = {"A": MonitoredDevice("A", "22", 60)}
    rows = minutes("A", "a01008", [350.0, 10.0] * 30)
    value = one(hours_of(measured(rows), station), "a01008")["value"]
    assert min(value, 360 - value) == pytest.approx(0.0, abs=1e-9)


def test_two_editions_in_one_call_judge_each_their_own_day(minutes: Minutes) -> None:
    rows = minutes("G", "a21026", [20.0] * 120, begin="2025-12-31 23:00")
    found = hours_of(measured(rows), STACK)
    assert found.rule.texts().tolist() == ["flue_gas/2017-05-01", "flue_gas/2026-01-01"]


def test_rows_before_every_edition_are_left_out_and_counted(minutes: Minutes) -> None:
    rows = minutes("G", "a21026", [20.0] * 120, begin="2017-04-30 23:00")
    found = hours_of(measured(rows), STACK)
    assert found.left_out == 60
    assert found.periods.start.tolist() == [epoch("2017-05-01 00:00")]


def test_a_device_nobody_knows_follows_the_rules_for_other_systems(minutes: Minutes) -> None:
    found = hours_of(measured(minutes("X", "a21026", [20.0] * 60)), {})
    assert found.rule.texts().tolist() == ["other/2017-05-01"]


def test_two_rows_at_one_moment_are_refused(minutes: Minutes) -> None:
    rows = minutes("G", "a21026", [20.0] * 3)
    with pytest.raises(ValueError, match="newest received"):
        hours_of(measured(rows + rows[:1]), STACK)


def test_nothing_in_nothing_out() -> None:
    assert len(hours_of(measured([]), STACK)) == 0
    assert len(days_of(hour_members(hours_of(measured([]), STACK)), measured([]), STACK)) == 0


def test_the_interval_is_read_off_the_data_when_nobody_registered_it(minutes: Minutes) -> None:
    unknown = {"G": MonitoredDevice("G", "31"), "H": MonitoredDevice("H", "31")}
    rows = minutes("G", "a21026", [20.0] * 12, step=5) + minutes("H", "a21026", [20.0] * 60)
    found = hours_of(measured(rows), unknown)
    assert found.periods.expected_count.tolist() == [12, 60]
    assert found.periods.valid.tolist() == [True, True]


def test_the_commonest_step_ignores_stumbles() -> None:
    assert commonest_step(np.array([0, 300, 600, 607, 900, 1500])) == 300
    assert commonest_step(np.array([5])) == 60
    assert commonest_step(np.array([], dtype=np.int64)) == 60
