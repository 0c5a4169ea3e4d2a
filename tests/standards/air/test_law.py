"""Which edition governed which element, and reporting decimals as data."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.law import governing, place_of
from zhihuan.standards.air.ozone_8h import window_first_label, window_laws
from zhihuan.standards.air.reporting import decimals_in, highest_reported, reported
from zhihuan.standards.parameters import parameter

DECIMALS = "air/evaluation/decimals"
DAYS = np.array(["2026-02-28", "2026-03-01"], dtype="datetime64[D]")


def test_each_element_finds_its_own_edition() -> None:
    law = governing(DECIMALS, decides="修约位数", on=DAYS)
    assert law.edition_at((0,)).name == "HJ 663-2013"
    assert law.edition_at((7, 1)).name == "HJ 663-2026"
    column = governing(DECIMALS, decides="修约位数", on=DAYS[:, np.newaxis])
    assert column.edition_at((1, 5)).name == "HJ 663-2026"
    assert law.basis_at((0,)).decides == "修约位数"


def test_a_place_that_is_no_element_is_an_error() -> None:
    nothing = governing(DECIMALS, decides="修约位数", on=DAYS[:0])
    with pytest.raises(IndexError, match="no element"):
        nothing.edition_at(())
    assert nothing.numbers().shape == (0,)


def test_one_index_and_a_tuple_of_one_are_the_same() -> None:
    assert place_of(3) == place_of((3,)) == (3,)
    assert place_of(()) == ()


def test_an_unknown_pollutant_has_no_decimals() -> None:
    with pytest.raises(KeyError, match="SO2"):
        decimals_in(parameter(DECIMALS).editions[0], "H2S")


def test_both_editions_begin_with_the_window_of_eight() -> None:
    assert window_first_label(window_laws(DAYS, None)[1]) == 8
    assert window_first_label(window_laws(DAYS[:0], None)[1]) == 8


@given(st.integers(0, 300), st.sampled_from(["PM25", "CO"]))
def test_the_highest_reported_value_is_the_last_one_to_meet_its_target(
    steps: int, pollutant: str
) -> None:
    target = steps / 10 if pollutant == "CO" else float(steps)
    top = highest_reported(target, pollutant, on=date(2024, 7, 1))
    assert reported(top, pollutant, on=date(2024, 7, 1)) <= target
    assert reported(top + 1e-6, pollutant, on=date(2024, 7, 1)) > target


def test_an_index_is_any_whole_number_or_several() -> None:
    assert place_of(np.intp(3)) == place_of(3) == place_of((np.int64(3),)) == (3,)
    assert place_of(()) == ()
