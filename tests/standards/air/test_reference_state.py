"""Concentrations across the change of the reference state, and from mixing ratios."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.reference_state import (
    from_ppb,
    restated_gas,
    restated_particles,
    state_changes_within,
    to_ppb,
)
from zhihuan.standards.errors import OutsideEditionsError

BEFORE, AFTER = date(2018, 8, 31), date(2018, 9, 1)


def test_the_same_gas_counts_less_at_the_warmer_state() -> None:
    found = restated_gas([100.0, 100.0, np.nan], measured_on=[BEFORE, AFTER, AFTER], on=AFTER)
    assert found[:2] == pytest.approx([100 * 273.15 / 298.15, 100.0])
    assert round(float(found[0]), 3) == 91.615
    assert np.isnan(found[2])


@given(value=st.floats(0.1, 1e4))
def test_restating_there_and_back_changes_nothing(value: float) -> None:
    there = restated_gas(value, measured_on=BEFORE, edition="GB 3095-2026")
    back = restated_gas(there, measured_on=date(2026, 3, 1), edition="GB 3095-2012")
    assert float(back) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("pollutant", "molar_mass", "per_unit"),
    [("SO2", 64.06, 1), ("NO2", 46.01, 1), ("O3", 48.00, 1), ("CO", 28.01, 1000)],
)
def test_mixing_ratios_agree_with_the_textbook_molar_volume(
    pollutant: str, molar_mass: float, per_unit: float
) -> None:
    for day, volume in ((BEFORE, 22.414), (AFTER, 24.465)):
        expected = 40 * molar_mass / volume / per_unit
        assert float(from_ppb(40, pollutant, on=day)) == pytest.approx(expected, rel=2e-4)


@given(ppb=st.floats(0, 1e4), pollutant=st.sampled_from(["SO2", "NO2", "NO", "NOX", "CO", "O3"]))
def test_ppb_there_and_back(ppb: float, pollutant: str) -> None:
    mass = from_ppb(ppb, pollutant, edition="GB 3095-2026")
    assert float(to_ppb(mass, pollutant, edition="GB 3095-2026")) == pytest.approx(ppb)


def test_each_day_of_a_series_has_its_own_state() -> None:
    old, new = from_ppb(50, "O3", on=[BEFORE, AFTER])
    assert old / new == pytest.approx(298.15 / 273.15)


def test_particles_need_the_air_they_were_sampled_in() -> None:
    found = restated_particles(
        [100.0, 100.0], celsius=30.0, pascal=100_000.0, measured_on=[BEFORE, AFTER], on=AFTER
    )
    assert found[0] == pytest.approx(100 * (100_000 / 303.15) / (101_325 / 273.15))
    assert found[1] == 100
    back = restated_particles(
        found, celsius=30.0, pascal=100_000.0, measured_on=AFTER, edition="GB 3095-2012"
    )
    assert back[0] == pytest.approx(100)


def test_a_series_that_straddles_the_change_is_told_its_day() -> None:
    days = np.arange("2018-08-01", "2018-10-01", dtype="datetime64[D]")
    assert state_changes_within(days).astype(str).tolist() == ["2018-09-01"]
    assert state_changes_within(days[31:]).size == 0
    assert state_changes_within(days[:31]).size == 0
    assert state_changes_within(days[:0]).size == 0


def test_other_pollutants_and_undated_calls_are_errors() -> None:
    with pytest.raises(KeyError, match="PM25"):
        from_ppb(1.0, "PM25", on=AFTER)
    with pytest.raises(OutsideEditionsError):
        from_ppb(1.0, "O3")
