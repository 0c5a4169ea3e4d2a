"""A penalty on the spot."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from case_walk import CODE_LAW, FOUND, OLD_LAW, WHY, Walk, refused

PUNISH = {
    "source": "check", "found_on": FOUND, "act_until": FOUND, "case_type": "台账不全", "place": "厂区", "identity_shown": "on",
    "facts": "未按规定保存台账。", "law_broken": CODE_LAW, "law_penalty": CODE_LAW, "defence": "无", "kinds": ["fine"],
    "fine": "3000", "received_by": "张三",
}  # fmt: skip


@pytest.fixture
def spot(cast):
    return Walk.opened(cast, code="simple_case")


def test_a_small_fine_is_decided_paid_reported_and_closed(spot):
    spot.go("punish", FOUND, **PUNISH)
    case = spot.kept()
    assert (case.number, case.fine) == ("中（三角）环当罚〔2026〕1号", Decimal(3000))
    text = spot.text_of("decision")
    for words in (
        "罚款人民币叁仟元整（￥3,000元）",
        "第五十一条",
        "jia（执法证号",
        "签收人：张三",
        "六十日内",
    ):
        assert words in text
    assert spot.clock("pay") is not None
    assert "报所属机关备案" in refused(spot, "close", "2026-09-02", **WHY)
    spot.go("report_back", "2026-09-01", reported_on="2026-09-01")
    assert "尚未缴清" in refused(spot, "close", "2026-09-02", **WHY)
    paid = {"paid_on": "2026-09-01", "receipt_number": "T"}
    assert "一次缴清" in refused(spot, "collect", "2026-09-01", amount="2000", **paid)
    spot.go("collect", "2026-09-01", amount="3000", **paid)
    assert "尚未公开" in refused(spot, "close", "2026-09-02", **WHY)
    assert spot.clock("publish").last_day == dt.date(2026, 9, 9)
    spot.go("not_published", "2026-09-02", **WHY)
    assert spot.clock("publish").outcome == "met"
    spot.go("close", "2026-09-02", **WHY)
    assert spot.kept().state == "closed"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"fine": "3000.01"}, "不得超过 3000"),
        ({"fine": "201", "is_person": "on"}, "不得超过 200"),
        ({"law_penalty": OLD_LAW}, "已于 2026-08-14 后失效"),
        ({"found_on": "2026-08-31", "act_until": "2024-08-01"}, "追责时效"),
        ({"kinds": ["warning"]}, "请选择“罚款”"),
        ({"kinds": ["stop"], "fine": ""}, "stop"),
    ],
)
def test_what_is_not_simple_is_refused(spot, said, words):
    assert words in refused(spot, "punish", FOUND, **PUNISH | said)


def test_a_warning_owes_nothing(spot):
    spot.go("punish", FOUND, **PUNISH | {"kinds": ["warning"], "fine": ""})
    assert spot.clock("pay") is None
    spot.go("report_back", "2026-09-01", reported_on="2026-09-01")
    spot.go("not_published", "2026-09-02", **WHY)
    spot.go("close", "2026-09-02", **WHY)


def test_it_goes_over_to_the_ordinary_procedure(spot):
    spot.go("to_ordinary", FOUND, **WHY)
    assert spot.kept().state == "ordinary"


def test_the_sheet_is_served_by_its_signature_and_the_party_reads_it(spot, person):
    from zhihuan.bureau.documents.seen import seen_documents
    from zhihuan.bureau.documents.serving.served import served_on

    owner = person("enterprise_user", name="owner", at=spot.cast.firm)
    assert not seen_documents(owner).exists()
    spot.go("punish", FOUND, **PUNISH)
    assert served_on(spot.matter, "decision") == dt.date(2026, 8, 31)
    (receipt,) = spot.matter.documents.get(code="decision").receipts.all()
    assert (receipt.received_by, receipt.served_by, receipt.place) == ("张三", "jia、yi", "厂区")
    assert [each.code for each in seen_documents(owner)] == ["decision"]


def test_older_conduct_is_punished_on_the_spot_when_both_laws_were_compared(spot):
    older = PUNISH | {
        "found_on": "2026-08-31",
        "act_until": "2026-08-10",
        "law_penalty": OLD_LAW,
        "law_broken": OLD_LAW,
    }
    assert "新旧法比较" in refused(spot, "punish", FOUND, **older)
    spot.go("punish", FOUND, **older, comparison="旧法较轻，从旧")
