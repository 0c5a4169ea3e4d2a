"""The composite index: what was published, each formula once more with Decimals, and gaps."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.composite_index import _ORDERS, appendix_c_index, composite_index
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

OLD, NEW = date(2024, 6, 30), date(2026, 6, 30)
ZHONGSHAN_2024H1 = {"SO2": 5, "NO2": 22, "PM10": 33, "PM25": 20, "CO": 0.8, "O3": 133}
OLD_LIMITS = {"SO2": 60, "NO2": 40, "PM10": 70, "PM25": 35, "CO": 4, "O3": 160}

FIGURES = st.fixed_dictionaries(
    {
        "SO2": st.integers(1, 90),
        "NO2": st.integers(1, 120),
        "PM10": st.integers(1, 300),
        "PM25": st.integers(1, 200),
        "CO": st.integers(1, 60).map(lambda tenths: tenths / 10),
        "O3": st.integers(1, 300),
    }
)


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def by_hand(figures: dict[str, float], weights: dict[str, int] | None = None) -> Decimal:
    total = Decimal(0)
    for name, value in figures.items():
        weight = (weights or {}).get(name, 1)
        total += weight * cents(Decimal(str(value)) / OLD_LIMITS[name])
    return cents(total)


def test_zhongshans_published_half_year_is_reproduced() -> None:
    found = composite_index(ZHONGSHAN_2024H1, on=OLD)
    assert float(found.composite) == 2.70
    assert found.single.tolist() == [0.08, 0.55, 0.47, 0.57, 0.20, 0.83]
    assert found.pollutants[int(found.largest)] == "O3"


@given(FIGURES)
def test_every_city_agrees_with_the_rule_done_by_hand(figures: dict[str, float]) -> None:
    assert float(composite_index(figures, on=OLD).composite) == float(by_hand(figures))


@given(st.lists(FIGURES, min_size=1, max_size=5))
def test_many_cities_at_once_agree_with_one_by_one(cities: list[dict[str, float]]) -> None:
    together = composite_index({n: [c[n] for c in cities] for n in OLD_LIMITS}, on=OLD)
    apart = [float(composite_index(city, on=OLD).composite) for city in cities]
    assert together.composite.tolist() == apart


def test_days_on_both_sides_of_march_2026_take_their_own_limits() -> None:
    days = np.array(["2026-02-28", "2026-03-31"], dtype="datetime64[D]")
    found = composite_index({n: [v, v] for n, v in ZHONGSHAN_2024H1.items()}, on=days)
    assert found.limits[:, 0].tolist() == [60, 40, 70, 35, 4, 160]
    assert found.limits[:, 1].tolist() == [60, 40, 60, 30, 4, 160]
    assert found.composite.tolist() == [2.70, 2.88]
    assert "GB 3095-2012" in found.derivation(0).text()
    assert "未经正式文本证实" in found.derivation(1).text()


def test_the_old_denominators_can_be_kept_by_name() -> None:
    found = composite_index(ZHONGSHAN_2024H1, on=NEW, edition="排名规则（GB 3095-2012 限值）")
    assert float(found.composite) == 2.70
    assert "由使用者指定采用" in found.derivation().text()


def test_the_weighted_sum_is_only_given_when_asked_for() -> None:
    weighted = composite_index(ZHONGSHAN_2024H1, on=NEW, weights="alternative")
    assert float(weighted.composite) == pytest.approx(
        0.08 + 2 * 0.55 + 0.55 + 3 * 0.67 + 0.2 + 2 * 0.83
    )
    assert "0.67×3" in weighted.derivation().text()
    with pytest.raises(OutsideEditionsError):
        composite_index(ZHONGSHAN_2024H1, on=OLD, weights="alternative")
    with pytest.raises(ValueError, match="plain, alternative"):
        composite_index(ZHONGSHAN_2024H1, on=NEW, weights="heavy")


def test_one_missing_pollutant_leaves_the_sum_missing_and_the_others_standing() -> None:
    found = composite_index(ZHONGSHAN_2024H1 | {"CO": np.nan}, on=OLD)
    assert np.isnan(found.composite)
    assert np.count_nonzero(np.isnan(found.single)) == 1
    assert "缺少项目" in found.derivation().text()


def test_nothing_known_has_no_largest_item() -> None:
    found = composite_index(dict.fromkeys(OLD_LIMITS, np.nan), on=OLD)
    assert int(found.largest) == -1


def test_no_city_gives_no_index() -> None:
    found = composite_index({name: [] for name in OLD_LIMITS}, on=OLD)
    assert found.composite.shape == (0,)


def test_a_pollutant_that_was_not_given_is_named() -> None:
    with pytest.raises(InputRefusedError, match=r"PM2\.5"):
        composite_index({k: v for k, v in ZHONGSHAN_2024H1.items() if k != "PM25"}, on=OLD)


def test_carbon_monoxide_in_micrograms_is_refused_with_the_unit_it_was_in() -> None:
    with pytest.raises(InputRefusedError, match="µg/m³"):
        composite_index(ZHONGSHAN_2024H1 | {"CO": 800}, on=OLD)
    assert float(composite_index(ZHONGSHAN_2024H1 | {"CO": 800}, on=OLD, checked=False).composite)


def test_a_day_before_all_rules_is_an_error() -> None:
    with pytest.raises(OutsideEditionsError):
        composite_index(ZHONGSHAN_2024H1, on=date(2010, 6, 30))


def test_the_derivation_shows_each_quotient_and_the_sum() -> None:
    text = composite_index(ZHONGSHAN_2024H1, on=OLD).derivation().text()
    assert "133÷160（GB/T 8170，2 位小数） → 0.83【决定项】" in text
    assert "0.08+0.55+0.47+0.57+0.20+0.83（先修约各单项再相加） → 2.70" in text


def test_appendix_c_takes_the_larger_ratio() -> None:
    days = {"SO2": 15, "NO2": 60, "PM10": 66, "PM25": 75}
    found = appendix_c_index(ZHONGSHAN_2024H1, days, on=OLD)
    # SO2 15/150=0.10 > 0.08; NO2 60/80=0.75 > 0.55; PM10 0.44 < 0.47; PM2.5 1.00 > 0.57
    assert found.single.tolist() == [0.10, 0.75, 0.47, 1.00, 0.20, 0.83]
    assert found.by_percentile.tolist() == [True, True, False, True, False, False]
    assert float(found.composite) == 3.35
    assert "PM2.5 日均值特定百分位数：75" in found.derivation().text()


def test_appendix_c_lets_the_known_one_of_the_two_decide() -> None:
    days = {"SO2": np.nan, "NO2": 60}
    found = appendix_c_index(ZHONGSHAN_2024H1 | {"NO2": np.nan}, days, on=OLD, checked=False)
    assert found.single.tolist()[:2] == [0.08, 0.75]
    with pytest.raises(InputRefusedError):
        appendix_c_index(ZHONGSHAN_2024H1, {"NO2": -1}, on=OLD)


def test_adding_before_rounding_would_print_what_was_not_published() -> None:
    values = np.array([[5.0], [22], [33], [20], [0.8], [133]])
    exact = values / np.array([[60.0], [40], [70], [35], [4], [160]])
    assert _ORDERS["sum_first"](exact, np.ones((6, 1)), 2).tolist() == [2.71]
    assert _ORDERS["single_first"](exact, np.ones((6, 1)), 2).tolist() == [2.70]
