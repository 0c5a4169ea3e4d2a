"""Development land: the table read aloud beside the fast way, land classes, background, reasons."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import (
    InputRefusedError,
    OutsideEditionsError,
    UnknownEditionError,
    UnknownItemError,
)
from zhihuan.standards.parameters import Confidence
from zhihuan.standards.soil import development_items, development_land, land_class_of

DAY = date(2026, 5, 1)
NAN = float("nan")
SOURCE = files("zhihuan.standards") / "tables" / "gb36600_2018" / "limits.csv"
ROWS = {row["item"]: row for row in csv.DictReader(SOURCE.read_text(encoding="utf-8").splitlines())}


def level_by_reading(item: str, land: int, value: float) -> int:
    if isnan(value):
        return 0
    if value <= float(ROWS[item][f"screening_{land}"]):
        return 1
    return 2 if value <= float(ROWS[item][f"intervention_{land}"]) else 3


def values_near_limits(item: str):
    limits = [
        float(ROWS[item][f"{kind}_{land}"])
        for kind in ("screening", "intervention")
        for land in (1, 2)
    ]
    nearby = [limit * factor for limit in limits for factor in (0.97, 1.0, 1.03)]
    return st.lists(st.sampled_from([*nearby, 0.0, NAN]), min_size=4, max_size=4)


@settings(max_examples=40)
@given(st.data())
def test_every_item_is_compared_with_both_limits_of_its_land_and_the_worst_wins(data):
    items = data.draw(st.lists(st.sampled_from(sorted(ROWS)), min_size=1, max_size=5, unique=True))
    land = data.draw(st.lists(st.sampled_from([1, 2]), min_size=4, max_size=4))
    columns = {item: data.draw(values_near_limits(item)) for item in items}
    judged = development_land(columns, land, on=DAY)
    slow = [
        [
            level_by_reading(item, kind, value)
            for kind, value in zip(land, columns[item], strict=True)
        ]
        for item in items
    ]
    assert judged.level.tolist() == slow
    assert judged.worst.tolist() == [max(sample) for sample in zip(*slow, strict=True)]
    assert judged.counted.tolist() == [sum(n > 0 for n in s) for s in zip(*slow, strict=True)]


def test_where_the_use_is_not_clear_the_first_class_applies():
    assert str(development_land({"pb": 401.0}, on=DAY).names()) == "超过筛选值"
    assert str(development_land({"pb": 401.0}, 2, on=DAY).names()) == "不超过筛选值"


def test_land_classes_are_read_from_land_use_codes():
    codes = [
        "R",
        "R21",
        "A33",
        "A35",
        "A5",
        "A6",
        "A1",
        "G1",
        "G1-community",
        "M2",
        "W1",
        "B",
        "S4",
        "U",
        " ",
    ]
    classes = [1, 1, 1, 2, 1, 1, 2, 2, 1, 2, 2, 2, 2, 2, 1]
    assert land_class_of(codes, on=DAY).tolist() == classes
    assert land_class_of("R2", on=DAY).shape == ()
    assert land_class_of(np.empty(0, dtype=str), on=DAY).shape == (0,)
    with pytest.raises(InputRefusedError, match="第 2 行，用地代码 = E2：不是建设用地代码"):
        land_class_of(["R", "E2"], on=DAY)


def test_equal_screening_and_intervention_values_leave_no_level_between():
    judged = development_land({"styrene": [1290.0, 1290.1]}, 2, on=DAY)
    assert judged.worst.tolist() == [1, 3]


def test_one_sample_none_and_missing_ones():
    assert development_land({"cd": 21.0}, on=DAY).worst == 2
    assert development_land({"cd": []}, on=DAY).worst.shape == (0,)
    assert development_land({"cd": []}, on=[], below={"cd": []}).names().shape == (0,)
    judged = development_land({"cd": [NAN, NAN], "铅": [NAN, 10.0]}, on=DAY)
    assert judged.names().tolist() == ["无法评价", "不超过筛选值"]
    assert judged.deciding_items(0) == ()
    assert judged.derivation(0).conclusion == "无法评价"
    assert judged.derivation(1).cautions[0] == "缺测或缺少选用限值的条件而未参加评价：镉"


def test_natural_background_excuses_arsenic_cobalt_and_vanadium_only():
    judged = development_land(
        {"as": [45.0, 45.0, 19.0], "pb": 10.0}, on=DAY, background={"as": [50.0, 40.0, 50.0]}
    )
    assert judged.worst.tolist() == [1, 2, 1]
    assert "≤ 土壤环境背景值 50，不纳入污染地块管理" in judged.derivation(0).text()
    assert "背景值" not in judged.derivation(1).text()
    with pytest.raises(InputRefusedError, match="只对带注①的项目"):
        development_land({"pb": 500.0}, on=DAY, background={"pb": 600.0})


def test_half_the_detection_limit_stands_in_and_a_coarse_one_is_cautioned():
    judged = development_land({"苯": [1.5, 0.01]}, on=DAY, below={"苯": [True, True]})
    assert judged.worst.tolist() == [1, 1]
    derivation = judged.derivation(0)
    assert derivation.facts[-1].text() == "苯：<1.5 mg/kg（未检出，以 0.75 参加评价）"
    assert "检出限高于筛选值，不足以判定：苯" in derivation.cautions
    assert derivation.basis[1].standard == "HJ/T 166-2004"
    assert all("检出限高于" not in caution for caution in judged.derivation(1).cautions)


def test_multiples_refer_to_the_screening_value_of_the_land():
    judged = development_land({"pb": [800.0, 800.0]}, [1, 2], on=DAY)
    assert judged.items[0].multiples.tolist() == pytest.approx([1.0, 0.0])


def test_the_derivation_tells_land_limits_and_what_follows():
    text = development_land({"pb": 900.0, "as": 10.0}, 2, on=DAY).derivation().text()
    assert "超过筛选值，决定项目：铅；应开展详细调查和风险评估" in text
    assert "用地分类：第二类用地" in text
    assert "铅：900 > 筛选值 800，≤ 管制值 2500 → 超过筛选值【决定项】" in text
    assert "砷：10 ≤ 筛选值 60 → 不超过筛选值" in text
    assert "GB 36600-2018" in text
    worst = development_land({"pb": [9000.0, NAN]}, 2, on=DAY).derivation(0)
    assert worst.conclusion.startswith("超过管制值，决定项目：铅；")
    assert worst.confidence is Confidence.ONE_SOURCE
    assert (
        development_land({"pb": 1.0}, on=DAY, edition="GB 36600-2018").derivation().basis[0].forced
    )


def test_marks_and_backgrounds_are_named_like_their_column_and_fit_it():
    with pytest.raises(InputRefusedError, match="背景值 = as：没有同名的数值列"):
        development_land({"砷": 45.0}, on=DAY, background={"as": 50.0})
    with pytest.raises(InputRefusedError, match="未检出标记 = as：没有同名的数值列"):
        development_land({"砷": 45.0}, on=DAY, below={"as": True})
    with pytest.raises(InputRefusedError, match="与样品的个数不一致"):
        development_land({"as": [45.0, 1.0]}, on=DAY, background={"as": [1.0, 2.0, 3.0]})


@pytest.mark.parametrize(
    ("columns", "land", "words"),
    [
        ({"苯": 90000.0}, 1, "可能是以 µg/kg 为单位"),
        ({"pb": -1.0}, 1, "不能为负"),
        ({"pb": [1.0, 2.0]}, [1, 3], "第 2 行，用地分类 = 3"),
        ({"pb": [1.0, 2.0]}, [1, 2, 1], "个数不一致"),
        ({}, 1, "没有任何评价项目"),
    ],
)
def test_bad_input_is_refused_in_words(columns, land, words):
    with pytest.raises(InputRefusedError, match=words):
        development_land(columns, land, on=DAY)


def test_the_caller_may_take_the_plausibility_on_itself():
    assert development_land({"苯": 90000.0}, on=DAY, checked=False).worst == 3


def test_unknown_items_days_and_editions_are_refused():
    with pytest.raises(UnknownItemError, match="是否为"):
        development_land({"benzen": 1.0}, on=DAY)
    with pytest.raises(UnknownItemError):
        development_land({"绿豆": 1.0}, on=DAY)
    with pytest.raises(OutsideEditionsError):
        development_land({"pb": 1.0}, on=date(2018, 7, 31))
    with pytest.raises(UnknownEditionError):
        development_land({"pb": 1.0}, on=DAY, edition="GB 36600-2030")


def test_every_item_has_a_plausible_range_around_its_limits():
    for item, row in ROWS.items():
        limits = [
            float(row[f"{kind}_{land}"])
            for kind in ("screening", "intervention")
            for land in (1, 2)
        ]
        development_land({item: limits}, on=DAY)


def test_limits_grow_from_screening_to_intervention_and_from_class_1_to_2():
    for row in development_items(on=DAY):
        assert float(row["screening_1"]) <= float(row["screening_2"]), row
        assert float(row["intervention_1"]) <= float(row["intervention_2"]), row
        assert float(row["screening_1"]) <= float(row["intervention_1"]), row
        assert float(row["screening_2"]) <= float(row["intervention_2"]), row
    assert len(development_items(on=DAY)) == 85


@pytest.mark.shared
def test_the_packaged_basic_items_are_those_of_the_reference_table(shared):
    source = shared / "data" / "standards" / "gb36600_2018_table1.csv"
    for theirs in csv.DictReader(source.open(encoding="utf-8")):
        ours = ROWS[theirs["item_code"]]
        for kind in ("screening", "intervention"):
            for land in (1, 2):
                assert ours[f"{kind}_{land}"] == theirs[f"{kind}_class{land}"], theirs
        assert ours["cas"] == theirs["cas"]
