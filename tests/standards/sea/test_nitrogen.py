"""Nitrogen of the sea: sums, units, un-ionised ammonia."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import isnan, log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.sea import (
    inorganic_nitrogen,
    nitrogen_from_micromoles,
    sea_class,
    un_ionised_ammonia,
)

DAY = date(2026, 8, 1)


def test_inorganic_nitrogen_is_the_sum_and_a_missing_part_makes_it_missing():
    got = inorganic_nitrogen([0.2, 0.2], 0.02, [0.05, float("nan")])
    assert got[0] == pytest.approx(0.27)
    assert isnan(got[1])
    assert inorganic_nitrogen([], [], []).shape == (0,)


def test_micromoles_are_refused_as_milligrams_and_may_be_converted():
    with pytest.raises(InputRefusedError, match="µmol/L"):
        inorganic_nitrogen(20.0, 1.0, 2.0)
    assert inorganic_nitrogen(20.0, 1.0, 2.0, checked=False) == 23.0
    assert nitrogen_from_micromoles(20.0, on=DAY) == pytest.approx(0.28)


@settings(max_examples=40)
@given(
    total=st.floats(0.001, 2), ph=st.floats(6.5, 9.5),
    celsius=st.floats(0, 35), salinity=st.floats(0, 40),
)  # fmt: skip
def test_un_ionised_ammonia_is_the_fraction_that_the_dissociation_leaves(
    total, ph, celsius, salinity
):
    pka = float(
        Decimal("9.245")
        + Decimal("0.002949") * Decimal(salinity)
        + Decimal("0.0324") * (Decimal(298) - (Decimal(celsius) + 273))
    )
    got = float(un_ionised_ammonia(total, ph=ph, celsius=celsius, salinity=salinity, on=DAY))
    # Henderson–Hasselbalch, solved backwards
    assert log10(got / (total - got)) == pytest.approx(ph - pka, abs=1e-6)


def test_warm_alkaline_water_holds_more_of_it():
    got = un_ionised_ammonia(0.1, ph=[7.8, 8.4], celsius=[[10.0], [28.0]], salinity=30, on=DAY)
    assert got.shape == (2, 2)
    assert (np.diff(got, axis=0) > 0).all()
    assert (np.diff(got, axis=1) > 0).all()


def test_implausible_salinity_and_temperature_are_refused():
    with pytest.raises(InputRefusedError, match="开尔文"):
        un_ionised_ammonia(0.1, ph=8.0, celsius=298.0, salinity=30, on=DAY)


def test_a_sum_at_the_limit_keeps_its_class():
    assert sea_class({"din": inorganic_nitrogen(0.21, 0.02, 0.07)}, on=DAY).worst == 2
