from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from zhihuan.telemetry.simulator.playback import (
    PlaybackError,
    RecordedPlant,
    packaged_maps,
    read_map,
    read_recordings,
)
from zhihuan.telemetry.simulator.playback_fleet import playing_devices
from zhihuan.telemetry.simulator.reports import Reporter

ANCHOR = 1_773_936_000  # 2026-03-20 00:00 Beijing time
#: packaged map -> a recording of the reference data it is for, and how many devices it gives
RECORDINGS = {
    "river_15min": ("series/river_lro_mainstreet_2019.csv", 1),
    "cems_turbine_hourly": ("series/cems_gas_turbine_2011_2013.csv", 1),
    "noise_1min": ("series/noise_laeq_1min_a.csv", 1),
    "noise_1s": ("series/noise_laeq_1s_20250322_0000_1559.csv", 1),
    "cnemc_water_daily": ("water/cnemc_daily_2020-12.csv", 98),
    "guangdong_water_4h": ("water/guangdong_4h_2021-04.csv", 64),
    "cnemc_air_hourly": ("air/prd_hourly_snapshots.csv", 52),
    "sewage_inflow_hourly": ("series/wwtp_inflow_dk_hourly_a.csv", 1),
    "sewage_daily": ("series/wwtp_melbourne_daily_a.csv", 1),
}

MAP = """
title: test
kind: river
station_column: place
time: {columns: [when], formats: ["%Y-%m-%d %H:%M"]}
missing: ["-9999"]
factors:
  w01009: {column: oxygen}
  w01010: {column: kelvin, offset: -273.15}
  w01014: {column: cond, optional: true}
"""
CSV = """\
place,when,oxygen,kelvin
upstream,2020-01-01 00:00,8.0,280.15
upstream,2020-01-01 01:00,-9999,281.15
upstream,2020-01-01 02:00,6.0,282.15
downstream,2020-01-01 00:00,4.0,290.15
"""


@pytest.fixture
def recorded(tmp_path: Path):
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    (tmp_path / "data.csv").write_text(CSV, "utf-8")
    playback_map = read_map(str(tmp_path / "map.yaml"))
    return playback_map, read_recordings(tmp_path / "data.csv", playback_map)


def at(plant: RecordedPlant, *seconds: int) -> dict[str, list[float]]:
    found = plant.samples(np.array([ANCHOR + s for s in seconds], dtype=np.int64)).values
    return {code: values.tolist() for code, values in found.items()}


def test_each_station_of_a_file_is_a_recording(recorded) -> None:
    _map, recordings = recorded
    assert [recording.station for recording in recordings] == ["upstream", "downstream"]


def test_a_value_holds_until_the_next_and_units_are_converted(recorded) -> None:
    playback_map, recordings = recorded
    plant = RecordedPlant(playback_map, recordings[0], ANCHOR)
    found = at(plant, 0, 3599, 7200)
    assert found["w01009"] == [8.0, 8.0, 6.0]
    assert found["w01010"] == pytest.approx([7.0, 7.0, 9.0])
    assert "w01014" not in found


def test_a_missing_value_is_missing_and_not_the_one_before(recorded) -> None:
    playback_map, recordings = recorded
    assert np.isnan(at(RecordedPlant(playback_map, recordings[0], ANCHOR), 3600)["w01009"][0])


def test_the_recording_begins_again_at_its_end(recorded) -> None:
    playback_map, recordings = recorded
    plant = RecordedPlant(playback_map, recordings[0], ANCHOR)
    assert at(plant, 3 * 3600)["w01009"] == at(plant, 0)["w01009"]
    assert at(plant, -3600)["w01009"] == at(plant, 7200)["w01009"]


def test_a_long_hole_is_not_filled(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    rows = [f"a,2020-01-{day:02d} 00:00,{day},280" for day in (1, 2, 3, 4, 20, 21)]
    (tmp_path / "d.csv").write_text("place,when,oxygen,kelvin\n" + "\n".join(rows), "utf-8")
    playback_map = read_map(str(tmp_path / "map.yaml"))
    plant = RecordedPlant(
        playback_map, read_recordings(tmp_path / "d.csv", playback_map)[0], ANCHOR
    )
    day = 86_400
    assert at(plant, 3 * day, 6 * day)["w01009"] == [4.0, 4.0]
    assert np.isnan(at(plant, 10 * day)["w01009"][0])


def test_what_is_wrong_with_a_file_is_named(tmp_path: Path, recorded) -> None:
    playback_map, _recordings = recorded
    path = tmp_path / "bad.csv"
    for text, message in (
        (CSV.replace("oxygen", "o2"), "no column 'oxygen'; it has place, when, o2"),
        (CSV.replace("8.0", "high"), "row 2, column oxygen: 'high' is no number"),
        (CSV.replace("2020-01-01 02", "2020-13-01 02"), "row 4: '2020-13-01 02:00' is no time"),
        ("place,when,oxygen,kelvin\n", "no rows"),
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(PlaybackError, match=message):
            read_recordings(path, playback_map)


def test_an_unknown_map_lists_those_there_are() -> None:
    with pytest.raises(PlaybackError, match="river_15min"):
        read_map("rivr")
    with pytest.raises(PlaybackError, match="say which map"):
        playing_devices(["data.csv"], None, ANCHOR, 1)
    with pytest.raises(PlaybackError, match="there is no file"):
        playing_devices(["noise_1min=nowhere.csv"], None, ANCHOR, 1)


def test_playing_devices_say_that_they_play(tmp_path: Path, recorded) -> None:
    specs, plants = playing_devices(
        [f"{tmp_path / 'map.yaml'}={tmp_path / 'data.csv'}"], None, ANCHOR, 1
    )
    assert [spec.name for spec in specs] == ["回放·test·upstream", "回放·test·downstream"]
    report = Reporter(specs[0], plants[specs[0].mn]).realtime(ANCHOR)
    assert report.groups == ("w01009-Rtd=8.00,w01009-Flag=N", "w01010-Rtd=7.0,w01010-Flag=N")


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(RECORDINGS))
def test_every_packaged_map_plays_the_recording_it_is_for(name: str, shared: Path) -> None:
    file, count = RECORDINGS[name]
    specs, plants = playing_devices([f"{name}={shared / 'data' / file}"], None, ANCHOR, 1)
    assert len(specs) == count
    reporter = Reporter(specs[0], plants[specs[0].mn])
    hours = list(reporter.span("hour", ANCHOR, ANCHOR + 7200, 3600))
    assert hours
    assert reporter.realtime(ANCHOR + 60) is not None


def test_every_packaged_map_is_tried() -> None:
    assert set(packaged_maps()) == set(RECORDINGS)


@pytest.mark.shared
def test_a_river_recording_keeps_the_technicians_labels(shared: Path) -> None:
    path = shared / "data/series/river_lro_mainstreet_2019.csv"
    (recording,) = read_recordings(path, read_map("river_15min"))
    assert recording.labels["w01009"].sum() == 5674
    assert recording.labels["w01014"].sum() == 519
