from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from zhihuan.hj212.codes import factor
from zhihuan.telemetry.simulator.episodes import MARKS
from zhihuan.telemetry.simulator.kinds import KINDS, KindSpec, kind_from_mapping, kind_spec
from zhihuan.telemetry.simulator.periods import periods, summarise
from zhihuan.telemetry.simulator.physics import converted, standard_dry_flow_m3_s
from zhihuan.telemetry.simulator.plant import SyntheticPlant

MIDNIGHT = 1_773_936_000  # 2026-03-20 00:00 Beijing time
DAY = 86_400


def quiet(kind: str) -> KindSpec:
    """The kind without episodes and marks, so that only its physics speaks."""
    return replace(kind_spec(kind), marks={}, episode_chance=0.0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_measures_the_same_and_another_seed_something_else(kind: str) -> None:
    moments = np.arange(MIDNIGHT, MIDNIGHT + 3600, 15, dtype=np.int64)
    once, again, other = (
        SyntheticPlant(kind_spec(kind), seed, city_seed=1).samples(moments).values
        for seed in (5, 5, 6)
    )
    for code, values in once.items():
        np.testing.assert_array_equal(values, again[code])
    headline = next(iter(once))
    assert (once[headline] != other[headline]).any()


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_finite_and_of_a_day_rise_and_fall(kind: str) -> None:
    plant = SyntheticPlant(quiet(kind), 8)
    values = plant.samples(np.arange(MIDNIGHT, MIDNIGHT + DAY, 300, dtype=np.int64)).values
    for code, series in values.items():
        assert np.isfinite(series).all(), code
        assert series.std() > 0, code


@pytest.mark.parametrize("kind", ["wastewater", "flue_gas", "voc"])
def test_totals_of_an_hour_are_the_sum_of_its_minutes(kind: str) -> None:
    plant = SyntheticPlant(kind_spec(kind), 11)
    hours, minutes = periods(plant, MIDNIGHT, 3600, 24), periods(plant, MIDNIGHT, 600, 144)
    for code, hour in hours.factors.items():
        if hour.total is not None:
            of_minutes = minutes.factors[code].total.reshape(24, 6).sum(axis=1)
            np.testing.assert_allclose(hour.total, of_minutes, rtol=1e-9)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "noise"])
def test_a_mean_lies_between_minimum_and_maximum(kind: str) -> None:
    for values in periods(SyntheticPlant(kind_spec(kind), 4), MIDNIGHT, 3600, 48).factors.values():
        assert (values.minimum <= values.average + 1e-9).all()
        assert (values.average <= values.maximum + 1e-9).all()


def test_a_wastewater_mean_is_weighted_by_flow() -> None:
    plant = SyntheticPlant(quiet("wastewater"), 2)
    samples = plant.samples(np.arange(MIDNIGHT, MIDNIGHT + DAY, 15, dtype=np.int64))
    day = summarise(plant, samples, DAY).factors
    flow, cod = samples.values["w00000"], samples.values["w01018"]
    # by hand: L/s over 15 s is m³/1000 times 15; mg/L times m³ is g, so kg needs 1/1000
    volume_m3 = (flow * 15 / 1000).sum()
    mass_kg = (flow * 15 / 1000 * cod / 1000).sum()
    assert day["w00000"].total[0] == pytest.approx(volume_m3)
    assert day["w01018"].total[0] == pytest.approx(mass_kg)
    assert day["w01018"].average[0] == pytest.approx(1000 * mass_kg / volume_m3)
    assert day["w01018"].average[0] != pytest.approx(cod.mean(), rel=1e-4)


def test_flue_gas_is_converted_to_reference_oxygen_sample_by_sample() -> None:
    plant = SyntheticPlant(quiet("flue_gas"), 2)
    samples = plant.samples(np.arange(MIDNIGHT, MIDNIGHT + 3600, 15, dtype=np.int64))
    nox, oxygen = samples.values["a21002"], samples.values["a19001"]
    expected = nox * (21 - 9.0) / (21 - oxygen)
    np.testing.assert_allclose(samples.converted["a21002"], expected)
    hour = summarise(plant, samples, 3600).factors["a21002"]
    assert hour.zs_average[0] == pytest.approx(expected.mean())


def test_there_is_no_conversion_near_ambient_oxygen() -> None:
    found = converted(np.array([50.0, 50.0]), np.array([11.0, 20.7]), 9.0)
    assert found[0] == pytest.approx(60.0)
    assert np.isnan(found[1])


def test_standard_flow_follows_annex_d() -> None:
    # 10 m/s in 2 m², 80 °C, 101.0 kPa and -0.2 kPa static, 8 % moisture, worked out by hand:
    # 20 * 273/353 * 100.8/101.325 * 0.92
    found = standard_dry_flow_m3_s(
        np.array([10.0]), 2.0, np.array([80.0]), 101.0, np.array([-0.2]), np.array([8.0])
    )
    assert found[0] == pytest.approx(14.1565, abs=1e-3)


def test_fine_particles_are_never_more_than_the_coarse_ones_they_belong_to() -> None:
    values = (
        SyntheticPlant(kind_spec("ambient_air"), 9)
        .samples(np.arange(MIDNIGHT, MIDNIGHT + 5 * DAY, 900, dtype=np.int64))
        .values
    )
    assert (values["a34002"] >= values["a34004"]).all()


def test_stations_of_one_city_share_the_weather() -> None:
    moments = np.arange(MIDNIGHT, MIDNIGHT + 20 * DAY, 3600, dtype=np.int64)
    one, two, elsewhere = (
        SyntheticPlant(quiet("ambient_air"), seed, city).samples(moments).values["a34004"]
        for seed, city in ((1, 7), (2, 7), (2, 8))
    )
    day = np.arange(moments.size) % 24
    flat = [
        series - np.array([series[day == h].mean() for h in range(24)])[day]
        for series in (one, two, elsewhere)
    ]
    assert np.corrcoef(flat[0], flat[1])[0, 1] > 0.6
    assert np.corrcoef(flat[0], flat[2])[0, 1] < 0.5


def test_a_stopped_plant_discharges_nothing_and_says_so() -> None:
    kind = replace(kind_spec("wastewater"), marks={"F": 1.0}, episode_chance=0.0)
    samples = SyntheticPlant(kind, 3).samples(
        np.arange(MIDNIGHT, MIDNIGHT + DAY, 60, dtype=np.int64)
    )
    stopped = samples.marks == MARKS.index("F")
    assert stopped.any()
    assert (samples.values["w00000"][stopped] == 0).all()
    assert (samples.values["w00000"][~stopped] > 0).all()


def test_marks_of_a_period_follow_the_medium() -> None:
    # 10 minutes of calibration in an hour: water is marked, flue gas is not (75 % are normal)
    moments = np.arange(MIDNIGHT, MIDNIGHT + 3600, 15, dtype=np.int64)
    for kind, expected in (("wastewater", "C"), ("flue_gas", "N")):
        plant = SyntheticPlant(quiet(kind), 3)
        samples = plant.samples(moments)
        samples.marks[:40] = MARKS.index("C")
        assert summarise(plant, samples, 3600).marks == [expected]
        samples.marks[:80] = MARKS.index("C")
        assert summarise(plant, samples, 3600).marks == ["C"]


def test_raised_levels_and_the_chance_of_episodes_can_be_set() -> None:
    moments = np.arange(MIDNIGHT, MIDNIGHT + 10 * DAY, 600, dtype=np.int64)
    usual = SyntheticPlant(quiet("wastewater"), 3).samples(moments).values["w01018"]
    doubled = SyntheticPlant(quiet("wastewater"), 3, levels={"w01018": 2.0}).samples(moments)
    np.testing.assert_allclose(doubled.values["w01018"], 2.0 * usual)
    never = SyntheticPlant(kind_spec("wastewater"), 3, exceeding=0.0).samples(moments)
    often = SyntheticPlant(kind_spec("wastewater"), 3, exceeding=8.0).samples(moments)
    assert often.values["w01018"].max() > 1.5 * never.values["w01018"].max()


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "power"])
def test_units_are_those_of_the_code_tables(kind: str) -> None:
    for spec in kind_spec(kind).factors:
        known = factor(spec.code)
        if known is not None:
            assert (spec.unit.replace("-", ""), spec.code) == (known.unit, spec.code)


def test_a_misspelt_field_of_a_kind_is_named() -> None:
    raw = {"kind": "x", "name": "x", "physics": "plain", "system_types": {}, "factors": []}
    with pytest.raises(ValueError, match=r"x\.yaml: unknown field episode_chanse"):
        kind_from_mapping(raw | {"episode_chanse": 1}, "x.yaml")
    with pytest.raises(ValueError, match=r"factor w1: unknown peek_hour"):
        kind_from_mapping(
            raw
            | {"factors": [{"code": "w1", "name": "", "unit": "", "decimals": 1, "peek_hour": 3}]},
            "x.yaml",
        )
