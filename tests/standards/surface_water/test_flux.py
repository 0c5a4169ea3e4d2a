"""Loads of pollutants: five ways, gaps, tides."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.flux import FLUX_METHODS, pollutant_flux

DAY = date(2026, 9, 30)
NAN = float("nan")
_series = st.lists(
    st.tuples(
        st.one_of(st.none(), st.floats(0.01, 50)), st.one_of(st.none(), st.floats(-300, 3000))
    ),
    min_size=1,
    max_size=24,
)


def slow(rows, method: str) -> float | None:
    """Each way once more, in plain sums; grams a second times steps."""
    both = [(c, q) for c, q in rows if c is not None and q is not None]
    water = sum(q for _, q in rows if q is not None)
    samples = [c for c, _ in rows if c is not None]
    if method in ("products", "interpolated"):
        return sum(c * q for c, q in both) if both else None
    if method == "flow_weighted":
        flow = sum(q for _, q in both)
        return sum(c * q for c, q in both) / flow * water if both and flow else None
    if method == "means":
        flows = [q for _, q in rows if q is not None]
        return sum(samples) / len(samples) * water if samples and flows else None
    return sum(c * q for c, q in both) / len(both) * len(rows) if both else None


@given(rows=_series, method=st.sampled_from(sorted(FLUX_METHODS)))
def test_each_way_is_its_sum(rows, method: str) -> None:
    concentration = [NAN if c is None else c for c, _ in rows]
    flow = [NAN if q is None else q for _, q in rows]
    found = pollutant_flux(concentration, flow, seconds=3600, on=DAY, method=method)
    expected = slow(rows, method)
    if expected is None:
        assert np.isnan(found.tonnes)
        assert np.isnan(found.scaled)
    else:
        assert float(found.tonnes) == pytest.approx(expected * 3600 / 1e6, rel=1e-9, abs=1e-9)


def test_between_near_samples_concentration_is_drawn_straight() -> None:
    concentration = [1.0, NAN, NAN, 4.0, NAN, NAN, NAN, 8.0, NAN]
    flow = np.full(9, 10.0)
    near = pollutant_flux(concentration, flow, seconds=1e5, on=DAY, most_gap=3)
    assert float(near.tonnes) == pytest.approx(1 + 2 + 3 + 4 + 8)
    assert (int(near.used), int(near.gaps), int(near.sampled)) == (5, 2, 3)
    wide = pollutant_flux(concentration, flow, seconds=1e5, on=DAY, most_gap=4)
    assert float(wide.tonnes) == pytest.approx(1 + 2 + 3 + 4 + 5 + 6 + 7 + 8)
    assert float(wide.scaled) == pytest.approx(36 * 9 / 8)
    assert int(wide.gaps) == 1  # nothing is drawn beyond the last sample


def test_sections_stand_along_the_first_axis_and_share_a_flow() -> None:
    found = pollutant_flux([[1.0, 2.0], [NAN, NAN]], [10.0, -4.0], seconds=86_400, on=DAY)
    np.testing.assert_allclose(found.tonnes, [(10 - 8) * 0.0864, NAN])
    np.testing.assert_allclose(found.water_m3, 6 * 86_400)
    assert found.flowing.tolist() == [2, 2]
    assert "无法计算" in found.derivation(1).conclusion


def test_reasons_name_the_way_and_the_gaps() -> None:
    found = pollutant_flux(
        [1.0, NAN, 3.0], [10.0, 10.0, NAN], seconds=3600, on=DAY, method="products"
    )
    text = found.derivation().text()
    assert "通量 0.036 t，按全时段折算 0.108 t" in text
    assert "2 个时段没有计入，分 1 段" in text
    assert "Σ C·Q·Δt → 0.036 t" in text
    assert "有浓度的时段：2 个" in text
    whole = pollutant_flux([1.0], [10.0], seconds=3600, on=DAY, method="means").derivation()
    assert whole.cautions == ()


def test_cells_below_detection_count_as_half() -> None:
    found = pollutant_flux(["0.2L", "0.1"], [10.0, 10.0], seconds=1e5, on=DAY)
    assert float(found.tonnes) == pytest.approx(0.2)
    days = np.array(["2026-08-31", "2026-09-30"], dtype="datetime64[D]")
    both = pollutant_flux([["0.2L", "0.1"]] * 2, [10.0, 10.0], seconds=1e5, on=days)
    np.testing.assert_allclose(both.tonnes, [0.2, 0.2])


@pytest.mark.parametrize(
    ("flow", "seconds", "method", "words"),
    [
        ([1.0], 3600, None, "时段数不一致"),
        ([1.0, 2.0], 0, None, "应大于零"),
        ([1.0, 2.0], NAN, None, "应大于零"),
        ([1.0, 2.0], 3600, "guess", "没有这种算法"),
        ([1.0, np.inf], 3600, None, "不是有限的数"),
    ],
)
def test_bad_input_gets_words(flow, seconds: float, method: str | None, words: str) -> None:
    with pytest.raises(InputRefusedError, match=words):
        pollutant_flux([1.0, 2.0], flow, seconds=seconds, on=DAY, method=method)


def test_a_scalar_is_no_series() -> None:
    with pytest.raises(InputRefusedError, match="时段数不一致"):
        pollutant_flux(1.0, 2.0, seconds=3600, on=DAY)
