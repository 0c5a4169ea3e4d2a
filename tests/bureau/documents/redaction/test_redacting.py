"""What must not be published is hidden, what must stay stays, and nothing the rules find is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.documents.redaction.addresses import to_the_town
from zhihuan.bureau.documents.redaction.names import pseudonyms
from zhihuan.bureau.documents.redaction.redacting import MASK, Known, names_told, redact
from zhihuan.bureau.documents.redaction.rule import redaction_rules, rules_from
from zhihuan.bureau.people.credit_code import check_character, is_consistent

# a credit code without a letter looks like a number of a card; its check character tells it
ALL_DIGITS = next(
    code
    for n in range(100)
    if is_consistent(code := (body := f"914420000000000{n:02d}") + check_character(body))
    and code.isdigit()
)
CASES = [
    ("身份证号码：442000199001011234。", "身份证号码：****。"),
    ("（442000199001011234）", "（****）"),
    ("身份证 44200019900101123X 号", "身份证 **** 号"),
    ("护照号码：E12345678", "护照号码：****"),
    ("港澳居民来往内地通行证号码：H12345678", "港澳居民来往内地通行证号码：****"),
    ("电话13800138000", "电话****"),
    ("+86 138-0013-8000，", "****，"),
    ("0760-88123456转8", "****转8"),
    ("（0760）88123456", "****"),
    ("联系电话：8812 3456", "联系电话：****"),
    ("账号：2011 0212 0900 1234 567", "账号：****"),
    ("卡号 6222021234567890123", "卡号 ****"),
    ("转入6222021234567890123账户", "转入****账户"),
    ("邮箱zhang.san@example.com", "邮箱****"),
    ("微信号：zhang_san88", "微信号：****"),
    ("粤T12345货车", "****货车"),
    ("粤A·D12345", "****"),
    ("1990年1月1日出生", "****出生"),
    ("出生日期：1990年1月1日", "出生日期：****"),
    ("住址：广东省中山市三角镇金三大道东12号。", "住址：广东省中山市三角镇。"),
    ("家住中山市石岐街道悦来南路8号之一", "家住中山市石岐街道"),
    ("住址：湖南省衡阳市蒸湘区某路1号", "住址：湖南省衡阳市蒸湘区"),
    ("户籍地：幸福路88号", "户籍地：****"),
    ("法定代表人：张三", "法定代表人：张某"),
    ("法定代表人（负责人）：欧阳娜娜，", "法定代表人（负责人）：欧阳某，"),
    ("负责人：张三在场陈述，张三确认", "负责人：张某在场陈述，张某确认"),
    ("该公司法定代表人王五于当日到场", "该公司法定代表人王某于当日到场"),
    ("被询问人：阿凡提·买买提", "被询问人：阿某"),
    ("联系人 John Smith", "联系人 J某"),
    ("分局负责人（执法证号 44-1）　签收人：张三", "分局负责人（执法证号 44-1）　签收人：张某"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "public"), CASES)
def test_each_kind_is_hidden(text, public):
    assert redact(text).text == public


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：91350100M000100Y43",
        f"（{ALL_DIGITS}）",
        "中环罚字〔2026〕12号",
        "处罚款30,000元（叁万元整）",
        "2026年8月15日，排放浓度 123.45 mg/L",
        "负责人批准，报负责人审核同意，负责人方可批准执行",
        "拨打 12369、12345 举报",
        "《排污许可管理条例》第三十三条",
        "备案编号 442000-2026-001-L",
    ],
)
def test_what_is_public_stays(text):
    assert redact(text).text == text


def test_two_persons_who_would_be_called_alike_are_told_apart():
    text = "法定代表人：张三。见证人：张四。联系人：李五。"
    assert redact(text).text == "法定代表人：张某1。见证人：张某2。联系人：李某。"


def test_a_known_name_is_hidden_wherever_it_stands():
    assert (
        redact("经询问李四，其称……李四确认", Known(names=("李四",))).text
        == "经询问李某，其称……李某确认"
    )


def test_a_name_within_what_must_stay_stays():
    known = Known(names=("张三",), keep=("中山市张三五金店",))
    text = "当事人中山市张三五金店，经营者张三"
    assert redact(text, known).text == "当事人中山市张三五金店，经营者张某"


def test_the_bureaus_own_number_stays_when_told():
    known = Known(keep=("0760-88123456",))
    assert redact("电话0760-88123456，13800138000", known).text == "电话0760-88123456，****"


def test_a_known_address_is_cut_wherever_it_stands():
    known = Known(addresses=("中山市三角镇金三大道东12号",))
    assert redact("在中山市三角镇金三大道东12号被查获", known).text == "在中山市三角镇被查获"


def test_what_was_hidden_is_told_with_its_place():
    text = "法定代表人：张三，电话13800138000"
    hidden = redact(text).hidden
    assert [(each.rule, text[each.at : each.end], each.instead) for each in hidden] == [
        ("name", "张三", "张某"),
        ("mobile", "13800138000", MASK),
    ]


def test_redacting_again_changes_nothing():
    for text, public in CASES:
        assert redact(public).text == public, text


@given(
    st.lists(
        st.one_of(
            st.sampled_from([text for text, _public in CASES]),
            st.text("，。：张三李四0123456789xX电话身份证住址中山市镇 （）-", max_size=12),
        ),
        max_size=6,
    ).map("".join)
)
def test_no_mobile_number_or_identity_number_survives_whatever_stands_around(text):
    public = redact(text).text
    patterns = [rule for rule in redaction_rules() if rule.code in {"mobile", "id_card"}]
    for rule in patterns:
        assert not list(rule.finds(public)), public


@given(st.text("张三李四欧阳，。：法定代表人在场 ", max_size=40), st.sampled_from(["张三", "李四"]))
def test_a_known_name_never_survives(text, name):
    assert name not in redact(text, Known(names=(name,))).text


def test_names_told_by_labels_are_found_over_all_paragraphs():
    assert names_told(["法定代表人：张三", "见证人：李四", "联系人：张三"]) == ["张三", "李四"]


def test_pseudonyms_keep_compound_surnames():
    assert pseudonyms(["司马光", "司马懿", "司马"]) == {
        "司马光": "司马某1",
        "司马懿": "司马某2",
        "司马": "司某",
    }


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("广东省中山市三角镇金三大道东12号", "广东省中山市三角镇"),
        ("中山市五桂山街道办事处长命水村", "中山市五桂山街道办事处"),
        ("广州市天河区体育西路1号", "广州市天河区"),
        ("某路12号", ""),
    ],
)
def test_addresses_end_at_the_town(address, public):
    assert to_the_town(address) == public


def test_every_packaged_rule_has_its_basis():
    for rule in redaction_rules():
        assert rule.basis
        assert rule.title


@pytest.mark.parametrize(
    "entry",
    [
        {"title": "x", "basis": "b", "confidence": "official"},
        {"title": "x", "basis": "b", "confidence": "official", "pattern": "a", "form": "name"},
        {"title": "x", "basis": "b", "confidence": "official", "pattern": "a", "colour": "red"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(entry):
    with pytest.raises(ValueError):
        rules_from({"x": entry})
