"""Conversion of stack readings, against the printed formulas worked in Decimal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards import emission
from zhihuan.standards.emission import StackConcentration
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

DAY = date(2025, 6, 1)


def reported_concentration(*values: Any, **fields: Any) -> StackConcentration:
    """The function under test, on one day unless a test says otherwise."""
    return emission.reported_concentration(*values, **({"on": DAY} | fields))


@given(
    st.integers(0, 2000), st.integers(0, 40), st.integers(22, 2080), st.sampled_from([3, 6, 9, 11])
)
def test_dry_and_converted_follow_the_formulas(
    milligrams: int, moisture: int, oxygen_hundredths: int, reference: int
) -> None:
    oxygen = Decimal(oxygen_hundredths) / 100
    dry = Decimal(milligrams) / (1 - Decimal(moisture) / 100)
    converted = dry * (21 - reference) / (21 - oxygen)
    found = reported_concentration(
        milligrams, oxygen_percent=float(oxygen), reference_oxygen_percent=reference,
        moisture_percent=moisture,
    )  # fmt: skip
    assert float(found.dry_mg_m3) == pytest.approx(float(dry), rel=1e-12)
    assert float(found.converted_mg_m3) == pytest.approx(float(converted), rel=1e-12)


def test_stack_conditions_are_brought_to_standard_state() -> None:
    found = reported_concentration(
        [100.0], at_standard_state=False, ambient_pa=101_000.0, static_pa=325.0,
        flue_celsius=136.5,
    )  # fmt: skip
    assert found.standard_mg_m3[0] == pytest.approx(150.0)
    assert found.converted_mg_m3[0] == pytest.approx(150.0)
    assert "未规定基准含氧量，不折算" in found.derivation(0).text()


def test_next_to_ambient_air_nothing_is_converted() -> None:
    found = reported_concentration(50.0, oxygen_percent=20.95, reference_oxygen_percent=9.0)
    assert np.isnan(found.converted_mg_m3)
    assert "无法折算" in found.derivation().conclusion


def test_missing_readings_stay_missing() -> None:
    found = reported_concentration(
        [50.0, np.nan, 50.0], oxygen_percent=[9.0, 9.0, np.nan], reference_oxygen_percent=6.0
    )
    assert np.isnan(found.converted_mg_m3).tolist() == [False, True, True]


def test_no_readings_give_no_concentrations() -> None:
    assert reported_concentration(np.empty(0)).converted_mg_m3.shape == (0,)


def test_the_derivation_shows_the_numbers() -> None:
    text = reported_concentration(
        54.0, oxygen_percent=9.0, reference_oxygen_percent=6.0, moisture_percent=10.0
    ).derivation().text()  # fmt: skip
    assert "60×(21−6)÷(21−9)" in text
    assert "折算浓度 75 mg/m³" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"measured_mg_m3": -3.0}, "不能为负"),
        ({"measured_mg_m3": 5e6}, "可能是以 µg/m³ 为单位"),
        ({"measured_mg_m3": 5.0, "ambient_pa": 101.3}, "可能是以 kPa 或 hPa 为单位"),
        ({"measured_mg_m3": 5.0, "oxygen_percent": 60.0}, "含氧量"),
        ({"measured_mg_m3": 5.0, "oxygen_percent": 0.09}, "可能是以小数"),
        ({"measured_mg_m3": np.inf}, "不是有限的数"),
    ],
)
def test_absurd_readings_are_refused_with_words(arguments: dict[str, float], words: str) -> None:
    with pytest.raises(InputRefusedError, match=words):
        reported_concentration(**arguments)


def test_the_edition_of_the_day_is_cited_and_days_before_any_are_refused() -> None:
    days = np.array(["2025-12-31", "2026-01-01"], "datetime64[D]")
    found = reported_concentration([5.0, 5.0], on=days)
    standards = [found.derivation(place).basis[0].standard for place in range(2)]
    assert standards == ["HJ 212-2017", "HJ 212-2025"]
    with pytest.raises(OutsideEditionsError):
        reported_concentration(5.0, on=date(2017, 4, 30))


def test_one_hour_of_little_oxygen_among_others_is_a_measurement() -> None:
    found = reported_concentration(
        [60.0, 60.0], oxygen_percent=[0.1, 9.0], reference_oxygen_percent=6.0
    )
    assert found.converted_mg_m3.tolist() == pytest.approx([60 * 15 / 20.9, 75.0])


def test_reasons_of_a_missing_stage_say_so_in_words() -> None:
    text = reported_concentration(
        [80.0], oxygen_percent=[np.nan], reference_oxygen_percent=6.0
    ).derivation(0).text()  # fmt: skip
    assert "nan" not in text
    assert "无法计算" in text
