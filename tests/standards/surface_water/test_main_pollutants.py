"""Main pollutants: class first, then multiple, metals before all, three at most."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.surface_water import exceedance, main_pollutants, river_pollutants

DAY = date(2026, 4, 30)
METALS = {"hg", "cd", "cr6", "pb", "cn", "cu", "zn", "as"}
CANDIDATES = {
    "codmn": [5.0, 8.0, 12.0, 20.0],
    "cod": [18.0, 25.0, 38.0, 60.0],
    "nh3n": [0.9, 1.2, 1.9, 4.0],
    "tp": [0.15, 0.25, 0.38, 1.0],
    "do": [6.0, 4.0, 2.5, 1.0],
    "pb": [0.04, 0.05, 0.08, 0.3],
    "cn": [0.1, 0.2, 0.25, 0.9],
}


@given(st.fixed_dictionaries({item: st.sampled_from(v) for item, v in CANDIDATES.items()}))
@settings(max_examples=100)
def test_the_order_is_that_of_the_rule_read_slowly(sample: dict[str, float]) -> None:
    found = main_pollutants(sample, on=DAY)
    over = exceedance(sample, on=DAY)
    rows = []
    for row, item in enumerate(over.items):
        number = int(over.judged.item_class(item))
        if number <= 3:
            continue
        multiple = round(float(over.multiples[row]), 9)
        rows.append((item not in METALS, -number, -(0.0 if np.isnan(multiple) else multiple), item))
    assert found.at(()) == tuple(item for *_, item in sorted(rows, key=lambda r: r[:3])[:3])


def test_a_section_of_class_iii_has_none_and_a_missing_one_neither() -> None:
    found = main_pollutants({"nh3n": [1.0, 1.1, np.nan]}, on=DAY)
    assert [found.at(n) for n in range(3)] == [(), ("nh3n",), ()]
    assert "没有主要污染指标" in found.derivation(0).conclusion
    assert "氨氮（0.1）" in found.derivation(1).conclusion


def test_oxygen_stands_last_within_its_class_and_metals_first() -> None:
    found = main_pollutants({"do": 2.5, "cod": 33, "nh3n": 9.0, "hg": 0.0005}, on=DAY)
    assert found.at(()) == ("hg", "nh3n", "cod")
    text = found.derivation().text()
    assert "汞（4）、氨氮（8）、化学需氧量（0.65）" in text
    oxygen = main_pollutants({"do": 2.5, "cod": 33}, on=DAY)
    assert oxygen.at(()) == ("cod", "do")
    assert "Ⅴ类 → 不计算倍数" in oxygen.derivation().text()


def test_a_rivers_main_pollutants_are_those_of_most_sections() -> None:
    over = exceedance(
        {
            "tp": [0.25, 0.3, 0.1, np.nan],
            "nh3n": [5.0, 0.1, 0.1, 0.1],
            "cod": [21, 22, 15, 15],
            "codmn": [2, 2, 2, 2],
        },
        on=DAY,
    )
    found = river_pollutants(over)
    assert [(p.item, p.exceeding, p.judged) for p in found] == [
        ("tp", 2, 3),
        ("cod", 2, 4),
        ("nh3n", 1, 4),
    ]
    assert found[1].percent == 50.0


def test_number_and_precedence_are_those_of_each_day(amend) -> None:
    amend("surface_water/main_pollutants", "2030-01-01", "{most: 1, first: [do]}")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    found = main_pollutants({"do": [2.5, 2.5], "cod": [60, 60], "pb": [0.08, 0.08]}, on=days)
    assert [found.at(n) for n in range(2)] == [("pb", "cod", "do"), ("do",)]
