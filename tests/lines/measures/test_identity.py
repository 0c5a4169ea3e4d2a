"""A measure whose party is a natural person: its papers name the identity document, not a credit code that nobody has."""

from __future__ import annotations

import pytest
import test_correction_order
import test_daily_fine
from measures_walk import Walk, at, text_of

from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.taking import open_matter
from zhihuan.bureau.registry.sealing import seal

NUMBER, MASK = "449900199001010017", "4499**********0017"
STREET = "广东省中山市三角镇模拟路 2 号"
DAY = "2026-02-10"


def registered(matter, kind="person"):
    PartyIdentity.objects.create(
        matter=matter, party_kind=kind, name="王小二", document="resident_card", sealed_number=seal(NUMBER),
        shown_number=MASK, sealed_address=seal(STREET), shown_address="广东省中山市三角镇****",
    )  # fmt: skip


def of_a_person(cast, procedure, said):
    """Grown out of a case about somebody who stands in no register."""
    acting = Acting(cast.officer, at=at(DAY))
    about = {"title": "露天焚烧", "town": cast.town, "party_name": "王小二"}
    case = open_matter("penalty_case", acting, **about)
    registered(case)
    measure = open_matter(procedure, acting, **about)
    link(measure, "spawned_by", case, acting, version=measure.version)
    return Walk(cast, measure, said)


@pytest.fixture
def ordered(cast):
    walk = of_a_person(cast, "correction_order", test_correction_order.SAID)
    walk.take("propose", cast.officer, "2026-02-12")
    walk.take("decide", cast.head, "2026-02-12")
    return walk


def test_an_order_names_the_person_by_document_and_address_with_the_number_masked(ordered):
    text = text_of(ordered, "correction_order")
    for words in ("王小二", f"身份证件：居民身份证　证件号码：{MASK}", f"住址：{STREET}"):
        assert words in text
    assert NUMBER not in text
    assert "统一社会信用代码" not in text
    assert "法定代表人" not in text


def test_a_form_has_the_mask_alone(ordered):
    ordered.serve("correction_order", "2026-02-13")
    ordered.take("served", ordered.cast.officer, "2026-02-13")
    ordered.take("check_corrected", ordered.cast.officer, "2026-03-10")
    text = text_of(ordered, "check_record")
    assert f"居民身份证　{MASK}" in text
    assert NUMBER not in text
    assert "模拟路" not in text


def test_a_fine_by_the_day_is_a_penalty_and_names_the_number(cast):
    walk = of_a_person(cast, "daily_fine", test_daily_fine.SAID)
    walk.take("propose", cast.officer, "2026-03-11")
    walk.take("notify", cast.head, "2026-03-12")
    text = text_of(walk, "notice")
    assert f"证件号码：{NUMBER}" in text
    assert "统一社会信用代码" not in text


def test_of_an_individual_business_the_operator_stands_beside_the_code(cast):
    walk = Walk.opened(cast, "correction_order", DAY, test_correction_order.SAID)
    registered(walk.matter, "individual")
    walk.take("propose", cast.officer, "2026-02-12")
    walk.take("decide", cast.head, "2026-02-12")
    text = text_of(walk, "correction_order")
    assert "统一社会信用代码：无" in text
    assert f"经营者：王小二　身份证件：居民身份证　证件号码：{MASK}" in text
