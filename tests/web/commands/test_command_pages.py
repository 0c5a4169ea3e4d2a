"""Ordering from the page, and following the exchange."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from zhihuan.bureau.acquisition import ordering
from zhihuan.bureau.acquisition.models import CommandStep, DeviceCommand
from zhihuan.bureau.acquisition.outbox import CommandTable
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people import actions
from zhihuan.bureau.people.actions import Action, Reach
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.roles import DUTY_OFFICER
from zhihuan.bureau.places.city import find_town
from zhihuan.hj212.orders import orders
from zhihuan.telemetry.ports import ExchangeStep, Step

pytestmark = pytest.mark.django_db
MN = "44200012345678901234ABCD"


def address(code: str) -> str:
    return f"/commands/order/{MN}/{code}/"


def test_a_form_asks_for_what_the_standard_asks_for(outlet, platform_store, browser_of):
    html = browser_of("值班员").get(address("AskHourData")).content.decode()
    assert html.count('type="datetime-local"') == 2
    assert "起止均为时段起点" in html
    assert "命令编码 2061" in html


def test_an_order_goes_from_the_form_to_the_outbox(outlet, platform_store, browser_of):
    form = {
        "p-begin": "2026-05-03T08:00",
        "p-end": "2026-05-03T10:00",
        "reason": "补传上午数据",
    }
    response = browser_of("值班员").post(address("AskHourData"), form)
    command = DeviceCommand.objects.get()
    assert response["Location"] == f"/commands/{command.pk}/"
    assert command.cp == "BeginTime=20260503080000;EndTime=20260503100000"
    (due,) = CommandTable().due([MN])
    assert (due.cn, due.ordered_by, due.reason) == ("2061", "值班员", "补传上午数据")
    assert AuditEntry.objects.get().address == "127.0.0.1"


@pytest.mark.parametrize(
    ("code", "form", "words"),
    [
        ("SetRealTimeInterval", {"p-interval_seconds": "5", "reason": "x"}, "不能小于 30"),
        ("SetRealTimeInterval", {"p-interval_seconds": "abc", "reason": "x"}, "须为整数"),
        ("SetRealTimeInterval", {"p-interval_seconds": "60", "reason": ""}, "下达理由"),
        ("AskHourData", {"p-begin": "2026-05-03T08:00", "reason": "x"}, "截止时间"),
        ("SampleNow", {"p-instrument": "w99999", "reason": "x"}, "仪器"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_sent(
    outlet, platform_store, browser_of, code, form, words
):
    response = browser_of("值班员").post(address(code), form)
    assert response.status_code == 200
    html = response.content.decode()
    assert "请更正后重新提交" in html
    assert words in html
    assert not DeviceCommand.objects.exists()


def test_every_order_has_a_form_that_opens(outlet, platform_store, browser_of):
    browser = browser_of("档案管理员")
    page = browser.get("/live/points/WS-001/commands/").content.decode()
    offered = [each.code for each in orders() if address(each.code) in page]
    assert len(offered) > 20
    for code in offered:
        assert browser.get(address(code)).status_code == 200, code


def test_field_officers_see_commands_and_give_none(outlet, platform_store, browser_of):
    browser = browser_of("执法人员")
    page = browser.get("/live/points/WS-001/commands/")
    assert page.status_code == 200
    assert "下达命令" not in page.content.decode()
    assert browser.get(address("AskClock")).status_code == 403
    assert browser.post(address("AskClock"), {"reason": "x"}).status_code == 403


def test_sensitive_orders_are_for_administrators(outlet, platform_store, browser_of):
    browser = browser_of("值班员")
    form = {"p-password": "654321", "reason": "更换"}
    assert browser.post(address("SetPassword"), form)["Location"].endswith("/WS-001/commands/")
    assert not DeviceCommand.objects.exists()
    browser_of("档案管理员").post(address("SetPassword"), form)
    assert DeviceCommand.objects.get().cp == "NewPW=654321"


def test_a_command_the_device_does_not_know_is_not_offered(outlet, platform_store, browser_of):
    response = browser_of("档案管理员").get(address("RetainSampleNow"), follow=True)
    assert "协议版本没有" in response.content.decode()


@pytest.fixture
def exchange(outlet):
    command = DeviceCommand(
        device=outlet.devices.get(), mn=MN, code="1011", reason="核对", orderer="张三",
        expires_at=timezone.now() + timezone.timedelta(minutes=30),
    )  # fmt: skip
    command.cp = ""
    command.save()
    table, pk, now = CommandTable(), str(command.pk), timezone.now()
    table.claim(pk, "gw")
    table.record(pk, ExchangeStep(at=now, step=Step.SENT, raw=b"##0088QN=1;PW=123456;CN=1011"))
    table.record(pk, ExchangeStep(at=now, step=Step.QN_RTN, code=1, raw=b"##9011"))
    table.record(pk, ExchangeStep(at=now, step=Step.EXE_RTN, code=3, raw=b"##9012"))
    table.finish(pk, ExchangeStep(at=now, step=Step.FAILED, detail="执行条件错误"))
    return command


def test_every_step_is_shown_with_its_meaning_and_no_password(exchange, platform_store, browser_of):
    html = browser_of("执法人员").get(f"/commands/{exchange.pk}/").content.decode()
    for words in ("提取现场机时间", "平台 → 设备", "设备 → 平台", "1（准备执行请求）", "未成功"):
        assert words in html, words
    assert "PW=******" in html
    assert "PW=123456" not in html
    assert html.index("##0088") < html.index("##9011") < html.index("##9012")


def test_an_exchange_under_way_refreshes_itself_and_a_closed_one_rests(
    exchange, platform_store, browser_of
):
    browser = browser_of("值班员")
    assert "every 2s" not in browser.get(f"/commands/{exchange.pk}/").content.decode()
    DeviceCommand.objects.update(status="claimed")
    html = browser.get(f"/commands/{exchange.pk}/", headers={"hx-request": "true"}).content.decode()
    assert html.strip().startswith("<section")
    assert "every 2s" in html


def test_a_waiting_order_can_be_withdrawn(exchange, platform_store, browser_of):
    DeviceCommand.objects.update(status="queued")
    browser = browser_of("值班员")
    assert "撤销命令" in browser.get(f"/commands/{exchange.pk}/").content.decode()
    response = browser.post(f"/commands/{exchange.pk}/cancel/", follow=True)
    assert "命令已撤销" in response.content.decode()
    again = browser.post(f"/commands/{exchange.pk}/cancel/", follow=True)
    assert "不能撤销" in again.content.decode()


@pytest.mark.parametrize("steps", [1, 40])
def test_the_number_of_queries_does_not_grow_with_steps_or_commands(
    exchange, platform_store, browser_of, steps, django_assert_max_num_queries
):
    now = timezone.now()
    CommandStep.objects.bulk_create(
        [CommandStep(command=exchange, step="data", at=now) for _ in range(steps)]
    )
    browser = browser_of("值班员")
    browser.get("/live/")
    with django_assert_max_num_queries(8):
        browser.get(f"/commands/{exchange.pk}/")
    with django_assert_max_num_queries(8):
        browser.get("/commands/")


@pytest.fixture
def branch_officer(person, monkeypatch):
    """``branch_officer("小榄镇")``: an officer of that town's branch, were orders a matter of territory."""

    def make(town: str):
        for permission in ("view_devicecommand", "order_devicecommand"):
            code = f"acquisition.{permission}"
            action = Action(code, "", {DUTY_OFFICER: Reach.TERRITORY})
            monkeypatch.setitem(actions._declared, code, action)
        branch = Organisation.objects.create(name=f"{town}分局", kind="branch")
        branch.towns.add(find_town(town))
        return person("值班员", name=town, at=branch)

    return make


def test_orders_and_devices_out_of_reach_are_not_found(
    outlet, platform_store, branch_officer, client
):
    device = outlet.devices.get()
    placed = DeviceCommand.objects.create(
        device=device, mn=MN, code="1011", reason="核对", expires_at=timezone.now()
    )
    form = {"reason": "校时"}
    for town, is_near in (("三角镇", True), ("小榄镇", False)):
        client.force_login(branch_officer(town))
        assert (f"/commands/{placed.pk}/" in client.get("/commands/").content.decode()) is is_near
        found = 200 if is_near else 404
        assert client.get(f"/commands/{placed.pk}/").status_code == found
        assert client.get(address("AskClock")).status_code == found
        assert client.post(address("AskClock"), form).status_code == (302 if is_near else 404)
        cancelled = client.post(f"/commands/{placed.pk}/cancel/")
        assert cancelled.status_code == (302 if is_near else 404)
    assert DeviceCommand.objects.count() == 2


def test_what_is_out_of_reach_is_refused_below_the_pages_too(outlet, branch_officer):
    device, far = outlet.devices.get(), branch_officer("小榄镇")
    assert ordering.orders_for(device, far) == ()
    with pytest.raises(PermissionDenied):
        ordering.place(device, "AskClock", {}, ordering.Giver(far, "校时"))
