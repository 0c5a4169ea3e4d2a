"""Reasons as text and as JSON: the same content, doubts never left out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import Confidence, parameter

EDITION = parameter("data_validity/flue_gas/minutes_per_hour").on(date(2024, 6, 1))
LAW = Basis.of(EDITION, decides="最少分钟数")
TOLD = Derivation(
    title="小时均值",
    conclusion="有效",
    basis=(LAW,),
    facts=(Fact("有效分钟数", "50", "min", "共 60"), Fact("标记", "N")),
    steps=(Step("比较", "50 ≥ 45", "有效", rounding="不修约", deciding=True),),
    cautions=("请核实",),
)


def test_the_text_has_every_part_in_order() -> None:
    lines = TOLD.text().splitlines()
    assert lines[0] == "小时均值"
    assert [line for line in lines if line.endswith("：")] == [
        "结论：", "依据：", "数据：", "步骤：", "提示：",
    ]  # fmt: skip
    assert "  1. 有效分钟数：50 min（共 60）" in lines
    assert "  2. 标记：N" in lines
    assert "  1. 比较：50 ≥ 45（不修约） → 有效【决定项】" in lines


def test_parts_without_content_are_left_out() -> None:
    bare = Derivation(title="x", conclusion="y", basis=())
    assert bare.text() == "x\n结论：\n  1. y"
    assert bare.confidence is Confidence.OFFICIAL


def test_json_says_what_the_text_says() -> None:
    told = json.loads(json.dumps(TOLD.to_json(), ensure_ascii=False))
    assert told["conclusion"] == "有效"
    assert told["basis"][0]["standard"] == EDITION.reference.title
    assert told["basis"][0]["in_force_until"] is None
    assert told["facts"][0] == {
        "name": "有效分钟数",
        "value": "50",
        "unit": "min",
        "remark": "共 60",
    }
    assert told["steps"][0]["deciding"] is True
    assert told["cautions"] == ["请核实"]


def test_doubtful_law_is_a_caution_and_sets_the_confidence() -> None:
    doubtful = replace(LAW, confidence=Confidence.UNCONFIRMED, in_force_until=date(2025, 12, 31))
    told = replace(TOLD, basis=(LAW, doubtful), cautions=())
    assert told.confidence is Confidence.UNCONFIRMED
    assert "未经正式文本证实" in told.text()
    assert "至 2025-12-31" in told.text()
    assert len(told.to_json()["cautions"]) == 1  # type: ignore[arg-type]


def test_a_forced_edition_says_so() -> None:
    forced = Basis.of(EDITION, decides="x", forced=True)
    assert "由使用者指定采用" in forced.text()
    assert forced.to_json()["forced"] is True


def test_law_that_nobody_checked_does_not_claim_a_day() -> None:
    unchecked = replace(LAW, last_checked=None)
    assert "核查" not in unchecked.text()
    assert unchecked.to_json()["last_checked"] is None


def test_a_missing_datum_has_no_unit() -> None:
    assert Fact("PM2.5", "缺测", "µg/m³").text() == "PM2.5：缺测"


def test_what_the_platform_sets_itself_is_said_to_be_set_and_not_to_lack_its_text() -> None:
    own = Basis.of(parameter("exceedance/large").on(date(2026, 6, 1)), decides="大幅超标")
    told = replace(TOLD, basis=(own,), cautions=())
    assert told.to_json()["cautions"] == ["大幅超标：平台设定，无法规出处，由生态环境局确定"]
    assert "证实" not in told.text()
    assert told.confidence is Confidence.UNCONFIRMED


def test_law_without_a_clause_leaves_no_gap_before_the_colon() -> None:
    bare = replace(LAW, standard="某许可证", clause="", confidence=Confidence.UNCONFIRMED)
    told = replace(TOLD, basis=(bare,), cautions=())
    assert told.to_json()["cautions"] == ["某许可证：未经正式文本证实"]
    assert "某许可证（" in told.text()


def test_what_a_permit_says_is_told_as_registered_and_where_to_compare_it() -> None:
    permit = "排污许可证 914420001V（GB 13223-2011）"
    registered = replace(LAW, standard=permit, clause="表1", confidence=Confidence.REGISTERED)
    told = replace(TOLD, basis=(registered,), cautions=())
    says = f"{permit} 表1：按排污许可证登记，请与许可证副本载明的许可排放浓度限值核对"
    assert told.to_json()["cautions"] == [says]
    assert "按排污许可证登记" in registered.text()
    assert "证实" not in told.text()
    assert told.confidence is Confidence.REGISTERED
    assert Derivation.from_json(told.to_json()) == told
    kept = told.to_json()
    kept["basis"] = [{**registered.to_json(), "confidence": "unconfirmed"}]
    kept["cautions"] = ["请核实", f"{permit} 表1：未经正式文本证实"]
    assert Derivation.from_json(kept).to_json()["cautions"] == ["请核实", says], "as kept before"


def test_doubts_that_were_kept_in_earlier_words_are_told_once_in_those_of_today() -> None:
    own = Basis.of(parameter("exceedance/large").on(date(2026, 6, 1)), decides="大幅超标")
    kept = replace(TOLD, basis=(own,)).to_json()
    kept["cautions"] = ["请核实", "平台设定 无法规出处，由生态环境局确定：未经正式文本证实"]
    assert Derivation.from_json(kept).to_json()["cautions"] == [
        "请核实",
        "大幅超标：平台设定，无法规出处，由生态环境局确定",
    ]
