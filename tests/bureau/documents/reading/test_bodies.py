"""Names of bodies and codes are read where labels tell them."""

from __future__ import annotations

from zhihuan.bureau.documents.reading.bodies import alike, codes_in, labelled_bodies_in


def test_the_party_is_read_behind_its_label():
    text = "当事人：中山市三角印染有限公司，地址：三角镇。受送达人：中山市三角印染有限公司"
    assert labelled_bodies_in(text) == ("中山市三角印染有限公司",)


def test_a_person_is_no_body():
    assert labelled_bodies_in("当事人：张三，男") == ()


def test_codes_are_read_by_form_and_by_label():
    assert codes_in("统一社会信用代码：91350100M000100Y43，另 9135010XM000100Y4") == (
        "91350100M000100Y43",
    )
    assert codes_in("统一社会信用代码 91350100M000") == ("91350100M000",)


def test_names_are_alike_that_differ_by_a_sign_or_two():
    assert alike("中山市三角印染有限公司", "中山三角印染有限公司")
    assert not alike("中山市三角印染有限公司", "中山市三角印染有限公司")
    assert not alike("三角印染厂", "小榄五金制品厂")


def test_a_known_name_that_goes_on_behind_its_first_ending_is_found_whole():
    text = "单位名称：沙溪污水处理厂01号 当事人：三角印染公司中山分公司"
    assert labelled_bodies_in(text, "沙溪污水处理厂01号")[0] == "沙溪污水处理厂01号"
    assert labelled_bodies_in(text, "三角印染公司中山分公司")[1] == "三角印染公司中山分公司"
    assert labelled_bodies_in(text) == ("沙溪污水处理厂", "三角印染公司")
