"""Reductions of photovoltaics, meters, measured power, and claims made twice."""

from __future__ import annotations

import csv
import itertools
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.carbon import (
    energy_mwh,
    metered_generation,
    overlapping_claims,
    photovoltaic_reduction,
)
from zhihuan.standards.errors import InputRefusedError

DAY = date(2024, 6, 1)


@given(st.lists(st.one_of(st.just(float("nan")), st.integers(0, 10**5).map(float)), max_size=24))
def test_a_reduction_is_generation_times_factor_and_missing_months_are_counted(
    months: list[float],
) -> None:
    found = photovoltaic_reduction(months, on=DAY)
    known = [one for one in months if one == one]
    assert float(found.total_t) == pytest.approx(sum(known) * 0.656525)
    assert int(found.missing) == len(months) - len(known)


def test_the_derivation_shows_generation_factor_and_promise() -> None:
    found = photovoltaic_reduction([1000.0, np.nan], on=DAY)
    text = found.derivation(0).text()
    assert "1000×0.656525" in text
    assert "减排量 656.525 tCO2" in text
    assert "重复申报" in text
    assert "未经正式文本证实" in text
    assert found.derivation(1).conclusion == "缺少发电量，无法核算"
    assert photovoltaic_reduction(1.0, on=DAY).derivation().conclusion == "减排量 0.656525 tCO2"


def test_generation_in_kilowatt_hours_and_below_zero_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="可能是以 kWh 为单位"):
        photovoltaic_reduction([5e6], on=DAY)
    with pytest.raises(InputRefusedError, match="不能为负"):
        photovoltaic_reduction([-1.0], on=DAY)


def test_meters_count_forward() -> None:
    found = metered_generation([100.0, 250.0, np.nan, 400.0, 400.0], multiplier=40)
    assert found.tolist()[0] == 6.0
    assert np.isnan(found).tolist() == [False, True, True, False]
    assert found[3] == 0.0
    assert metered_generation([5.0]).shape == (0,)
    with pytest.raises(InputRefusedError, match="第 3 行，电表示数 = 90 kWh：小于上一次示数"):
        metered_generation([80.0, 100.0, 90.0])


def test_power_is_summed_over_its_minutes() -> None:
    assert float(energy_mwh([400.0, -2.0], minutes=15)) == pytest.approx(0.0995)
    assert np.isnan(energy_mwh([400.0, np.nan], minutes=15))


def test_a_real_roof_yields_what_such_a_roof_yields(shared: Path) -> None:
    """A rooftop of some 6 kW, 15-minute values: about 4 to 6 hours of full power a summer day."""
    rows = list(csv.DictReader((shared / "data/met/pv_serf_east_15min_2016.csv").open()))
    watts = np.array([float(row["ac_power"] or "nan") for row in rows])
    whole = watts[: len(watts) // 96 * 96].reshape(-1, 96)
    daily = energy_mwh(whole / 1000.0, minutes=15)
    peak_kw = np.nanmax(watts) / 1000.0
    full_hours = daily * 1000.0 / peak_kw
    assert (watts < 0).any()  # the inverter's own use at night
    assert 2.5 < np.nanmean(full_hours) < 8.0
    reduction = photovoltaic_reduction(np.maximum(daily, 0.0), on=DAY)
    assert float(reduction.total_t) == pytest.approx(np.nansum(daily) * 0.656525)


_claim = st.tuples(st.sampled_from("AB"), st.integers(0, 40), st.integers(0, 10))


@given(st.lists(_claim, max_size=12))
def test_claims_of_one_account_that_share_a_day_are_found(
    claims: list[tuple[str, int, int]],
) -> None:
    spans = [
        (account, DAY + timedelta(days=first), DAY + timedelta(days=first + length))
        for account, first, length in claims
    ]
    found = overlapping_claims(
        [one for one, *_ in spans],
        np.array([one for _, one, _ in spans], "datetime64[D]"),
        np.array([one for *_, one in spans], "datetime64[D]"),
    )
    by_hand = [
        (a, b)
        for a, b in itertools.combinations(range(len(spans)), 2)
        if spans[a][0] == spans[b][0] and spans[a][1] <= spans[b][2] and spans[b][1] <= spans[a][2]
    ]
    assert found == by_hand


def test_a_claim_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="第 1 行，申报期"):
        overlapping_claims(["A"], [date(2024, 2, 1)], [date(2024, 1, 1)])
