"""Judgements of zones and of sources at their boundary."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import (
    InputRefusedError,
    OutsideEditionsError,
    UnknownEditionError,
)
from zhihuan.standards.noise import zone_limits
from zhihuan.standards.noise.sources import (
    construction_site,
    functional_zone,
    industrial_boundary,
    social_life_boundary,
)

DAY = date(2026, 3, 1)
# GB 3096-2008, table 1, written out once more
TABLE_1 = {
    "0": (50, 40), "1": (55, 45), "2": (60, 50), "3": (65, 55), "4a": (70, 55), "4b": (70, 60),
}  # fmt: skip
ZONES = st.sampled_from(sorted(TABLE_1))
LEVEL = st.one_of(st.floats(min_value=20, max_value=110), st.just(float("nan")))
CASES = st.lists(st.tuples(LEVEL, ZONES, st.booleans(), LEVEL), min_size=1, max_size=20)


def slow_zone(level: float, zone: str, night: bool, peak: float) -> int:
    limit = TABLE_1[zone][1 if night else 0]
    if level > limit or (night and peak > limit + 15):
        return 0
    return -1 if level != level else 1


@settings(max_examples=80)
@given(CASES)
def test_zone_verdicts_equal_the_slow_route(cases: list[tuple[float, str, bool, float]]) -> None:
    levels, zones, nights, peaks = zip(*cases, strict=True)
    found = functional_zone(levels, zones, np.array(nights), on=DAY, peak=peaks)
    assert found.verdict.tolist() == [slow_zone(*case) for case in cases]


def test_the_shared_limit_tables_say_the_same(shared: Path) -> None:
    folder = shared / "data/standards"
    with (folder / "gb3096_2008_table1.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for period, column in (("day", "day_dBA"), ("night", "night_dBA")):
                assert zone_limits(row["zone_class"], period, on=DAY) == float(row[column])
    judges = {"gb12348": industrial_boundary, "gb22337": social_life_boundary}
    for name, judge in judges.items():
        with (folder / f"{name}_2008_table1.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for period, column in (("day", "day_dBA"), ("night", "night_dBA")):
                    found = judge(50.0, row["zone_class"], period, on=DAY)
                    assert found.limit == float(row[column])


def test_exactly_the_limit_is_within() -> None:
    assert functional_zone([55.0, 55.1], "1", "day", on=DAY).verdict.tolist() == [1, 0]


def test_a_night_peak_may_pass_by_fifteen_and_a_day_peak_is_not_judged() -> None:
    peaks = functional_zone(44.0, "1", ["night", "night", "day"], on=DAY, peak=[60.0, 60.1, 99.0])
    assert peaks.verdict.tolist() == [1, 0, 1]
    assert peaks.peak_limit[:2].tolist() == [60.0, 60.0]
    assert np.isnan(peaks.peak_limit[2])


def test_a_loud_peak_decides_even_without_a_level() -> None:
    found = functional_zone(np.nan, "1", "night", on=DAY, peak=[70.0, 50.0])
    assert found.verdict.tolist() == [0, -1]


def test_old_railways_have_their_own_background_limit() -> None:
    found = functional_zone(58.0, "4b", "night", on=DAY, existing_railway=True)
    assert found.limit == 55.0
    assert functional_zone(58.0, "4b", "night", on=DAY).verdict == 1
    assert found.verdict == 0


def test_frequent_and_occasional_events_have_different_allowances() -> None:
    found = industrial_boundary(
        48.0, "2", "night", on=DAY, peak=62.0, event=["frequent", "occasional"]
    )
    assert found.peak_limit.tolist() == [60.0, 65.0]
    assert found.verdict.tolist() == [0, 1]
    with pytest.raises(InputRefusedError, match=r"噪声事件 = rare.*frequent occasional"):
        industrial_boundary(48.0, "2", "night", on=DAY, peak=62.0, event="rare")


def test_indoors_the_boundary_limit_is_ten_lower() -> None:
    found = industrial_boundary(46.0, "2", "day", on=DAY, indoors=[True, False])
    assert found.limit.tolist() == [50.0, 60.0]


def test_social_life_peaks_count_indoors_only_and_by_day_too() -> None:
    found = social_life_boundary(45.0, "2", "day", on=DAY, peak=61.0, indoors=[True, False])
    assert found.verdict.tolist() == [0, 1]
    assert found.peak_limit[0] == 60.0


def test_construction_spans_the_change_of_editions_in_one_call() -> None:
    days = np.array(["2025-12-31", "2026-01-01"], dtype="datetime64[D]")
    found = construction_site([56.0, 55.0], "night", on=days, peak=[60.0, 70.5])
    assert found.verdict.tolist() == [0, 0]
    old, new = (found.derivation(n) for n in (0, 1))
    assert old.basis[0].standard == "GB 12523-2011"
    assert new.basis[0].standard == "GB 12523-2025"
    assert "未经正式文本证实" in new.text()
    assert "建筑施工场界夜间 56 dB(A)，超标" in old.text()
    assert old.steps[0].deciding
    assert not new.steps[0].deciding
    assert new.steps[1].deciding
    indoors = construction_site(50.0, "night", on=days, indoors=True)
    assert indoors.limit.tolist() == [45.0, 45.0]
    assert [b.decides for b in indoors.derivation(0).basis] == ["限值", "室内测量时限值的减少量"]


def test_a_forced_edition_is_named_as_forced() -> None:
    found = construction_site(56.0, "day", on=DAY, edition="GB 12523-2011")
    basis = found.derivation().basis[0]
    assert basis.standard == "GB 12523-2011"
    assert basis.forced
    with pytest.raises(UnknownEditionError):
        construction_site(56.0, "day", on=DAY, edition="GB 1-1900")


def test_class_four_was_one_before_2008() -> None:
    assert zone_limits("4", "night", on=date(2005, 1, 1)) == 55.0
    with pytest.raises(InputRefusedError, match=r"4a.*请填写以下之一：0 1 2 3 4（GB 3096-93）"):
        zone_limits("4a", "night", on=date(2005, 1, 1))
    with pytest.raises(InputRefusedError, match=r"第 2 行.*没有这一类别"):
        zone_limits(["1", "4"], "night", on=DAY)
    with pytest.raises(OutsideEditionsError):
        zone_limits("1", "night", on=date(1990, 1, 1))


def test_absurd_levels_are_refused_with_their_row() -> None:
    with pytest.raises(InputRefusedError, match=r"第 2 行，声级 = 5.5"):
        functional_zone([55.0, 5.5], "1", "day", on=DAY)


def test_nothing_in_gives_nothing_out() -> None:
    assert functional_zone(np.empty(0), "1", "day", on=DAY).verdict.shape == (0,)


def test_the_derivation_says_what_is_missing_and_what_decided() -> None:
    missing = functional_zone(np.nan, "1", "day", on=DAY).derivation()
    assert "无法评价（缺少有效声级）" in missing.conclusion
    assert missing.steps[0].result == "无法评价"
    by_day = functional_zone([[54.0]], "1", "day", on=DAY, peak=90.0).derivation((0, 0))
    assert by_day.steps[1].result == "不参与评价"
    assert by_day.facts[-1].name == "最大声级"
    night = functional_zone(44.0, "1", "night", on=DAY, peak=60.0).derivation()
    assert "45 + 15 = 60 dB(A)" in night.text()
    assert night.to_json()["confidence"] == "unconfirmed"
