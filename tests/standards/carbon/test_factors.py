"""Grid factors by date, worked in Decimal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from zhihuan.standards.carbon import combined_margin, grid_factors, purchased_electricity
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError, UnknownEditionError

TABLE_2019 = "2019年度减排项目中国区域电网基准线排放因子"


def test_the_combined_margin_is_weighted() -> None:
    by_hand = Decimal("0.8042") * Decimal("0.75") + Decimal("0.2135") * Decimal("0.25")
    assert float(combined_margin(date(2024, 6, 1))) == pytest.approx(float(by_hand), abs=1e-12)
    assert combined_margin(np.empty(0, "datetime64[D]")).shape == (0,)


@pytest.mark.parametrize("day", [date(2022, 5, 5), date(2027, 5, 6)])
def test_outside_the_scheme_there_is_no_factor(day: date) -> None:
    with pytest.raises(OutsideEditionsError):
        combined_margin(day)


def test_a_table_can_be_forced_by_its_name() -> None:
    forced = grid_factors(date(2024, 6, 1), edition=TABLE_2019)
    assert forced.bases(())[0].forced
    assert "0.8042×0.75＋0.2135×0.25" in forced.step(()).how
    with pytest.raises(UnknownEditionError):
        grid_factors(date(2024, 6, 1), edition="2030")


def test_bought_electricity_takes_the_factor_last_announced() -> None:
    days = np.array(["2024-12-19", "2024-12-20", "2026-03-01"], "datetime64[D]")
    found = purchased_electricity([1000.0, 1000.0, np.nan], on=days)
    assert found.emission_t[:2].tolist() == pytest.approx([556.8, 536.6])
    assert np.isnan(found.emission_t[2])
    assert "1000×0.5366" in found.derivation(1).text()
    assert found.derivation(2).conclusion == "缺少外购电量，无法核算"
    assert "nan" not in found.derivation(2).text()
    much = purchased_electricity(987_654.25, on=date(2025, 1, 1)).derivation()
    assert "987654.25×0.5366" in much.text()
    assert "2022 年全国电力平均" in found.derivation(1).basis[0].decides
    forced = purchased_electricity(1000.0, on=date(2020, 1, 1), edition="2021")
    assert forced.emission_t.tolist() == pytest.approx([556.8])
    assert forced.derivation().basis[0].forced
    with pytest.raises(OutsideEditionsError):
        purchased_electricity(1.0, on=date(2024, 1, 1))
    with pytest.raises(InputRefusedError, match=r"外购电量.*可能是以 kWh 为单位"):
        purchased_electricity(5e6, on=date(2025, 1, 1))
