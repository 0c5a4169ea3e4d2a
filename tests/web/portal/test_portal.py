"""The page an enterprise's people begin at: theirs alone, with what is open and what is allowed."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhihuan.bureau.inbox.risk import Stage
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import (
    Contact,
    Device,
    Enterprise,
    MonitoringPoint,
    Permit,
    PermitTotal,
    PointFactor,
    PointLimit,
    Site,
)
from zhihuan.web.portal import page

PAGE = "/portal/"


@pytest.fixture(autouse=True)
def _store(platform_store):
    from zhihuan.bureau.registry.quality import check

    check.forget()


@pytest.fixture
def works(db):
    def make(number, ends=dt.timedelta(days=900)):
        town, today = find_town("三角镇"), timezone.localdate()
        row = Enterprise.objects.create(
            code=f"QY{number}", name=f"第{number}印染厂", kind=Organisation.Kind.ENTERPRISE, town=town,
            no_code_reason="模拟", industry="1713", level="key",
        )  # fmt: skip
        Contact.objects.create(enterprise=row, name="张三", phone="13800000000", verified_on=today)
        permit = Permit.objects.create(
            enterprise=row,
            number=f"PERMIT{number}",
            valid_from="2020-01-01",
            valid_until=today + ends,
        )
        PermitTotal.objects.create(permit=permit, factor="w01018", year=today.year, tonnes="12.5")
        site = Site.objects.create(code=f"S{number}", name="厂区", enterprise=row, town=town)
        point = MonitoringPoint.objects.create(
            code=f"WS-{number}", name=f"总排口{number}", kind="wastewater", site=site, town=town,
            lon=town.lon, lat=town.lat,
        )  # fmt: skip
        PointFactor.objects.create(point=point, factor="w01018")
        PointLimit.objects.create(
            point=point,
            factor="w01018",
            kind="hour",
            upper=80,
            basis="GB 4287-2012",
            valid_from="2020-01-01",
        )
        PointLimit.objects.create(
            point=point, factor="w01018", kind="hour", upper=777, basis="旧标准", valid_from="2010-01-01",
            valid_until="2019-12-31",
        )  # fmt: skip
        Device.objects.create(mn=f"4420000000{number:04d}", point=point)
        return row

    return make


@pytest.fixture
def as_of_enterprise(person):
    def sign_in(row):
        browser = Client()
        browser.force_login(person("enterprise_user", name=f"e{row.pk}", at=row))
        return browser

    return sign_in


def text_of(browser, path=PAGE):
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_one_s_own_outlets_limits_and_file_and_nothing_of_others(works, as_of_enterprise):
    own, _other = works(1), works(2)
    text = text_of(as_of_enterprise(own))
    for each in (
        "总排口1",
        "离线",
        "化学需氧量（w01018）",
        "80",
        "mg/L",
        "GB 4287-2012",
        "12.5",
        "/registry/enterprises/QY1/",
    ):
        assert each in text, each
    assert '<div class="as-blocks"><div class="table-box"' in "".join(text.split("\n")), (
        "on a phone: blocks"
    )
    assert "执行起始日" in text
    assert "t/年" in text
    assert '<h2 id="totals">本年许可排放量</h2>' in text, "a table of its own has a head of its own"
    for each in ("总排口2", "第2印染厂", "777"):
        assert each not in text, each
    assert "第2印染厂" not in text_of(as_of_enterprise(own), f"{PAGE}?enterprise=QY2")


def test_what_an_outlet_says_now(works, as_of_enterprise, report):
    own = works(1)
    report("w01018", 99.5, mn=Device.objects.get().mn)
    from zhihuan.web.live.board import board

    board().forget()
    text = text_of(as_of_enterprise(own))
    assert "99.5" in text


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (-1, "排污许可证已过期"),
        (80, "排污许可证即将届满"),
        (30, "第十四条"),
        (900, "没有待改正的内容"),
    ],
)
def test_a_permit_that_ends_is_a_duty_in_time(works, as_of_enterprise, ends, words):
    assert words in text_of(as_of_enterprise(works(1, dt.timedelta(days=ends))))


def test_wrong_contacts_and_missing_data_are_duties_with_their_remedy(works, as_of_enterprise):
    own = works(1)
    Contact.objects.update(doubt="停机")
    Enterprise.objects.update(industry="")
    text = text_of(as_of_enterprise(own))
    assert "联系方式存疑" in text
    assert text.count("去处理") == 2
    assert "停机" not in text


def test_an_enterprise_s_people_begin_there_and_nobody_else(works, as_of_enterprise, browser_of):
    assert as_of_enterprise(works(1)).get("/")["Location"] == PAGE
    assert browser_of("值班员").get("/")["Location"] != PAGE


def test_officers_have_no_portal(works, browser_of, client):
    assert client.get(PAGE).status_code == 302
    for role in ("值班员", "档案管理员", "局领导"):
        assert browser_of(role).get(PAGE).status_code == 403


def test_as_many_queries_for_one_outlet_as_for_many(works, as_of_enterprise):
    own = works(1)
    browser = as_of_enterprise(own)
    text_of(browser)
    with CaptureQueriesContext(connection) as few:
        text_of(browser)
    site = Site.objects.get()
    for number in range(12):
        MonitoringPoint.objects.create(
            code=f"M{number}",
            name="口",
            kind="wastewater",
            site=site,
            town=site.town,
            lon=113.4,
            lat=22.6,
        )
    text_of(browser)
    with CaptureQueriesContext(connection) as many:
        text_of(browser)
    assert len(many) == len(few) <= 20


def test_what_only_the_bureau_owes_presses_nobody_there(db, monkeypatch):
    rows = [SimpleNamespace(stage=each) for each in Stage]
    monkeypatch.setattr(page, "page_for", lambda *_asked: SimpleNamespace(rows=rows))
    monkeypatch.setattr(page, "shown", lambda waiting, *_more: waiting)
    told = [each.stage for each in page._to_dos(user=None)]
    assert told == [Stage.PRESSING, Stage.RUNNING, Stage.UNTIMED]
