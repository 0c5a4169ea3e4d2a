"""Worked cases of ambient air: official ones, and the same kinds asked otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zhihuan.standards.air.vectors import KINDS

# cases that cannot come out, each with its reason; there are none
EXCEPTIONS: dict[str, str] = {}


def of(kind: str, standard: str, **given: Any) -> dict[str, Any]:
    return KINDS[kind](given, standard)


@pytest.mark.shared
def test_every_case_comes_out_as_printed(shared: Path) -> None:
    lines = (shared / "data/air/vectors.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    wrong = {}
    for case in cases:
        output = KINDS[case["kind"]](case["input"], case["standard"])
        told = {key: output.get(key, "absent") for key in case["expected"]}
        if told != case["expected"] and case["id"] not in EXCEPTIONS:
            wrong[case["id"]] = (told, case["expected"])
    assert not wrong
    assert len(cases) > 100
    assert {case["kind"] for case in cases} <= set(KINDS)


@pytest.mark.shared
def test_the_new_rule_gives_the_noted_index_for_the_old_hours(shared: Path) -> None:
    lines = (shared / "data/air/vectors.jsonl").read_text("utf-8").splitlines()
    noted = [case for case in map(json.loads, lines) if "computed_hj633_2026" in case]
    for case in noted:
        output = KINDS[case["kind"]](case["input"], "HJ 633-2026")
        assert {key: output[key] for key in case["computed_hj633_2026"]} == case[
            "computed_hj633_2026"
        ]
    assert noted


def test_output_is_json() -> None:
    judged = of("aqi_hourly", "HJ 633-2012", PM25=40, CO=0.5, time="2024-01-01T01:00")
    assert json.loads(json.dumps(judged)) == judged


@pytest.mark.parametrize(
    ("standard", "given", "aqi"),
    [
        ("HJ 633-2012", {}, 107),
        ("HJ 633—2026", {}, 119),
        ("HJ633-2026 4.2", {}, 119),
        ("HJ 633-2012/2026", {"date": "2026-02-28"}, 107),
        ("HJ 633-2012/2026", {"date": "2026-03-01"}, 119),
        ("HJ 633", {"time": "2026-03-01T00:00"}, 107),
        ("HJ 633", {"time": "2026-03-01T01:00"}, 119),
        ("-", {}, 119),
    ],
)
def test_the_text_of_the_standard_or_the_date_chooses_the_edition(
    standard: str, given: dict[str, Any], aqi: int
) -> None:
    assert KINDS["aqi_hourly"]({"PM25": 80, **given}, standard)["aqi"] == aqi


def test_missing_pollutants_may_be_null_empty_or_absent() -> None:
    judged = of(
        "aqi_hourly", "HJ 633-2012", PM25=80, O3=None, CO="", station="1379A", city="中山市"
    )
    assert (judged["aqi"], judged["primary"], judged["level"]) == (107, ["PM25"], 3)
    nothing = of("aqi_daily", "HJ 633-2012", PM25=None)
    assert (nothing["aqi"], nothing["primary"], nothing["level_name"]) == (None, [], None)


def test_a_case_is_answered_in_its_own_words() -> None:
    assert of("aqi_daily", "HJ 633-2026", O3=170, PM25=10)["primary"] == ["O3"]
    assert of("aqi_daily", "HJ 633-2026", O3_8h=170, **{"PM2.5": 10})["primary"] == ["O3_8h"]
    assert of("aqi_daily", "HJ 633-2012", O3_8h=90, O3_1h=350)["exceeding"] == ["O3_1h"]
    assert of("aqi_hourly", "HJ 633-2012", SO2=900, SO2_24h=475)["aqi"] == 150


def test_indices_of_one_pollutant_in_any_spelling() -> None:
    assert of("iaqi", "HJ 633-2026", pollutant="PM2.5", averaging="1h", concentration=60) == {
        "iaqi": 100, "rounded": 60,
    }  # fmt: skip
    assert of("iaqi", "HJ 633-2012", pollutant="co", averaging="24H", concentration=4000, unit="ug/m3")["iaqi"] == 100  # fmt: skip
    assert of("iaqi", "HJ 633-2026", pollutant="O3", averaging="mda8", concentration=None)["iaqi"] is None  # fmt: skip
    rounded = of("iaqi_rounded", "HJ 633-2026", pollutant="CO", averaging="24h", concentration=2.25, pre_rounded=True)  # fmt: skip
    assert rounded["rounded"] == 2.2


def test_no_index_has_no_level() -> None:
    assert of("level", "HJ 633-2026", aqi=None)["level"] is None
    assert of("level", "HJ 633-2012", aqi=160)["colour"] == "红色"


def test_limits_in_any_spelling() -> None:
    days = ["2025-12-31", "2031-01-01"]
    assert of("limit", "GB 3095", pollutant="NOx", averaging="24h", dates=days)["class2"] == [
        100,
        70,
    ]
    assert of("limit", "GB 3095", pollutant="BaP", averaging="day", dates=days)["class1"] == [0.0025, 0.0025]  # fmt: skip
    assert of("limit", "GB 3095", pollutant="O3", averaging="8h", dates=days)["class2"] == [
        160,
        160,
    ]


def test_publication_in_full_and_withheld() -> None:
    full = {"SO2": 5, "NO2": 10, "CO": 0.4, "O3": 50, "PM10": 30, "PM25": 20}
    assert of("publish", "HJ 633-2026", report="hourly", concentrations=full, missing=[])["aqi_published"] == 30  # fmt: skip
    gap = {key: value for key, value in full.items() if key != "CO"}
    told = of("publish", "HJ 633-2026", report="hourly", concentrations=gap, missing=["CO"])
    assert (told["aqi_published"], told["primary"], told["level"]) == ("NA", "NA", "NA")
    excused = of("publish", "HJ 633-2026", report="hourly", concentrations=gap, not_measured=["CO"], never_primary=["CO"])  # fmt: skip
    assert excused["aqi_published"] == 30
    assert of("publish", "HJ 633-2012", report="daily", concentrations={"PM25": 40})["aqi_published"] == 57  # fmt: skip


def test_percentiles_keep_the_digits_of_the_exact_result() -> None:
    def p(values: Any, share: float) -> str:
        return str(of("percentile", "HJ 663-2013 App. A", values=values, p=share)["value"])

    assert p("1..31", 95) == "29.50"
    assert p("1..11", 50) == "6.0"
    assert p([10, 20.5, None], 90) == "19.45"
    assert p("1..7", 100) == "7"
    assert p("1..30", 0.9) == p("1..30", 90) == "27.1"


def test_composite_and_changes_of_other_years() -> None:
    parts = {"SO2": 5, "NO2": 20, "PM10": 36, "PM25": 21, "CO95": 0.8, "O3_90": 165}
    old = of("composite_index", "ranking rule, GB 3095-2012 limits", **parts)["composite"]
    new = of("composite_index", "ranking rule, GB 3095-2026 transition limits", **parts)
    assert (old, new["composite"]) == (2.92, 3.11)
    heavy = of("composite_index", "weighted, transition limits", **parts)["composite"]
    assert heavy == 6.04  # 3.11, and once more NO2 0.50, O3 1.03, twice more PM2.5 0.70
    both = of("yoy", "-", now_composite_components=parts, prev=2.7)
    assert both == {"now_composite": 2.92, "change_pct": 8.1}
    assert of("day_ratio", "HJ 663-2026", days=0, valid_days=3) == {"pct": 0.0}


def test_cities_without_data_have_no_rank() -> None:
    ranks = of("ranking", "composite", composite={"甲": 2.0, "乙": None, "丙": 1.9})["rank"]
    assert ranks == {"甲": 2, "乙": None, "丙": 1}


def test_units_of_a_case_are_converted_and_unknown_ones_told() -> None:
    asked = {"pollutant": "PM2.5", "averaging": "24h", "concentrations": [0.035, 0.075]}
    for unit in ("mg/m3", "mg/m³", "毫克/立方米"):
        assert KINDS["iaqi_nodes"](asked | {"unit": unit}, "HJ 633-2012") == {"iaqi": [50, 100]}
    carbon = {"pollutant": "CO", "averaging": "24h", "concentrations": [2000, 4000]}
    for unit in ("ug/m3", "µg/m³", "μg/m3"):
        assert KINDS["iaqi_nodes"](carbon | {"unit": unit}, "HJ 633-2012") == {"iaqi": [50, 100]}
    with pytest.raises(ValueError, match="ppb"):
        KINDS["iaqi_nodes"](asked | {"unit": "ppb"}, "HJ 633-2012")


def test_signs_of_a_missing_number_are_missing() -> None:
    cells = {"PM2.5": "60", "PM10": "", "SO2": None, "NO2": "NA", "CO": "—", "O3": "60"}
    told = KINDS["aqi_daily"](cells, "HJ 633-2012")
    assert (told["aqi"], told["primary"]) == (82, ["PM2.5"])
    nothing = {"report": "daily", "concentrations": {}}
    told = KINDS["publish"](nothing, "HJ 633-2026")
    assert (told["aqi_published"], told["aqi_from_available"]) == ("NA", None)
    assert KINDS["percentile"]({"values": [], "p": 90}, "HJ 663-2013") == {"value": None}


def test_days_of_a_case_may_be_one_or_written_with_slashes() -> None:
    pair = {"pollutant": "PM25", "averaging": "annual"}
    for days in ({"dates": ["2026/3/1"]}, {"dates": "2026-03-01"}, {"date": "2026-03-01"}):
        assert KINDS["limit"](pair | days, "GB 3095")["class2"] == [30]
    with pytest.raises(ValueError, match="no dates"):
        KINDS["limit"](pair, "GB 3095")
    with pytest.raises(ValueError, match="no date; write"):
        KINDS["limit"](pair | {"dates": ["soon"]}, "GB 3095")
