"""A point's drawer tells what it is and how it stands, and costs the same however much there is."""

from __future__ import annotations

import re
import time

import pytest

from zhihuan.bureau.acquisition.models import DeviceConnection
from zhihuan.bureau.registry.models import Device, Enterprise, MonitoringPoint, PointFactor, Site
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch

pytestmark = pytest.mark.django_db
ADDRESS = "/live/points/WS-001/"


def page(browser) -> str:
    response = browser.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_values_stand_beside_their_limits_and_laws(outlet, report, browser_of):
    report("w01018", 66.6)
    report("w21003", 1.5)
    text = words(page(browser_of("值班员")))
    assert "化学需氧量 w01018 66.6 mg/L" in text
    assert "≤ 50 mg/L" in text
    assert "GB 4287-2012 表2" in text
    assert "氨氮" in text


def test_a_marked_value_shows_what_the_mark_means(outlet, report, browser_of):
    report("w01018", 66.6, flag="D")
    assert "D 仪器故障" in page(browser_of("值班员"))


def test_an_exceeding_hour_is_shown_beside_the_instant(outlet, report, browser_of):
    report("w01018", 20.0)
    report("w01018", 61.0, kind=Kind.HOUR, time=int(time.time()) // 3600 * 3600 - 3600)
    text = words(page(browser_of("值班员")))
    assert "20.0 mg/L" in text
    assert "61.0 mg/L" in text
    assert "最不利值 61.0 mg/L" in text


def test_a_factor_that_is_sent_but_not_registered_is_shown_last(outlet, report, browser_of):
    report("w21011", 0.4)
    report("w01018", 20.0)
    text = words(page(browser_of("值班员")))
    assert text.index("化学需氧量") < text.index("总磷")


def test_connection_clock_and_intervals_are_told(outlet, platform_store, browser_of):
    mn = outlet.devices.get().mn
    DeviceConnection.objects.create(mn=mn, online=True, drift_seconds=-312.5)
    text = words(page(browser_of("值班员")))
    assert f"{mn} 协议版本 HJ 212-2017 连接 在线" in text
    assert "-312.5 秒" in text
    assert "实时 60 秒，分钟数据 10 分" in text


def test_events_of_the_device_are_told_in_words(outlet, platform_store, browser_of):
    batch, mn = Batch(), outlet.devices.get().mn
    for column, cell in (
        (batch.events.mn, mn),
        (batch.events.time, int(time.time() * 1000) - 5000),
        (batch.events.event, "auth_failed"),
        (batch.events.detail, "10.0.0.8"),
    ):
        column.append(cell)
    platform_store.write(batch)
    assert "密码不符 10.0.0.8" in words(page(browser_of("值班员")))


def test_a_point_without_data_says_so(outlet, platform_store, browser_of):
    text = words(page(browser_of("值班员")))
    assert "尚未收到该点位的数据" in text
    assert "近 7 天没有超标、异常或上下线记录" in text


def test_the_drawer_is_the_page_without_its_frame(outlet, report, browser_of):
    report("w01018", 20.0)
    html = browser_of("值班员").get(ADDRESS, headers={"hx-request": "true"}).content.decode()
    assert html.strip().startswith("<article")
    assert '<h2 class="point-title">' in html
    assert "<html" not in html


def test_the_chart_knows_its_factors_as_json(outlet, report, browser_of):
    report("w01018", 20.0)
    html = page(browser_of("值班员"))
    assert 'data-factor="w01018"' in html
    assert "&quot;code&quot;: &quot;w01018&quot;" in html


def test_whoever_may_not_see_commands_is_offered_none(
    outlet, platform_store, browser_of, person, client
):
    firm = Enterprise.objects.create(
        code="E", name="某厂", kind="enterprise", no_code_reason="测试", town=outlet.town
    )
    site = Site.objects.create(code="S", name="厂", enterprise=firm, town=outlet.town)
    MonitoringPoint.objects.update(site=site)
    client.force_login(person("企业用户", at=firm))
    assert "/commands/" not in page(client)
    assert "/live/points/WS-001/commands/" in page(browser_of("执法人员"))


def test_an_unknown_point_is_not_found(outlet, platform_store, browser_of):
    assert browser_of("值班员").get("/live/points/NIX/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_factors_or_data(
    outlet, report, browser_of, django_assert_max_num_queries
):
    browser = browser_of("值班员")
    for position, factor in enumerate(("w21011", "w01001", "w00000", "w01010"), start=2):
        PointFactor.objects.create(point=outlet, factor=factor, position=position)
        report(factor, 1.0)
    page(browser)
    with django_assert_max_num_queries(11):
        page(browser)


def test_a_point_without_a_device_still_has_its_page(outlet, platform_store, browser_of):
    Device.objects.all().delete()
    assert "没有登记数采仪" in page(browser_of("值班员"))
