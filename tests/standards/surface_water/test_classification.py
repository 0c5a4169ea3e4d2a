"""Classes of GB 3838: against the text by the slowest route, and against published records."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water import Reported, class_numbers, oxygen_with_saturation
from zhihuan.standards.surface_water.classification import water_class
from zhihuan.standards.surface_water.limits import LIMITS, lake_mask

DAY = date(2024, 5, 1)

# GB 3838-2002, table 1, typed from the text: item, limits of classes I to V
TEXT = """
do     7.5 6 5 3 2
codmn  2 4 6 10 15
cod    15 15 20 30 40
bod5   3 3 4 6 10
nh3n   0.15 0.5 1.0 1.5 2.0
tp     0.02 0.1 0.2 0.3 0.4
cu     0.01 1.0 1.0 1.0 1.0
zn     0.05 1.0 1.0 2.0 2.0
f      1.0 1.0 1.0 1.5 1.5
se     0.01 0.01 0.01 0.02 0.02
as     0.05 0.05 0.05 0.1 0.1
hg     0.00005 0.00005 0.0001 0.001 0.001
cd     0.001 0.005 0.005 0.005 0.01
cr6    0.01 0.05 0.05 0.05 0.1
pb     0.01 0.01 0.05 0.05 0.1
cn     0.005 0.05 0.2 0.2 0.2
phenol 0.002 0.002 0.005 0.01 0.1
oil    0.05 0.05 0.05 0.5 1.0
las    0.2 0.2 0.2 0.3 0.3
sulfide 0.05 0.1 0.2 0.5 1.0
"""
LIMITS_OF = {
    line.split()[0]: [Decimal(n) for n in line.split()[1:]] for line in TEXT.split("\n") if line
}
LAKE_TP = [Decimal(n) for n in ("0.01", "0.025", "0.05", "0.1", "0.2")]


def slow_item(item: str, value: Decimal, *, lake: bool) -> int:
    if item == "ph":
        return 1 if Decimal(6) <= value <= Decimal(9) else 6
    limits = LAKE_TP if item == "tp" and lake else LIMITS_OF[item]
    for number, limit in enumerate(limits, start=1):
        keeps = value >= limit if item == "do" else value <= limit
        if keeps:
            return number
    return 6


def slow_class(sample: dict[str, Decimal | None], *, lake: bool) -> int:
    numbers = [slow_item(i, v, lake=lake) for i, v in sample.items() if v is not None]
    return max(numbers, default=0)


def _near(item: str) -> st.SearchStrategy[Decimal | None]:
    if item == "ph":
        edges = [Decimal(6), Decimal(9)]
    else:
        edges = [*LIMITS_OF[item], *(LAKE_TP if item == "tp" else [])]
    near = [edge + step for edge in edges for step in (0, edge / 1000, -edge / 1000)]
    return st.one_of(st.none(), st.sampled_from(near))


_samples = st.lists(
    st.fixed_dictionaries({item: _near(item) for item in ("ph", *LIMITS_OF)}),
    min_size=1,
    max_size=6,
)


@given(samples=_samples, data=st.data())
@settings(max_examples=60)
def test_every_class_is_that_of_the_text(samples, data) -> None:
    lakes = data.draw(st.lists(st.booleans(), min_size=len(samples), max_size=len(samples)))
    columns = {
        item: np.array([np.nan if s[item] is None else float(s[item]) for s in samples])
        for item in samples[0]
    }
    judged = water_class(columns, on=DAY, waterbody=np.array(lakes))
    slow = [slow_class(s, lake=lake) for s, lake in zip(samples, lakes, strict=True)]
    assert judged.codes.tolist() == slow
    assert judged.counted.tolist() == [sum(v is not None for v in s.values()) for s in samples]
    assert judged.deciding.any(axis=0).tolist() == [number > 0 for number in slow]
    for place, (sample, lake) in enumerate(zip(samples, lakes, strict=True)):
        deciding = {i.removesuffix("_lake") for i in judged.deciding_items(place)}
        assert deciding == {
            item
            for item, value in sample.items()
            if value is not None and slow_item(item, value, lake=lake) == slow[place]
        }


def test_packaged_limits_are_those_of_the_reference_tables(shared: Path) -> None:
    for table, name in (
        ("gb3838_2002_table1", LIMITS),
        ("gb3838_2002_table2", "surface_water/drinking_supplement"),
        ("gb3838_2002_table3", "surface_water/drinking_specific"),
    ):
        with (shared / f"data/standards/{table}.csv").open(encoding="utf-8") as file:
            given_rows = [r for r in csv.DictReader(file) if r.get("item_code") != "wtemp"]
        rows = parameter(name).editions[-1].rows
        columns = ("I", "II", "III", "IV", "V") if "I" in given_rows[0] else ("limit",)
        assert [[r[c] for c in columns] for r in rows] == [
            [r[c] for c in columns] for r in given_rows
        ]


def test_the_table_typed_here_is_the_packaged_one() -> None:
    rows = {row["item"]: row for row in parameter(LIMITS).editions[0].rows}
    for item, limits in (*LIMITS_OF.items(), ("tp_lake", LAKE_TP)):
        packaged = [Decimal(rows[item][c]) for c in ("I", "II", "III", "IV", "V")]
        assert packaged == limits, item


# ---- published records ------------------------------------------------------------------------------

# The class published does not belong to the values beside it: on this one morning four stations
# carry the class of another poll, and a station's first record after a stop carries 劣Ⅴ for
# values that are all class II or better.
PUBLISHER_ANOMALIES = {
    ("2020-11-04", "三岔口"),
    ("2020-11-04", "大屈"),
    ("2020-11-04", "王江泾"),
    ("2020-11-04", "宗关"),
    ("2021-02-08", "泺口"),
}


def test_published_national_classes_come_out_again_but_for_listed_anomalies(shared: Path) -> None:
    folder, rows = shared / "data/water", []
    for path in sorted(folder.glob("cnemc_daily_*.csv")):
        with path.open(encoding="utf-8") as file:
            rows += [r for r in csv.DictReader(file) if r["published_class"] not in ("", "-")]
    with (folder / "stations.csv").open(encoding="utf-8") as file:
        water = {
            (r["province"], r["section"]): r["tp_column_derived"] for r in csv.DictReader(file)
        }
    values = {
        item: [row[f"{item}_raw"] for row in rows] for item in ("ph", "do", "codmn", "nh3n", "tp")
    }
    kinds = np.array([water.get((row["province"], row["section"]), "") for row in rows])
    days = np.array([row["file_date"] for row in rows], dtype="datetime64[D]")
    judged = water_class(values, on=days, waterbody=kinds)
    published = class_numbers([row["published_class"] for row in rows])
    differing = np.flatnonzero(judged.codes != published)
    assert {(rows[n]["file_date"], rows[n]["section"]) for n in differing} == PUBLISHER_ANOMALIES
    assert 1 - differing.size / len(rows) >= 0.999
    assert len(rows) > 15_000


# ---- scalars, gaps, shapes, days ------------------------------------------------------------------------


def test_one_sample_is_judged_as_a_scalar() -> None:
    judged = water_class({"nh3n": 0.5, "do": 5.9}, on=DAY)
    assert (int(judged.codes), float(judged.number), str(judged.names)) == (3, 3.0, "Ⅲ")
    assert judged.deciding_items() == ("do",)
    assert "Ⅲ类，定类项目：溶解氧" in judged.derivation().text()


def test_missing_items_are_left_out_and_nothing_at_all_has_no_class() -> None:
    judged = water_class({"nh3n": [np.nan, np.nan], "tp": [0.3, np.nan]}, on=DAY)
    assert judged.codes.tolist() == [4, 0]
    assert judged.counted.tolist() == [1, 0]
    assert np.isnan(judged.number[1])
    assert judged.names.tolist() == ["Ⅳ", ""]
    assert not (judged.number <= 5)[1]
    assert judged.meets(5).tolist() == [True, False]
    assert "无法评价" in judged.derivation(1).conclusion
    assert any(
        "缺测而未参加评价：氨氮" in words for words in judged.derivation(0).to_json()["cautions"]
    )


def test_no_samples_give_no_classes() -> None:
    judged = water_class({"nh3n": [], "tp": []}, on=DAY)
    assert judged.codes.shape == (0,)
    assert water_class({"nh3n": np.empty((0, 3))}, on=DAY, waterbody="lake").codes.shape == (0, 3)


def test_shapes_broadcast_and_those_that_do_not_are_refused() -> None:
    judged = water_class({"nh3n": [[0.1], [2.5]], "tp": [0.02, 0.1, 0.4]}, on=DAY)
    assert judged.codes.tolist() == [[1, 2, 5], [6, 6, 6]]
    with pytest.raises(InputRefusedError, match="个数不一致"):
        water_class({"nh3n": [0.1, 0.2], "tp": [0.1, 0.1, 0.1]}, on=DAY)


@pytest.mark.parametrize(("ph", "number"), [(6, 1), (9, 1), (5.99, 6), (9.01, 6), (7, 1)])
def test_ph_either_lies_between_6_and_9_or_is_worse_than_v(ph: float, number: int) -> None:
    assert int(water_class({"ph": ph}, on=DAY).codes) == number


@pytest.mark.parametrize(
    ("oxygen", "number"), [(7.5, 1), (7.4999, 2), (2.0, 5), (1.999, 6), (0, 6)]
)
def test_oxygen_is_better_the_more_there_is(oxygen: float, number: int) -> None:
    assert int(water_class({"do": oxygen}, on=DAY).codes) == number


def test_lakes_have_their_own_phosphorus_and_nitrogen_never_decides() -> None:
    columns = {"tp": [0.05, 0.05], "tn": [5.0, 5.0], "codmn": [1.0, 1.0]}
    judged = water_class(columns, on=DAY, waterbody=["river", "湖库"])
    assert judged.names.tolist() == ["Ⅱ", "Ⅲ"]
    assert judged.item_class("tn").tolist() == [0, 6]  # rivers have no limit for it
    assert judged.item_class("总磷").tolist() == [2, 3]
    river, lake = (judged.derivation(place).text() for place in (0, 1))
    assert "总氮" not in river
    assert "总氮（湖、库）：5 mg/L（仅供参考，不参与评价）" in lake
    assert "总磷（湖、库）：0.05" in lake
    assert "总磷（湖、库）" not in river


def test_a_whole_column_of_lakes_is_judged_without_copies_of_rivers() -> None:
    judged = water_class({"tp": [0.01, 0.2], "tn": [0.2, 3]}, on=DAY, waterbody="lake")
    assert judged.items == ("tp_lake",)
    assert judged.codes.tolist() == [1, 5]
    assert judged.item_class("tn").tolist() == [1, 6]


def test_coliforms_temperature_and_conductivity_do_not_take_part() -> None:
    judged = water_class({"fc": 50_000, "wtemp": 31, "ec": 80_000, "nh3n": 0.1}, on=DAY)
    assert str(judged.names) == "Ⅰ"
    assert int(judged.item_class("fc")) == 6
    with pytest.raises(InputRefusedError, match="没有给出"):
        judged.item_class("ec")


def test_what_has_no_limits_is_neither_read_nor_guarded() -> None:
    # stations publish chlorophyll in mg/L and write words where nothing is installed
    judged = water_class({"nh3n": [0.1, 0.6], "chla": ["0.001", "未安装"], "ec": [-1, 9e9]}, on=DAY)
    assert judged.names.tolist() == ["Ⅰ", "Ⅲ"]


def test_the_caller_may_name_the_items() -> None:
    columns = {"do": 2.5, "nh3n": 0.1, "tp": 0.02, "tn": 3.0}
    assert str(water_class(columns, on=DAY, items=["nh3n", "tp"]).names) == "Ⅰ"
    with_nitrogen = water_class(columns, on=DAY, items=["nh3n", "tn"], waterbody="lake")
    assert str(with_nitrogen.names) == "劣Ⅴ"
    assert "参与评价的项目" not in with_nitrogen.derivation().text()


def test_below_detection_counts_as_half_and_a_coarse_limit_is_said() -> None:
    judged = water_class({"nh3n": ["0.05L", "<0.4"], "tp": [0.02, 0.02]}, on=DAY)
    assert judged.names.tolist() == ["Ⅰ", "Ⅱ"]
    text = judged.derivation(1).text()
    assert "<0.4 mg/L（未检出，以 0.2 参加评价）" in text
    assert "检出限过高，不足以判定类别：氨氮" in text
    assert "低于检出限的取值" in text
    read = Reported(np.array([0.4]), np.array([True]))
    assert water_class({"nh3n": read}, on=DAY).names.tolist() == ["Ⅱ"]
    lake = water_class({"tp": ["0.04L", "0.1"]}, on=DAY, waterbody=[True, False])
    assert lake.names.tolist() == ["Ⅱ", "Ⅱ"]


def test_values_stored_narrow_are_judged_by_their_decimals() -> None:
    narrow = np.array([0.15, 0.5, 1.5], dtype=np.float32)
    assert water_class({"nh3n": narrow}, on=DAY).codes.tolist() == [1, 2, 4]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"nh3n": [0.1, 620.0]}, "第 2 行，氨氮 = 620 mg/L：大得不合常理.*µg/L"),
        ({"nh3n": [-0.1]}, "第 1 行，氨氮 = -0.1 mg/L：浓度或数值不能为负"),
        ({"do": 95}, "饱和度 %"),
        ({"ph": 0.0}, "pH"),
        ({"ph": np.inf}, "不是有限的数"),
        ({"nh3n": 0.1, "氨氮": 0.2}, "同一项目给出了两次"),
        ({"nh3nn": 0.1}, "不认识的项目"),
        ({"ec": 100}, "没有给出"),
        ({}, "没有给出"),
        ({"nh3n": ["much"]}, "不是数字"),
    ],
)
def test_bad_input_gets_words(columns, words: str) -> None:
    with pytest.raises(InputRefusedError, match=words):
        water_class(columns, on=DAY)


def test_kinds_of_water_by_word_or_mark() -> None:
    assert lake_mask(["river", "河流", "", None, "Lake", "水库"]).tolist() == [0, 0, 0, 0, 1, 1]
    assert bool(lake_mask(np.array(True)))
    assert lake_mask(np.array([], dtype="<U4")).shape == (0,)
    with pytest.raises(InputRefusedError, match="第 2 行，水体类型 = sea：不认识"):
        lake_mask(["river", "sea"])
    with pytest.raises(InputRefusedError, match=r"^水体类型"):
        lake_mask("sea")


def test_a_day_before_the_standard_is_an_error() -> None:
    with pytest.raises(OutsideEditionsError, match="2002-06-01"):
        water_class({"nh3n": 0.1}, on=date(1998, 1, 1))


def test_one_call_spans_editions_and_a_later_one_changes_nothing_before(amend) -> None:
    columns = {"nh3n": [0.4, 0.4, 2.1], "tp": [0.1, 0.1, 0.1]}
    days = np.array(["2029-12-31", "2030-01-01", "2029-06-01"], dtype="datetime64[D]")
    before = water_class(columns, on=days)
    amend(
        LIMITS,
        "2030-01-01",
        "",
        table="item,name,unit,relation,I,II,III,IV,V\n"
        "nh3n,氨氮,mg/L,<=,0.1,0.2,0.3,1.5,2.0\ntp,总磷,mg/L,<=,0.02,0.1,0.2,0.3,0.4\n",
    )
    after = water_class(columns, on=days)
    assert (before.codes.tolist(), after.codes.tolist()) == ([2, 2, 6], [2, 4, 6])
    assert after.derivation(0) == before.derivation(0)
    assert "GB TOMORROW" in after.derivation(1).text()
    forced = water_class(columns, on=days, edition="GB 3838-2002")
    assert forced.codes.tolist() == before.codes.tolist()
    assert "由使用者指定采用" in forced.derivation(1).text()


def test_the_list_of_items_is_dated_too(amend) -> None:
    amend("surface_water/evaluated_items", "2030-01-01", "{items: [nh3n, tn]}")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    columns = {"nh3n": [0.1, 0.1], "tn": [1.2, 1.2], "codmn": [12.0, 12.0]}
    judged = water_class(columns, on=days, waterbody="lake")
    assert judged.names.tolist() == ["Ⅴ", "Ⅳ"]
    assert judged.item_class("codmn").tolist() == [5, 5]
    assert judged.counted.tolist() == [2, 2]


def test_the_share_of_a_detection_limit_may_differ_between_days(amend) -> None:
    amend("surface_water/below_detection_share", "2030-01-01", "1.0")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    judged = water_class({"nh3n": ["0.2L", "0.2L"]}, on=days)
    assert judged.codes.tolist() == [1, 2]
    assert "氨氮：0.1 符合Ⅰ类" in judged.derivation(0).text()
    assert "氨氮：0.2 符合Ⅱ类" in judged.derivation(1).text()


def test_saturated_oxygen_may_count_as_class_one() -> None:
    raised = oxygen_with_saturation([6.9, 6.9, np.nan, 8.1], [90, 89.9, 99, 95], on=DAY)
    np.testing.assert_array_equal(raised, [7.5, 6.9, np.nan, 8.1])
    assert water_class({"do": raised}, on=DAY).codes.tolist() == [1, 2, 0, 1]


def test_a_derivation_reads_as_json_with_law_data_and_steps() -> None:
    told = water_class({"nh3n": [0.62], "do": [8.0]}, on=DAY).derivation(0).to_json()
    assert told["basis"][0]["standard"] == "GB 3838-2002"
    assert told["confidence"] == "one source"
    deciding = [step for step in told["steps"] if step["deciding"]]
    assert [step["what"] for step in deciding] == ["氨氮"]
    assert "0.62 符合Ⅲ类 ≤1.0，不符合Ⅱ类 ≤0.5" in deciding[0]["how"]
    assert any(
        fact["name"] == "有数据的参评项目" and fact["value"] == "2" for fact in told["facts"]
    )


@pytest.mark.parametrize(
    ("waterbody", "names"),
    [("river", ["Ⅰ", "Ⅲ"]), ("lake", ["Ⅱ", "Ⅴ"]), (["river", "lake"], ["Ⅰ", "Ⅴ"])],
)
def test_phosphorus_below_detection_is_judged_in_every_water(
    waterbody: str | list[str], names: list[str]
) -> None:
    judged = water_class({"tp": ["0.04L", "0.15"]}, on=DAY, waterbody=waterbody)
    assert judged.names.tolist() == names
    assert "0.02 符合" in judged.derivation(0).text()


def test_a_reference_item_below_detection_disturbs_nothing() -> None:
    judged = water_class({"nh3n": ["0.2"], "tn": ["0.05L"], "fc": ["20L"]}, on=DAY)
    assert judged.names.tolist() == ["Ⅱ"]
    assert "粪大肠菌群" in judged.derivation(0).text()
