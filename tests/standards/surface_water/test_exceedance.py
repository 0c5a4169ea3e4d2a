"""Exceedance multiples: the division in decimals, and what has none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.digits import without_noise
from zhihuan.standards.surface_water.exceedance import exceedance

DAY = date(2026, 1, 31)
NH3N = [Decimal(n) for n in ("0.15", "0.5", "1.0", "1.5", "2.0")]


@given(hundredths=st.lists(st.integers(1, 2000), min_size=1, max_size=20), target=st.integers(1, 5))
def test_a_multiple_is_the_excess_over_the_limit(hundredths: list[int], target: int) -> None:
    values = [Decimal(n) / 100 for n in hundredths]
    found = exceedance({"nh3n": [float(v) for v in values]}, on=DAY, target=target)
    limit = NH3N[target - 1]
    exact = [(v - limit) / limit for v in values]
    np.testing.assert_allclose(found.multiple("nh3n"), [float(e) for e in exact], atol=1e-12)
    assert found.exceeding[0].tolist() == [v > limit for v in values]
    printed = [float(round(e, 1)) for e in exact]  # Decimal rounds half to even
    if target != 1:  # thirds of 0.15 do not end
        assert found.reported("nh3n").tolist() == printed


def test_a_tie_of_decimals_is_a_tie() -> None:
    # (0.725 − 0.5)/0.5 = 0.45 and (0.775 − 0.5)/0.5 = 0.55, whatever the binary quotients are
    found = exceedance({"nh3n": [0.725, 0.775]}, target="Ⅱ", on=DAY)
    assert found.reported("氨氮").tolist() == [0.4, 0.6]
    assert without_noise((0.22 - 0.1) / 0.1).tolist() == 1.2


def test_ph_and_oxygen_exceed_without_a_multiple() -> None:
    found = exceedance({"do": [2.5, 8.0], "ph": [9.4, 7.0], "tp": [0.3, 0.1]}, on=DAY)
    assert found.exceeding.tolist() == [[True, False], [True, False], [True, False]]
    assert np.isnan(found.multiple("do")).all()
    assert np.isnan(found.multiple("ph")).all()
    text = found.derivation(0).text()
    assert "溶解氧、pH、总磷（0.5）" in text
    assert "2.5 不符合 ≥5，不计算倍数" in text
    assert "(0.3 − 0.2) ÷ 0.2 → 0.5" in text
    assert "没有超标项目" in found.derivation(1).text()


def test_the_reasons_tell_the_reported_multiple_and_how_it_was_rounded() -> None:
    found = exceedance({"tp": [0.145, 0.145]}, target="Ⅱ", on=DAY, waterbody=["river", "lake"])
    told = found.derivation(0)
    assert told.conclusion == "超标项目：总磷（0.4）"
    assert float(found.reported("tp")[0]) == 0.4
    assert told.steps[0].rounding == "0.45，按 GB/T 8170 修约到 1 位小数"
    assert [fact.name for fact in told.facts] == [
        "总磷",
        "有数据的项目",
    ]  # not "总磷（湖、库）：缺测"
    assert [fact.name for fact in found.derivation(1).facts] == ["总磷（湖、库）", "有数据的项目"]


def test_targets_may_differ_and_be_missing() -> None:
    found = exceedance({"tp": [0.15, 0.15, 0.15, np.nan]}, target=["Ⅱ", "Ⅲ", "", "Ⅱ"], on=DAY)
    assert found.target.tolist() == [2, 3, 0, 2]
    assert found.exceeding.tolist() == [[True, False, False, False]]
    np.testing.assert_allclose(found.multiple("tp"), [0.5, -0.25, np.nan, np.nan])
    assert "没有目标类别" in found.derivation(2).conclusion


def test_without_a_target_class_iii_is_the_measure() -> None:
    found = exceedance({"tp": [0.06, 0.06]}, on=DAY, waterbody=["lake", "river"])
    np.testing.assert_allclose(found.multiple("tp"), [0.2, -0.7])
    assert found.items == ("tp", "tp_lake")
    assert int(exceedance({"tp": 0.1}, on=DAY).target) == 3


def test_a_target_without_limits_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="劣Ⅴ类没有限值"):
        exceedance({"tp": 0.1}, target="劣Ⅴ", on=DAY)


def test_the_class_to_compare_with_and_the_items_without_multiple_are_dated(amend) -> None:
    amend("surface_water/exceedance_class", "2030-01-01", "2")
    amend("surface_water/exceedance_without_multiple", "2030-01-01", "{items: [tp]}")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    found = exceedance({"tp": [0.3, 0.3], "nh3n": [1.0, 1.0]}, on=days)
    assert found.target.tolist() == [3, 2]
    np.testing.assert_allclose(found.multiple("tp"), [0.5, np.nan])
    np.testing.assert_allclose(found.multiple("nh3n"), [0.0, 1.0])
