"""The formulas of HJ 212-2017 annex D, against figures worked by hand from the printed page."""

from __future__ import annotations

import numpy as np
import pytest

from zhihuan.standards import flue_gas, wastewater


def test_formula_18_standard_state() -> None:
    # 100 mg/m³ at 136.5 °C (1.5 × 273 K) and exactly one atmosphere: 150
    found = flue_gas.standard_concentration(100.0, 101_000.0, 325.0, 136.5)
    assert found == pytest.approx(150.0)


def test_formula_19_dry_basis() -> None:
    assert flue_gas.dry_concentration(90.0, 10.0) == pytest.approx(100.0)
    assert np.isnan(flue_gas.dry_concentration(90.0, 100.0))


def test_formula_20_from_ppm() -> None:
    # SO₂, 64 g/mol: 22.4 ppm is 64 mg/m³
    assert flue_gas.concentration_from_ppm(22.4, 64.0) == pytest.approx(64.0)


def test_formula_21_nox_counts_as_no2() -> None:
    assert flue_gas.nox_as_no2(30.0, 4.0) == pytest.approx(50.0)


def test_formulas_26_to_28_conversion() -> None:
    # coal boiler, reference oxygen 9 %: measured 12 % -> factor (21-9)/(21-12) = 4/3
    assert flue_gas.converted_concentration(30.0, 12.0, 9.0) == pytest.approx(40.0)
    # the same by excess air: α = 21/9, αs = 21/12
    assert flue_gas.converted_by_excess_air(30.0, 12.0, 21 / 12) == pytest.approx(40.0)


def test_without_reference_oxygen_the_concentration_stands() -> None:
    # D2.3 (4), even next to ambient air
    assert flue_gas.converted_concentration(30.0, 20.95, np.nan) == 30.0


@pytest.mark.parametrize("oxygen", [20.9, 20.95, 21.0, 21.4])
def test_next_to_ambient_air_there_is_no_conversion(oxygen: float) -> None:
    assert np.isnan(flue_gas.converted_concentration(30.0, oxygen, 9.0))
    assert np.isnan(flue_gas.excess_air(oxygen))


def test_formulas_30_to_33_flow_and_amount() -> None:
    # 10 m/s through 2 m²: 72 000 m³/h wet at stack; 273 °C halves it, 20 % moisture leaves 28 800
    flow = flue_gas.standard_dry_flow_m3_h(
        10.0, 2.0, ambient_pa=101_325.0, static_pa=0.0, flue_celsius=273.0, moisture_percent=20.0
    )
    assert flow == pytest.approx(28_800.0)
    assert flue_gas.amount_kg(50.0, flow) == pytest.approx(1.44)


def test_missing_in_missing_out() -> None:
    assert np.isnan(flue_gas.converted_concentration(np.nan, 12.0, 9.0))
    assert np.isnan(flue_gas.amount_kg(50.0, np.nan))
    assert np.isnan(wastewater.amount_kg(np.nan, 3.0))


def test_formulas_1_and_5_volume_and_mean_flow_are_inverse() -> None:
    # table C.16's device: 17.5 L/s for ten minutes is 10.5 m³, as its own Cou says
    volume = wastewater.volume_m3(17.5, 600.0)
    assert volume == pytest.approx(10.5)
    assert wastewater.mean_flow_l_s(volume, 600.0) == pytest.approx(17.5)
    # and table C.17's hour: 63.0 m³
    assert wastewater.volume_m3(17.5, 3600.0) == pytest.approx(63.0)


def test_formulas_8_and_12_amount_and_weighted_mean() -> None:
    amounts = wastewater.amount_kg(np.array([100.0, 20.0]), np.array([1.0, 3.0]))
    assert amounts.tolist() == pytest.approx([0.1, 0.06])
    assert wastewater.flow_weighted_mg_l(amounts.sum(), 4.0) == pytest.approx(40.0)


def test_no_water_no_mean() -> None:
    assert np.isnan(wastewater.flow_weighted_mg_l(0.0, 0.0))
