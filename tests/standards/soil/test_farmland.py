"""Farmland: the tables read aloud beside the fast way; pH, land use, rotation, what is missing."""

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
from zhihuan.standards.soil import LAND_USES, farmland, farmland_items

DAY = date(2026, 5, 1)
NAN = float("nan")
SOURCE = files("zhihuan.standards") / "tables" / "gb15618_2018" / "limits.csv"
ROWS = list(csv.DictReader(SOURCE.read_text(encoding="utf-8").splitlines()))
ITEMS = sorted({row["item"] for row in ROWS})


def limit_by_reading(kind: str, item: str, ph: float, use: str) -> float | None:
    """The standard's own words: its groups of land, its pH bands."""
    if use == "rotation":
        return min(
            (limit_by_reading(kind, item, ph, one) for one in ("paddy", "other")),
            key=lambda limit: float("inf") if limit is None else limit,
        )
    if ph <= 5.5:
        column = "to_5_5"
    elif ph <= 6.5:
        column = "to_6_5"
    elif ph <= 7.5:
        column = "to_7_5"
    else:
        column = "over_7_5"
    groups = {row["land_use"]: row for row in ROWS if (row["kind"], row["item"]) == (kind, item)}
    for group in (use, "other", "all"):
        if group in groups:
            return float(groups[group][column])
    return None


def level_by_reading(item: str, ph: float, use: str, value: float) -> int:
    if isnan(value):
        return 0
    screening = limit_by_reading("screening", item, ph, use)
    intervention = limit_by_reading("intervention", item, ph, use)
    if value <= screening:
        return 1
    return 2 if intervention is None or value <= intervention else 3


ACIDITY = st.sampled_from([4.0, 5.5, 5.51, 6.5, 6.51, 7.5, 7.51, 8.9])


@settings(max_examples=80)
@given(st.data())
def test_limits_follow_ph_and_land_use_and_the_worst_item_wins(data):
    items = data.draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=4, unique=True))
    ph = data.draw(st.lists(ACIDITY, min_size=3, max_size=3))
    uses = data.draw(st.lists(st.sampled_from(sorted(LAND_USES)), min_size=3, max_size=3))
    columns = {item: [data.draw(values(item, one)) for one in ph] for item in items}
    judged = farmland(columns, ph, uses, on=DAY)
    slow = [
        [level_by_reading(item, p, u, v) for p, u, v in zip(ph, uses, columns[item], strict=True)]
        for item in items
    ]
    assert judged.level.tolist() == slow
    assert judged.worst.tolist() == [max(sample) for sample in zip(*slow, strict=True)]


def values(item: str, ph: float):
    limits = [
        limit_by_reading(kind, item, ph, use)
        for kind in ("screening", "intervention") for use in ("paddy", "orchard", "other")
    ]  # fmt: skip
    known = sorted({limit for limit in limits if limit is not None})
    return st.sampled_from([*(limit * f for limit in known for f in (0.97, 1.0, 1.03)), NAN])


@pytest.mark.parametrize(
    ("item", "ph", "use", "value", "name"),
    [
        ("cd", 5.5, "paddy", 0.3, "优先保护类"),
        ("cd", 5.51, "paddy", 0.4, "优先保护类"),
        ("cd", 5.5, "paddy", 0.31, "安全利用类"),
        ("cd", 5.5, "paddy", 1.51, "严格管控类"),
        ("cu", 6.0, "orchard", 150.0, "优先保护类"),
        ("cu", 6.0, "paddy", 51.0, "安全利用类"),
        ("cu", 6.0, "paddy", 5000.0, "安全利用类"),  # copper has no intervention value
        ("cr", 6.0, "rotation", 151.0, "安全利用类"),  # dry land is stricter for chromium
        ("cd", 6.0, "rotation", 0.31, "安全利用类"),  # and for cadmium
        ("hg", 6.0, "rotation", 0.51, "安全利用类"),  # paddy is stricter for mercury
        ("bap", 6.0, "other", 0.56, "安全利用类"),
    ],
)
def test_known_limits(item, ph, use, value, name):
    assert str(farmland({item: value}, ph, use, on=DAY).names()) == name
    assert str(farmland({item: value}, ph, LAND_USES[use], on=DAY).names()) == name


def test_without_ph_only_items_that_do_not_depend_on_it_are_judged():
    judged = farmland({"cd": 0.2, "bap": 0.6}, NAN, "paddy", on=DAY)
    assert judged.level.tolist() == [0, 2]
    derivation = judged.derivation()
    assert "土壤 pH：缺测" in derivation.text()
    assert derivation.cautions[0] == "缺测或缺少选用限值的条件而未参加评价：镉"


def test_one_sample_none_and_missing_ones():
    assert farmland({"cd": 0.2}, 6.0, "paddy", on=DAY).worst.shape == ()
    assert farmland({"cd": []}, [], "paddy", on=DAY).worst.shape == (0,)
    judged = farmland({"镉": [NAN, 0.2]}, 6.0, "paddy", on=DAY)
    assert judged.names().tolist() == ["无法评价", "优先保护类"]


def test_shapes_broadcast_and_days_may_differ():
    days = np.array([["2019-01-01"], ["2026-01-01"]], dtype="datetime64[D]")
    judged = farmland({"cd": [0.2, 0.5, 2.0]}, [6.0, 6.0, 6.0], "paddy", on=days)
    assert judged.worst.tolist() == [[1, 2, 2], [1, 2, 2]]
    assert judged.deciding_items((0, 1)) == ("cd",)


def test_half_the_detection_limit_stands_in():
    judged = farmland({"cd": [0.5, 0.7]}, 6.0, "paddy", on=DAY, below={"cd": [True, False]})
    assert judged.worst.tolist() == [1, 2]
    assert "检出限高于筛选值，不足以判定：镉" in judged.derivation(0).cautions


def test_the_derivation_tells_ph_use_limits_and_what_follows():
    derivation = farmland({"cd": 2.5, "cu": 60.0, "pb": 20.0}, 6.0, "paddy", on=DAY).derivation()
    text = derivation.text()
    assert "严格管控类，决定项目：镉；" in text
    assert "土壤 pH：6" in text
    assert "土地利用：水田" in text
    assert "镉：2.5 > 筛选值 0.4，> 管制值 2 → 严格管控类【决定项】" in text
    assert "铜：60 > 筛选值 50，无管制值 → 安全利用类" in text
    assert derivation.basis[0].standard == "GB 15618-2018"
    assert derivation.confidence is Confidence.ONE_SOURCE


@pytest.mark.parametrize(
    ("columns", "ph", "use", "words"),
    [
        ({"cd": [300000.0]}, 6.0, "paddy", "µg/kg"),
        ({"cd": [0.3, 0.3]}, [6.0, 60.0], "paddy", "第 2 行，土壤 pH"),
        (
            {"cd": [0.3, 0.3]},
            6.0,
            ["paddy", "稻田"],
            "第 2 行，土地利用 = 稻田：标准没有这种土地利用",
        ),
        ({"cd": [0.3, 0.3]}, [6.0, 6.0, 6.0], "paddy", "个数不一致"),
    ],
)
def test_bad_input_is_refused_in_words(columns, ph, use, words):
    with pytest.raises(InputRefusedError, match=words):
        farmland(columns, ph, use, on=DAY)


def test_the_caller_may_take_the_plausibility_on_itself():
    assert farmland({"cd": 300000.0}, 60.0, "paddy", on=DAY, checked=False).worst == 3


def test_unknown_items_days_and_editions_are_refused():
    with pytest.raises(UnknownItemError):
        farmland({"benzene": 1.0}, 6.0, "paddy", on=DAY)
    with pytest.raises(OutsideEditionsError):
        farmland({"cd": 1.0}, 6.0, "paddy", on=date(2018, 7, 31))
    with pytest.raises(UnknownEditionError):
        farmland({"cd": 1.0}, 6.0, "paddy", on=DAY, edition="GB 15618-1995")


def test_the_standard_has_eleven_items_and_five_with_intervention_values():
    rows = farmland_items(on=DAY)
    assert {row["item"] for row in rows} == set(ITEMS)
    assert len(ITEMS) == 11
    assert {row["item"] for row in rows if row["kind"] == "intervention"} == {
        "cd",
        "hg",
        "as",
        "pb",
        "cr",
    }


@pytest.mark.shared
def test_the_packaged_limits_are_those_of_the_reference_table(shared):
    source = shared / "data" / "standards" / "gb15618_2018.csv"
    bands = {
        "pH<=5.5": ["to_5_5"],
        "5.5<pH<=6.5": ["to_6_5"],
        "6.5<pH<=7.5": ["to_7_5"],
        "pH>7.5": ["over_7_5"],
    }
    bands["all"] = [column for columns in list(bands.values()) for column in columns]
    ours = {(row["kind"], row["item"], row["land_use"]): row for row in ROWS}
    for theirs in csv.DictReader(source.open(encoding="utf-8")):
        kind = theirs["kind"].removesuffix("_other")
        row = ours[kind, theirs["item_code"], theirs["land_use"]]
        assert {row[column] for column in bands[theirs["ph_bin"]]} == {theirs["limit"]}


def test_binary_noise_does_not_move_a_mean_across_a_limit():
    judged = farmland({"cd": [0.1 + 0.2, 0.3000001]}, 5.0, "paddy", on=DAY)
    assert judged.worst.tolist() == [1, 2]
    assert judged.derivation(0).steps[0].how == "0.3 ≤ 筛选值 0.3"
