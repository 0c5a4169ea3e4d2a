"""The shared worked cases, and what else a case of the same kinds may look like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.vectors import KINDS

# topics answered elsewhere, and published results whose inputs were never published
ELSEWHERE = {"nearshore_grade"}
WITHOUT_INPUTS = {"cwqi_published_output_only"}


def test_every_shared_case_comes_out_as_expected(shared: Path) -> None:
    lines = (shared / "data/water/vectors.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    run = [case for case in cases if case["topic"] not in ELSEWHERE]
    failed = []
    for case in run:
        output = KINDS[case["topic"]](case["input"], "")
        found = {key: output.get(key) for key in case["expected"]}
        wanted = case["expected"]
        if case["topic"] in WITHOUT_INPUTS:
            wanted = dict.fromkeys(wanted)
        if found != wanted:
            failed.append((case["id"], found, wanted))
    assert failed == []
    assert len(run) >= 100


@pytest.mark.parametrize(
    ("topic", "given", "expected"),
    [
        ("station_class", {"pH": "7.1", "氨氮": "0.18", "tp": None}, {"class": "Ⅱ"}),
        ("station_class", {"waterbody": "湖库", "items": {"tp": "0.06", "tn": 9}}, {"class": "Ⅳ"}),
        ("station_class", {"lake": False, "tp": 0.06}, {"class": "Ⅱ"}),
        ("station_class", {"nh3n": "<0.4", "date": "2019-05-01"}, {"class": "Ⅱ"}),
        ("station_class", {"nh3n": "--", "do": "*"}, {"class": None}),
        ("station_class", {"tn": 3.0, "section": "甲"}, {"class": None}),
        ("exceedance_multiple", {"tp_mg_L": 0.25, "do_mg_L": 2.5, "nh3n_mg_L": 0.4},
         {"class": "V", "over_target": {"tp": 0.2}}),
        ("exceedance_multiple", {"target_class": "Ⅱ", "lake": True, "tp": 0.05},
         {"class": "III", "over_target": {"tp": 1.0}}),
        ("exceedance_multiple", {"target_class": "II"}, {"class": None, "over_target": {}}),
        ("rounding", {"value": "0.0004", "decimals": 3}, {"value": 0.0004}),
        ("rounding", {"value": 2.5, "decimals": 0}, {"value": 2.0}),
        ("rounding", {"value": "7.085", "item": "ph", "use": "hourly"}, {"value": 7.08}),
        ("rounding", {"value": None, "decimals": 2}, {"value": None}),
        ("ph_mean", [7.0, None, 7.0], {"value": 7.0, "value_1dp": 7.0, "value_2dp": 7.0, "value_4dp": 7.0}),
        ("ph_mean", {"values": [6.0, 8.0], "date": "2019-03-01"}, {"value": 7.0, "value_1dp": 7.0, "value_2dp": 7.0, "value_4dp": 7.0}),
        ("black_odour_urban", {"sd_cm": -1, "do": -1, "nh3n": 9}, {"grade": "mild"}),
        ("black_odour_urban", {"do": 5, "orp": -250}, {"grade": "severe"}),
        ("black_odour_urban", {"sd_cm": 20, "depth_cm": "20", "clear_to_bed": "true"}, {"grade": "none"}),
        ("black_odour_urban", {"do": None}, {"grade": None}),
        ("black_odour_rural", {"sd_cm": 30, "do": 1, "orp": 0},
         {"grade": "black-odorous", "black_odorous": True}),
        ("black_odour_rural", {"nh3n": "--"}, {"grade": None, "black_odorous": None}),
        ("class_percentages", {"counts": {"I-III": 9, "IV": None, "劣Ⅴ": 1}},
         {"pct_1dp": {"I-III": 90.0, "IV": 0.0, "劣Ⅴ": 10.0}}),
        ("cwqi", {"lake": True, "items": {"TP": 0.1, "do": None, "tn": 9.0}},
         {"per_item": {"TP": 2.0}, "sum_4dp": 2.0, "sum": 2.0}),
        ("cwqi", {"waterbody": "river", "nh3n": "0.5"},
         {"per_item": {"nh3n": 0.5}, "sum_4dp": 0.5, "sum": 0.5}),
        ("tli", {"r": {"chla": 1, "tp": -1}}, {"w_4dp": {"chla": 0.5, "tp": 0.5}}),
        ("tli", {"values": {"chla_ug_L": 1, "sd_m": 1}},
         {"per_item": {"chla_ug_L": 25.0, "sd_m": pytest.approx(51.18)}, "tli": pytest.approx(35.67878619),
          "grade": "中营养"}),
    ],
)  # fmt: skip
def test_other_cases_of_the_same_kinds(topic: str, given, expected) -> None:
    output = KINDS[topic](given, "GB 3838-2002")
    assert {key: output[key] for key in expected} == expected


def test_a_case_with_a_broken_value_is_refused_with_words() -> None:
    with pytest.raises(InputRefusedError, match="不是数字"):
        KINDS["station_class"]({"nh3n": "much"}, "")
