"""Tax of an outlet, against worked examples of examination books and tax offices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.emission.tax import (
    Discharge,
    Medium,
    guangdong_rate,
    outlet_tax,
    pollutant,
    pollutants,
)
from zhihuan.standards.emission.tax.equivalents import ph_value
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

DAY = date(2026, 3, 31)
D = Discharge


# Each from a public page: ti.zuoweng.com fC6sKKKQ; jikaoti.com rqU2FFFM and examw.com 46036765,
# which print 103.68 and 67.21 because they round every equivalent and line on the way.
@pytest.mark.parametrize(
    ("month", "rate", "total"),
    [
        ([D("二氧化硫", "100"), D("氟化物", "100"), D("一氧化碳", "200"), D("氯化氢", "80")], "1.2", "278.62"),
        ([D("二氧化硫", "14"), D("氮氧化物", "12"), D("氯化氢", "60"), D("一氧化碳", "120")], "3", "103.66"),
        ([D("氟化物", "10"), D("二氧化硫", "10"), D("一氧化碳", "100"), D("二硫化碳", "100")], "2.4", "67.22"),
    ],
)  # fmt: skip
def test_air_examples(month: list[Discharge], rate: str, total: str) -> None:
    assert outlet_tax(month, medium=Medium.AIR, on=DAY, rate=rate).total == Decimal(total)


def test_water_example_of_the_second_class() -> None:
    # ti.zuoweng.com BgNEKKKQ: zinc, copper and sulphide are the first three
    month = [
        D("硫化物", "100"), D("氟化物", "100"), D("甲醛", "90"), D("总铜", "90"),
        D("总锌", "200"), D("总锰", "120"),
    ]  # fmt: skip
    found = outlet_tax(month, medium=Medium.WATER, on=DAY, rate="3")
    assert found.total == Decimal("8100.00")
    assert [line.taxed for line in found.lines] == [True, False, False, True, True, False]


def test_water_example_of_both_classes() -> None:
    # qiqiwenku.com 621171: 10 kg of each
    first = ["总汞", "总镉", "总铬", "总砷", "总铅", "总银"]
    second = ["悬浮物", "总有机碳", "挥发酚", "氨氮"]
    month = [D(name, "10") for name in (*first, *second)]
    found = outlet_tax(month, medium=Medium.WATER, on=DAY, rate="1.4")
    taxes = {line.pollutant.name: round(line.tax, 2) for line in found.lines if line.taxed}
    assert taxes == {
        "总汞": 28000, "总镉": 2800, "总砷": 700, "总银": 700, "总铅": 560,
        "挥发酚": 175, "总有机碳(TOC)": Decimal("28.57"), "氨氮": Decimal("17.5"),
    }  # fmt: skip
    ranks = {line.pollutant.name: line.rank for line in found.lines}
    assert (ranks["总铬"], ranks["悬浮物(SS)"]) == (6, 4)


def test_colour_and_ph_example() -> None:
    # beiyun.cn 78380 and shui5.cn 82894
    month = [D("色度", "24000", mean="320", limit="80"), D("pH值", "24000", mean="4")]
    found = outlet_tax(month, medium=Medium.WATER, on=date(2018, 1, 31), rate="3")
    assert [line.equivalents for line in found.lines] == [14400, 24000]
    assert found.total == Decimal("115200.00")


def test_cod_bod_and_toc_are_taxed_once_by_the_largest() -> None:
    month = [D("化学需氧量", "100"), D("生化需氧量", "60"), D("氨氮", "8"), D("总磷", "1")]
    found = outlet_tax(month, medium=Medium.WATER, on=DAY, rate="1.4")
    by_name = {line.pollutant.name: line for line in found.lines}
    assert by_name["生化需氧量(BOD5)"].rank == 1  # 120 equivalents against 100
    assert by_name["化学需氧量(CODcr)"].why == "与当量数更多的同类项目只征收一项"
    assert by_name["总磷"].taxed  # the third, since COD takes no place
    assert found.total == Decimal("187.60")  # (120 + 10 + 4) × 1.4


def test_coliforms_and_chlorine_are_taxed_once_and_only_above_the_limit() -> None:
    month = [
        D("大肠菌群数", "330", mean="600", limit="500"), D("余氯量", "660"),
    ]  # fmt: skip
    found = outlet_tax(month, medium=Medium.WATER, on=DAY, rate="1.4")
    assert [line.taxed for line in found.lines] == [False, True]
    below = outlet_tax([D("大肠菌群数", "330", mean="500", limit="500")],
                       medium=Medium.WATER, on=DAY)  # fmt: skip
    assert below.total == 0
    assert below.lines[0].why == "污染当量数为 0"


def test_animals_are_taxed_by_head_beside_the_ranking() -> None:
    found = outlet_tax([D("猪", "600"), D("牛", 51)], medium=Medium.WATER, on=DAY, rate="1.4")
    assert found.total == Decimal("1554.00")  # (600 + 510) × 1.4
    assert [line.rank for line in found.lines] == [0, 0]


@pytest.mark.parametrize(
    ("mean", "share"),
    [("35", "1"), ("24.6", "1"), ("24.5", "0.75"), ("17.6", "0.75"), ("17.5", "0.5"), ("0", "0.5")],
)
def test_a_mean_far_below_the_limit_reduces_the_tax(mean: str, share: str) -> None:
    month = [D("二氧化硫", "95", mean=mean, limit="35", exceeded=False)]
    line = outlet_tax(month, medium=Medium.AIR, on=DAY, rate="2").lines[0]
    assert line.share == Decimal(share)
    assert line.tax == 200 * Decimal(share)


def test_no_reduction_without_its_grounds() -> None:
    for fields, barred, why in [
        ({"exceeded": True}, False, "当月有浓度超标"),
        ({"exceeded": None}, False, "未说明当月是否有均值超标"),
        ({"exceeded": False}, True, "其他排放口超标"),
        ({"exceeded": False, "mean": None}, False, "未提供月均浓度与限值"),
        ({"exceeded": False, "mean": "30"}, False, "未达减征幅度"),
    ]:
        one = {"mean": "10", "limit": "35"} | fields
        month = [Discharge("二氧化硫", "95", **one)]  # type: ignore[arg-type]
        line = outlet_tax(
            month, medium=Medium.AIR, on=DAY, rate="2", reductions_barred=barred
        ).lines[0]
        assert line.share == 1
        assert why in line.why


_names = [row.name for row in pollutants(DAY) if row.group == "air"]


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(_names), st.integers(0, 10**6), max_size=8))
def test_the_first_three_by_equivalents_and_nothing_else(kilograms: dict[str, int]) -> None:
    found = outlet_tax(
        [D(name, amount) for name, amount in kilograms.items()],
        medium=Medium.AIR, on=DAY, rate="1.8",
    )  # fmt: skip
    values = {row.name: Fraction(str(row.value)) for row in pollutants(DAY) if row.group == "air"}
    counts = sorted((amount / values[name] for name, amount in kilograms.items()), reverse=True)
    exact = sum(counts[:3]) * Fraction("1.8")
    assert abs(Fraction(found.total) - exact) <= Fraction("0.005")


def test_guangdong_pays_its_own_rate() -> None:
    assert outlet_tax([D("二氧化硫", "95")], medium=Medium.AIR, on=DAY).total == Decimal("180.00")
    assert outlet_tax([D("总铜", "1")], medium=Medium.WATER, on=DAY).total == Decimal("28.00")
    assert guangdong_rate(Medium.WATER, DAY).reference.title.startswith("广东省人民代表大会")


def test_the_derivation_reckons_line_by_line() -> None:
    month = [
        D("二氧化硫", "95", mean="10", limit="35", exceeded=False), D("氮氧化物", 190.0),
        D("烟尘", "2.18"), D("氨", "9.09"),
    ]  # fmt: skip
    text = outlet_tax(month, medium=Medium.AIR, on=DAY).derivation().text()
    assert "95÷0.95 = 100.0000 污染当量，第 2 位；×1.8×0.5" in text
    assert "排序第 4，超出前 3 项 → 不征收" in text
    assert "应纳税额 451.80 元" in text  # 90 + 360 + 1.8
    assert "第十三条" in text
    water = outlet_tax([D("猪", "600")], medium=Medium.WATER, on=DAY, rate="1.4").derivation()
    assert water.title.startswith("环境保护税（水污染物")
    assert (
        "应纳税额：0（四舍五入到分，仅此一次） → 0.00 元"
        in outlet_tax([], medium=Medium.AIR, on=DAY).derivation().text()
    )


@pytest.mark.parametrize(
    ("ph", "tonnes"),
    [(0.5, "0.06"), (1, "0.125"), (2, "0.25"), (4, "1"), (5, "5"), (5.99, "5"), (6, None), (9, None),
     (9.01, "1"), (10, "1"), (10.1, "0.5"), (11.5, "0.25"), (12.5, "0.125"), (13, "0.125"),
     (13.5, "0.06"), (14, "0.06")],
)  # fmt: skip
def test_ph_bands_hold_their_ends_as_the_remark_says(ph: float, tonnes: str | None) -> None:
    assert ph_value(ph, DAY) == (None if tonnes is None else Decimal(tonnes))


def test_neutral_water_is_not_taxed_for_its_ph() -> None:
    found = outlet_tax([D("pH值", "100", mean="7.2")], medium=Medium.WATER, on=DAY)
    assert found.total == 0
    assert "6～9 之间" in found.lines[0].how


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ([D("二氧化硫", "-1")], "第 1 行，二氧化硫 = -1：排放量为负"),
        ([D("二氧化硫", "1"), D("二氧化硫", "1")], "第 2 行.*重复填报"),
        ([D("二氧化磷", "1")], "当量值表中没有；相近的有：二氧化硫"),
        ([D("xyz", "1")], "请按《应税污染物和当量值表》的名称填写"),
        ([D("二氧化硫", float("nan"))], "不是有限的数"),
        ([D("二氧化硫", "1,5")], "第 1 行，二氧化硫 = 1,5：不是有限的数；请填写数字"),
        ([D("二氧化硫", "1", mean="-1", limit="35")], "月均浓度为负"),
        ([D("二氧化硫", "1", mean="1", limit="0")], "限值不是正数"),
    ],
)
def test_months_that_cannot_be_taxed_are_refused(month: list[Discharge], words: str) -> None:
    with pytest.raises(InputRefusedError, match=words):
        outlet_tax(month, medium=Medium.AIR, on=DAY)


def test_ph_and_colour_need_their_readings() -> None:
    for month, words in [
        ([D("pH值", "1")], "没有 pH 值"),
        ([D("色度", "1", mean="90")], "缺少色度"),
    ]:
        with pytest.raises(InputRefusedError, match=words):
            outlet_tax(month, medium=Medium.WATER, on=DAY)


def test_rates_outside_the_law_and_days_before_it_are_refused() -> None:
    for rate in ("1.1", "12.1"):
        with pytest.raises(InputRefusedError, match=r"不在税额幅度 1\.2～12 元内"):
            outlet_tax([], medium=Medium.AIR, on=DAY, rate=rate)
    with pytest.raises(OutsideEditionsError):
        outlet_tax([D("二氧化硫", "1")], medium=Medium.AIR, on=date(2017, 12, 31), rate="1.2")


def test_the_annex_is_whole() -> None:
    rows = pollutants(DAY)
    groups = [row.group for row in rows]
    assert groups.count("water_first_class") == 10
    assert groups.count("water_second_class") == 51
    assert groups.count("air") == 44
    assert len({(row.medium, row.name) for row in rows}) == len(rows)
    assert pollutant("化学需氧量", Medium.WATER, DAY).name == "化学需氧量(CODcr)"


def test_the_annex_is_the_official_one(shared) -> None:  # type: ignore[no-untyped-def]
    import csv
    import re

    official = {
        (row["group"] == "大气污染物", re.sub(r"^\d+\.", "", row["pollutant"])): row[
            "equivalent_value"
        ]
        for row in csv.DictReader((shared / "data/codes/env_tax_equivalents.csv").open())
    }
    ours = {
        (row.medium is Medium.AIR, row.name): row.value
        for row in pollutants(DAY)
        if row.per == "kg"
    }
    assert ours == {key: Decimal(official[key]) for key in ours}
    assert len(ours) == 105
