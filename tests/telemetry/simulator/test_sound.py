from __future__ import annotations

import numpy as np
import pytest

from zhihuan.telemetry.simulator.sound import energy_mean, sound_periods


def test_energy_mean_of_60_and_50_is_57_4() -> None:
    assert energy_mean(np.array([60.0, 50.0])) == pytest.approx(57.404, abs=1e-3)


def test_energy_mean_leaves_missing_samples_out() -> None:
    assert energy_mean(np.array([60.0, np.nan])) == pytest.approx(60.0)
    assert np.isnan(energy_mean(np.array([np.nan, np.nan])))


def test_exceeded_levels_fall_from_l5_to_l95() -> None:
    levels = np.linspace(40.0, 60.0, 101)[np.newaxis, :]
    found = sound_periods(levels, np.full(levels.shape, 12.0))
    assert found["L5"][0] == pytest.approx(59.0)
    assert found["L50"][0] == pytest.approx(50.0)
    assert found["L95"][0] == pytest.approx(41.0)
    assert (found["LMx"][0], found["LMn"][0]) == (60.0, 40.0)
    assert "Ldn" not in found


def test_the_night_weighs_ten_decibels_more() -> None:
    hours = np.arange(24.0)[np.newaxis, :]
    levels = np.where((hours >= 6) & (hours < 22), 55.0, 45.0)
    found = sound_periods(levels, hours)
    assert found["Ld"][0] == pytest.approx(55.0)
    assert found["Ln"][0] == pytest.approx(45.0)
    # 45 dB at night counts as 55 dB, so the whole day is 55
    assert found["Ldn"][0] == pytest.approx(55.0)
