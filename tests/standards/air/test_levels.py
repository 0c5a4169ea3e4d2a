"""Levels, colours, advice and sensitive groups."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.air.levels import level_numbers, level_of, levels, sensitive_groups

# HJ 633-2012, table 2 and A.1 = HJ 633-2026, table 1 and A.1
PRINTED = [
    (1, "优", "绿色", (0, 228, 0), (40, 0, 100, 0), range(51)),
    (2, "良", "黄色", (255, 255, 0), (0, 0, 100, 0), range(51, 101)),
    (3, "轻度污染", "橙色", (255, 126, 0), (0, 52, 100, 0), range(101, 151)),
    (4, "中度污染", "红色", (255, 0, 0), (0, 100, 100, 0), range(151, 201)),
    (5, "重度污染", "紫色", (153, 0, 76), (10, 100, 40, 30), range(201, 301)),
    (6, "严重污染", "褐红色", (126, 0, 35), (30, 100, 100, 30), range(301, 502)),
]


@pytest.mark.parametrize("edition", ["HJ 633-2012", "HJ 633-2026"])
@pytest.mark.parametrize(("number", "name", "colour", "rgb", "cmyk", "indices"), PRINTED)
def test_every_index_has_its_printed_level(
    edition: str,
    number: int,
    name: str,
    colour: str,
    rgb: tuple[int, ...],
    cmyk: tuple[int, ...],
    indices: range,
) -> None:
    for aqi in (indices[0], indices[-1]):
        found = level_of(aqi, edition=edition)
        assert (found.number, found.name, found.colour) == (number, name, colour)
        assert (found.rgb, found.cmyk) == (rgb, cmyk)
    assert set(level_numbers(list(indices), edition=edition).tolist()) == {number}


def test_the_advice_was_reworded_in_2026() -> None:
    old, new = level_of(120, on=date(2026, 2, 28)), level_of(120, on=date(2026, 3, 1))
    assert old.advice.startswith("儿童、老年人及心脏病")
    assert new.advice.startswith("青少年儿童、老年人及心血管系统疾病")
    assert old.effect.startswith("易感人群")
    assert new.effect.startswith("敏感人群")
    assert [level.roman for level in levels(on=date(2026, 3, 1))][-1] == "六级"
    assert levels(edition="HJ 633-2012")[-1].highest is None


def test_missing_and_negative_indices_have_no_level() -> None:
    found = level_numbers([np.nan, -1, 0, 301], on=date(2024, 1, 1))
    assert found.tolist() == [0, 0, 1, 6]
    assert level_numbers(np.nan, edition="HJ 633-2026").shape == ()
    for aqi in (np.nan, -1):
        with pytest.raises(ValueError, match="no level"):
            level_of(aqi, edition="HJ 633-2012")


def test_levels_of_a_series_span_the_editions() -> None:
    days = np.array(["2026-02-28", "2026-03-01"], dtype="datetime64[D]")
    assert level_numbers(120, on=days).tolist() == [3, 3]
    assert level_numbers([], on=days[:0]).tolist() == []


def test_sensitive_groups_are_named_above_100_and_only_since_2026() -> None:
    indices = {"O3_8h": 101.0, "PM25": 100.0, "SO2": float("nan"), "CO": 180.0}
    found = sensitive_groups(indices, on=date(2026, 3, 1))
    assert list(found) == ["O3_8h", "CO"]
    assert found["CO"] == "患有心血管系统疾病的人"
    assert "户外活动频繁" in found["O3_8h"]
    assert sensitive_groups(indices, on=date(2026, 2, 28)) == {}
