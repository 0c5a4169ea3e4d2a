"""GB 3095: limits of three stages, two classes, and judgements against them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.limits import against_limit, functional_zones, limit
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

STAGES = [date(2026, 2, 28), date(2026, 3, 1), date(2030, 12, 31), date(2031, 1, 1)]

# GB 3095-2026, table 1: transition and own limits, (class 1, class 2) each
TABLE_1 = {
    ("SO2", "annual"): ((20, 60), (20, 20)), ("SO2", "24h"): ((50, 150), (50, 50)),
    ("SO2", "1h"): ((150, 500), (150, 150)), ("NO2", "annual"): ((40, 40), (30, 30)),
    ("NO2", "24h"): ((80, 80), (50, 50)), ("NO2", "1h"): ((200, 200), (200, 200)),
    ("CO", "24h"): ((4, 4), (4, 4)), ("CO", "1h"): ((10, 10), (10, 10)),
    ("O3", "mda8"): ((100, 160), (100, 160)), ("O3", "1h"): ((160, 200), (160, 200)),
    ("PM10", "annual"): ((40, 60), (20, 50)), ("PM10", "24h"): ((50, 120), (50, 100)),
    ("PM25", "annual"): ((15, 30), (10, 25)), ("PM25", "24h"): ((35, 60), (25, 50)),
    ("TSP", "annual"): ((80, 200), (80, 200)), ("TSP", "24h"): ((120, 300), (120, 300)),
    ("NOX", "annual"): ((50, 50), (40, 40)), ("NOX", "24h"): ((100, 100), (70, 70)),
    ("NOX", "1h"): ((250, 250), (250, 250)), ("PB", "annual"): ((0.5, 0.5), (0.5, 0.5)),
    ("PB", "quarter"): ((1, 1), (1, 1)), ("BAP", "annual"): ((0.001, 0.001), (0.001, 0.001)),
    ("BAP", "24h"): ((0.0025, 0.0025), (0.0025, 0.0025)),
}  # fmt: skip
# what GB 3095-2012 had otherwise, class 2
IN_2012 = {
    ("PM10", "annual"): 70, ("PM10", "24h"): 150, ("PM25", "annual"): 35, ("PM25", "24h"): 75,
}  # fmt: skip


@pytest.mark.parametrize("pair", TABLE_1)
def test_every_printed_limit_holds_in_its_stage(pair: tuple[str, str]) -> None:
    transition, final = TABLE_1[pair]
    for area_class in (1, 2):
        first, last = transition[area_class - 1], final[area_class - 1]
        before = IN_2012.get(pair, first) if area_class == 2 else first
        found = limit(*pair, on=STAGES, area_class=area_class)
        assert found.tolist() == [before, first, first, last]


def test_an_edition_can_be_forced_and_a_scalar_day_gives_a_scalar() -> None:
    assert limit("PM25", "24h", edition="GB 3095-2026 过渡期") == 60
    assert limit("PM25", "24h", edition="GB 3095-2026") == 50
    assert limit("PM25", "24h", on=date(2026, 3, 1)).shape == ()
    assert limit("PM25", "24h", on=np.array([], dtype="datetime64[D]")).size == 0


def test_pairs_without_limit_and_days_without_edition_are_errors() -> None:
    with pytest.raises(KeyError, match="GB 3095-2012 limits no CO annual; it has: SO2 annual"):
        limit("CO", "annual", on=date(2020, 1, 1))
    with pytest.raises(KeyError, match="class 1 and 2"):
        limit("CO", "24h", on=date(2020, 1, 1), area_class=3)
    with pytest.raises(OutsideEditionsError):
        limit("CO", "24h", on=date(1999, 1, 1))
    with pytest.raises(OutsideEditionsError):
        limit("CO", "24h")


@settings(max_examples=100)
@given(
    values=st.lists(st.decimals(0, 400, places=2), min_size=1, max_size=20),
    day=st.sampled_from([date(2020, 5, 5), date(2026, 5, 5), date(2031, 5, 5)]),
)
def test_judgements_agree_with_decimals(values: list[Decimal], day: date) -> None:
    judged = against_limit([float(v) for v in values], "O3", "mda8", on=day, checked=False)
    for place, value in enumerate(values):
        shown = value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
        assert judged.within[place] == (shown <= 160)
        multiple = max(Decimal(0), (shown - 160) / 160)
        rounded = multiple.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
        assert judged.multiple[place] == float(rounded)


def test_a_tie_at_the_limit_attains_and_the_next_tenth_exceeds() -> None:
    judged = against_limit([160, 160.5, 160.6, np.nan], "O3", "mda8", on=date(2024, 7, 1))
    assert judged.within.tolist() == [1, 1, 0, -1]
    assert judged.reported.tolist()[:3] == [160, 160, 161]
    assert judged.multiple.tolist()[:3] == [0, 0, 0.01]
    assert np.isnan(judged.multiple[3])


def test_a_series_is_held_to_the_limit_of_each_day() -> None:
    judged = against_limit(65, "PM25", "24h", on=STAGES)
    assert judged.within.tolist() == [1, 0, 0, 0]
    assert judged.limits.tolist() == [75, 60, 60, 50]
    forced = against_limit([65], "PM25", "24h", edition="GB 3095-2012")
    assert forced.within.tolist() == [1]


def test_class_1_zones_are_held_to_class_1_limits() -> None:
    assert against_limit([40], "PM25", "24h", on=STAGES[0], area_class=1).within.tolist() == [0]
    assert "国家公园" in functional_zones(on=STAGES[1])[1]
    assert "风景名胜区" in functional_zones(on=STAGES[0])[1]
    assert "工业区" in functional_zones(edition="GB 3095-2026")[2]


def test_nothing_in_gives_nothing_out_and_bad_input_is_refused() -> None:
    none = against_limit([], "PM25", "24h", on=np.array([], dtype="datetime64[D]"))
    assert none.within.size == 0
    with pytest.raises(InputRefusedError, match="mg/m³"):
        against_limit([0.035], "PM25", "24h", on=STAGES[0])


def test_the_derivation_compares_with_the_numbers_and_cites_the_stage() -> None:
    judged = against_limit([65.4, np.nan], "PM25", "24h", on=STAGES[1])
    told = judged.derivation(0).text()
    assert "修约：65.4（GB/T 8170） → 65" in told
    assert "与限值比较：65 > 60 → 超标【决定项】" in told
    assert "超标倍数：(65−60)÷60（GB/T 8170） → 0.08" in told
    assert "GB 3095-2026 4.2 表1、表2；4.4（2026-03-01 至 2030-12-31" in told
    assert judged.derivation(1).conclusion == "PM2.5 日平均：缺数据，无法评价"
    within = against_limit(50, "PM25", "24h", on=STAGES[0]).derivation().text()
    assert "50 ≤ 75 → 达标" in within
    assert "超标倍数" not in within.partition("步骤")[2]


def test_the_first_months_of_2013_are_judged_as_well() -> None:
    judged = against_limit([75.0, 90.0], "PM25", "24h", on=date(2013, 1, 1))
    assert judged.within.tolist() == [1, 0]
    assert judged.multiple.tolist() == [0.0, 0.2]
    assert "0.2" in judged.derivation(np.flatnonzero(judged.within == 0)[0]).text()
