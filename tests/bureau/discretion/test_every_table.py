"""Every provincial table, at its lowest, its highest and a middle setting, against a second plain reading of the annex."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhihuan.bureau.discretion import LAW_RANGE, calculate, table, tables

sys.path.insert(0, str(Path(__file__).parent))
from naive_annex import (
    BASE,
    CASES,
    band_middle,
    bands,
    columns,
    header,
    legal_minimum,
    weights,
)

DAY = date(2026, 5, 1)
BY_WEIGHT = [
    number for number, case in CASES.items() if case["mode"] == "权重累加" and number != "3.33"
]
BY_BAND = [number for number in CASES if number not in BY_WEIGHT and number != "3.33"]
BASES = ("建设项目总投资额", "所需处置费用", "违法所得", "所收费用", "货值金额", "直接经济损失", "车次数")  # fmt: skip
#: Rows that a page's end broke; told apart below, by hand.
MENDED = {"1.3", "2.11", "3.13", "3.20", "3.34", "4.28", "4.31", "4.36", "4.45", "4.46", "4.47", "4.48", "4.49", "7.21"}  # fmt: skip
FLOORED = {"2.5b", "2.7b", "2.8b", "3.2b", "3.4b", "3.5b"}


def fine(number, answers, **more):
    bases = {name: Decimal(BASE) for name in BASES} | {"车次数": Decimal(1)}
    return calculate(number, answers, DAY, bases=bases, **more)


def naive_fine(number, start, most, chosen, *, is_times):
    percent = min(start + sum(weight for _level, weight in chosen), 100)
    if number in FLOORED:
        percent = max(percent, 20)
    unit = BASE if is_times else 10_000
    return max(percent / 100 * most, legal_minimum(number, most)) * unit


def test_the_annex_has_281_tables_and_all_are_read():
    assert len(tables()) == len(CASES) == 281
    assert len(BY_WEIGHT) == 45


@pytest.mark.parametrize("number", BY_WEIGHT)
@pytest.mark.parametrize("setting", ["lowest", "highest", "middle"])
def test_weights(number, setting):
    factors = weights(number)
    choose = {
        "lowest": lambda levels: min(levels, key=lambda each: each[1]),
        "highest": lambda levels: max(levels, key=lambda each: each[1]),
        "middle": lambda levels: sorted(levels, key=lambda each: each[1])[len(levels) // 2],
    }[setting]
    chosen = {name: choose(levels) for name, levels in factors.items()}
    for situation, start, most in columns(number):
        answers = {name: level for name, (level, _weight) in chosen.items()}
        is_person = situation == "个人"
        if situation and not is_person:
            answers["适用情形"] = situation
        found = fine(number, answers, person=is_person)
        formula = CASES[number]["base_formula"]
        is_times = ("倍" in formula or formula.endswith("5%")) or (
            situation == "违法所得10万元以上的"
        )
        expected = naive_fine(number, start, most, chosen.values(), is_times=is_times)
        assert float(found.amount) == pytest.approx(expected, abs=0.006)


@pytest.mark.parametrize("number", BY_WEIGHT)
def test_what_is_not_known_counts_at_the_lowest_level(number):
    lowest = {
        name: min(levels, key=lambda each: each[1])[0] for name, levels in weights(number).items()
    }
    unknown = fine(number, {})
    assert unknown.amount == fine(number, lowest).amount
    assert {
        each.factor: each.level for each in unknown.factors if each.weight is not None
    } == lowest
    assert not any(each.is_given for each in unknown.factors)


@pytest.mark.parametrize("number", [each for each in BY_BAND if each not in MENDED])
def test_every_row_of_a_band_table_gives_the_middle_of_its_band(number):
    for conditions, words in bands(number):
        answers = {
            name: told
            for name, told in zip(header(number), conditions, strict=False)
            if table(number).factor(name).level(told)
        }
        assert float(fine(number, answers).amount) == pytest.approx(band_middle(words)), words


@pytest.mark.parametrize("number", [each for each in BY_BAND if each not in {"4.28", "7.3", "7.13", "7.14", "7.17", "7.18", "7.19", "7.39"}])  # fmt: skip
def test_a_band_table_without_answers_gives_its_lowest_band(number):
    assert float(fine(number, {}).amount) == pytest.approx(
        min(band_middle(words) for _, words in bands(number))
    )


@pytest.mark.parametrize("number", ["7.3", "7.13", "7.14", "7.17", "7.18", "7.19", "7.39"])
def test_gains_that_nobody_proved_are_none(number):
    """The multiples of 违法所得 hold from 100,000 yuan of proved gains."""
    lowest = min(band_middle(words) for _, words in bands(number) if "倍" not in words)
    assert float(calculate(number, {}, DAY).amount) == lowest


@pytest.mark.parametrize(
    ("number", "answers", "yuan"),
    [
        ("1.3", {"建设项目所在区域": "限批区或环境敏感区", "整改情况": "限期内完成备案手续"}, 40_000),
        ("2.11", {"违法程度": "逾期不拆除", "排污口所在区域": "限批区或环境敏感区（水源保护区除外）", "排污情况": "有排污"}, 450_000),
        ("3.13", {"近二年同类违法行为情况": "2次以下", "排放口所在区域": "环境敏感区或限批区"}, 65_000),
        ("3.20", {"违法程度": "货值金额在300万元以上500万元以下"}, 2_750_000),
        ("3.34", {"所在区域": "环境敏感区或限批区", "违法行为持续时间": "3个月以上"}, 175_000),
        ("4.28", {"违法行为": "造成一般或者较大固体废物污染环境事故"}, 1_500_000),
        ("4.28", {"违法行为": "造成重大或者特大固体废物污染环境事故"}, 3_500_000),
        ("4.31", {"近二年同类违法行为情况": "2次以上", "整改情况": "限期内改正的"}, 30_000),
        ("4.36", {"近二年同类违法行为情况": "2次以下", "配合调查情况": "不配合调查"}, 40_000),
        ("4.45", {"违法行为": "逾期未改正", "近二年同类违法行为情况": "2次以上"}, 20_000),
        ("4.49", {"违法行为": "责令限期内改正的", "近二年同类违法行为情况": "2次以上"}, 8_750),
        ("7.21", {"违法程度": "造成重大生态环境影响或者不良社会影响的"}, 100_000),
        ("3.33", {"违法程度": "造成一般大气污染环境事故", "整改情况": "主动承担赔偿责任，且限期采取治理措施"}, 1_250_000),
        ("3.33", {"违法程度": "造成特大大气污染环境事故", "整改情况": "既未主动承担赔偿责任，也未限期采取治理措施"}, 5_000_000),
    ],
)  # fmt: skip
def test_rows_that_a_page_end_broke_are_read_as_printed(number, answers, yuan):
    found = fine(number, answers)
    assert found.amount == yuan
    assert found.within.low <= found.amount <= found.within.high


@pytest.mark.parametrize(
    "number", [n for n, c in CASES.items() if c["parse_flag"] == "check_pdf" and n != "3.33"]
)
def test_tables_to_be_compared_with_print_say_so(number):
    assert any("check_pdf" in each for each in fine(number, {}).warnings)


def test_tables_whose_law_is_not_packaged_ask_for_its_range():
    asking = [number for number in tables() if LAW_RANGE in fine(number, {}).asks]
    silent = [number for number, case in CASES.items() if not case["statutory_fine_old_law"]]
    assert set(silent) <= set(asking)
    told = fine("2.13", {}, law_range=(Decimal(100_000), Decimal(1_000_000)))
    assert LAW_RANGE not in told.asks
    assert "承办人填写" in told.statutory.words
