"""The search page and its suggestions: who finds what, in which words, at what cost."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.registry.models import Contact, Enterprise, Site

PAGE, SUGGEST = "/search/", "/search/suggestions/"


@pytest.fixture
def city(db):
    from zhihuan.bureau.places.city import find_town

    made = []
    for number, (name, town) in enumerate(
        [("宏达印染厂", "三角镇"), ("长江电镀厂", "小榄镇"), ("重庆五金<b>厂", "小榄镇")]
    ):
        made.append(
            Enterprise.objects.create(
                code=f"QY{number}", name=name, kind="enterprise", no_code_reason="模拟",
                town=find_town(town), address=f"{town}福源路{number}号",
            )
        )  # fmt: skip
        Site.objects.create(
            code=f"S{number}", name=f"{name}厂区", enterprise=made[-1], town=find_town(town)
        )
    Contact.objects.create(enterprise=made[0], name="张三丰", phone="13812345678", duty="环保主任")
    return made


@pytest.fixture
def sign_in(person):
    def make(role, at=None):
        browser = Client()
        browser.force_login(person(role, name=f"{role}-{at.pk if at else 0}", at=at))
        return browser

    return make


def hits(browser, query, path=PAGE):
    """Addresses of what was found."""
    text = browser.get(path, query).content.decode()
    return re.findall(r'href="(/registry/[^"]+/[^"]+/)"', text.partition("<main")[2] or text)


def test_the_best_of_each_kind_with_its_count(city, sign_in):
    text = sign_in("registrar").get(PAGE, {"q": "福源路"}).content.decode()
    assert "3 条" in text
    assert "<mark>福源路</mark>0号" in text
    assert hits(sign_in("registrar"), {"q": "hdyr"}) == [
        "/registry/enterprises/QY0/",
        "/registry/sites/S0/",
    ]


def test_names_are_text_whatever_is_in_them(city, sign_in):
    text = sign_in("registrar").get(PAGE, {"q": "五金"}).content.decode()
    assert "<mark>五金</mark>&lt;b&gt;厂" in text


def test_what_was_typed_comes_back_as_text(city, sign_in):
    text = sign_in("registrar").get(PAGE, {"q": '"><script>x'}).content.decode()
    assert "<script>x" not in text
    assert "没有找到" in text


def test_one_kind_is_leafed_through_page_by_page(sign_in, city):
    from zhihuan.bureau.places.city import find_town

    town = find_town("三角镇")
    Site.objects.bulk_create(
        [Site(code=f"P{n:02d}", name="同名厂区", town=town) for n in range(45)]
    )
    browser, seen = sign_in("registrar"), []
    for page in (1, 2, 3):
        seen += hits(browser, {"q": "同名", "kind": "sites", "page": page})
    assert seen == [f"/registry/sites/P{n:02d}/" for n in range(45)]
    assert "共 45 条" in browser.get(PAGE, {"q": "同名", "kind": "sites"}).content.decode()


def test_an_enterprise_finds_itself_and_nothing_of_others(city, sign_in):
    browser = sign_in("enterprise_user", at=city[0])
    assert hits(browser, {"q": "福源路"}) == ["/registry/enterprises/QY0/"]
    for path in (PAGE, SUGGEST):
        text = browser.get(path, {"q": "福源路"}).content.decode()
        assert "长江" not in text
        assert hits(browser, {"q": "cjdd"}, path) == []
    assert hits(browser, {"q": "电镀", "kind": "enterprises"}) == []


def test_those_without_any_right_find_nothing(city, sign_in):
    assert hits(sign_in("audit_administrator"), {"q": "印染"}) == []


def test_strangers_are_asked_to_sign_in(client):
    for path in (PAGE, SUGGEST):
        assert "/accounts/login/" in client.get(path, {"q": "印染"})["Location"]


def test_a_number_finds_the_enterprise_masked_and_that_is_written_down(city, sign_in):
    browser = sign_in("registrar")
    text = browser.get(PAGE, {"q": "13812345678"}).content.decode()
    main = text.partition("<main")[2]
    assert "宏达印染厂" in main
    assert "138****5678" in main
    assert "张三丰" not in main
    entry = AuditEntry.objects.get(action="search.personal")
    assert entry.detail == {"found": [Contact.objects.get().pk]}
    assert "13812345678" not in str(entry.detail) + entry.subject
    assert hits(sign_in("leader"), {"q": "13812345678"}) == []
    assert AuditEntry.objects.filter(action="search.personal").count() == 1


def test_suggestions_are_options_with_ids_of_their_own(city, sign_in):
    text = sign_in("registrar").get(SUGGEST, {"q": "福源", "box": "phone-q"}).content.decode()
    options = re.findall(r'role="option"[^>]* id="([^"]+)"', text)
    assert len(options) == len(set(options)) == 4
    assert all(each.startswith("phone-q-option-") for each in options)
    assert 'href="/search/?q=%E7%A6%8F%E6%BA%90"' in text
    assert "<html" not in text


def test_a_box_that_is_not_ours_names_nothing(city, sign_in):
    text = sign_in("registrar").get(SUGGEST, {"q": "福源", "box": '"><b>'}).content.decode()
    assert "<b>" not in text


def test_nothing_typed_asks_nothing(sign_in, db):
    browser = sign_in("registrar")
    assert browser.get(SUGGEST, {"q": " "}).content.decode().strip() == ""
    assert "可输入名称" in browser.get(PAGE).content.decode()


def test_an_unknown_kind_and_page_are_forgiven(city, sign_in):
    browser = sign_in("registrar")
    assert browser.get(PAGE, {"q": "印染", "kind": "nothing"}).status_code == 200
    assert hits(browser, {"q": "印染", "kind": "sites", "page": "zzz"}) == ["/registry/sites/S0/"]


def test_it_costs_as_many_queries_however_much_is_found(city, sign_in):
    from zhihuan.bureau.places.city import find_town

    browser = sign_in("registrar")
    hits(browser, {"q": "厂"})
    with CaptureQueriesContext(connection) as few:
        hits(browser, {"q": "厂"})
    town = find_town("三角镇")
    Site.objects.bulk_create([Site(code=f"P{n:02d}", name="多厂区", town=town) for n in range(60)])
    hits(browser, {"q": "厂"})  # the header's memory of the registry is read anew
    with CaptureQueriesContext(connection) as many:
        hits(browser, {"q": "厂"})
    assert len(many) == len(few)
    assert len(many) <= 12


def test_the_box_stands_in_the_header_and_works_without_script(city, sign_in):
    text = sign_in("registrar").get("/registry/enterprises/").content.decode()
    assert '<form class="search" method="get" action="/search/" role="search"' in text
