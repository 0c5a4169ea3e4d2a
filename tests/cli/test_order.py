"""``zhihuan order``: the same outbox, rights and audit as the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from zhihuan.bureau.acquisition.models import CommandStep, DeviceCommand
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.cli.order import command

pytestmark = pytest.mark.django_db

Order = Callable[..., Result]


@pytest.fixture
def duty(person: Any) -> Any:
    return person("值班员", name="duty")


@pytest.fixture
def mn(outlet: Any) -> str:
    return str(outlet.devices.get().mn)


@pytest.fixture
def order(duty: Any) -> Order:
    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(command, [*arguments, "--as", "duty"], input=typed)

    return run


def test_what_can_be_ordered_is_listed_with_its_parameters(order: Order, mn: str) -> None:
    done = order("list", mn)
    assert done.exit_code == 0, done.output
    assert "AskHourData" in done.output
    assert "begin=  开始时间" in done.output


def test_an_order_waits_in_the_outbox_and_is_audited(order: Order, mn: str) -> None:
    span = ("begin=2026-05-03T08:00", "end=2026-05-03T10:00")
    done = order("give", mn, "AskHourData", *span, "--reason", "核对小时数据")
    assert done.exit_code == 0, done.output
    placed = DeviceCommand.objects.get()
    assert placed.cp == "BeginTime=20260503080000;EndTime=20260503100000"
    assert (placed.reason, placed.orderer) == ("核对小时数据", "duty")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("command.order", f"device:{mn}")
    assert "@" in entry.address


def test_what_the_standard_forbids_is_told_by_parameter(order: Order, mn: str) -> None:
    done = order("give", mn, "SetRealTimeInterval", "interval_seconds=5", "--reason", "x")
    assert done.exit_code == 1
    assert "interval_seconds" in done.output
    assert "不能小于 30" in done.output
    assert not DeviceCommand.objects.exists()


def test_who_may_not_order_is_refused(person: Any, outlet: Any, mn: str) -> None:
    person("执法人员", name="field")
    given = ["give", mn, "AskClock", "--reason", "x", "--as", "field"]
    done = CliRunner().invoke(command, given)
    assert done.exit_code == 1
    assert not DeviceCommand.objects.exists()


def test_an_account_or_device_that_is_not_there_is_told(order: Order, mn: str) -> None:
    assert "no device NOBODY" in order("give", "NOBODY", "AskClock", "--reason", "x").output
    done = CliRunner().invoke(command, ["list", mn, "--as", "ghost"])
    assert "no active account 'ghost'" in done.output


def test_a_new_password_is_asked_for_and_never_taken_from_the_line(
    person: Any, outlet: Any, mn: str
) -> None:
    person("档案管理员", name="admin")
    given = ["give", mn, "SetPassword", "--reason", "x", "--as", "admin"]
    refused = CliRunner().invoke(command, [*given, "password=654321"])
    assert refused.exit_code == 2
    assert not DeviceCommand.objects.exists()
    done = CliRunner().invoke(command, given, input="654321\n")
    assert done.exit_code == 0, done.output
    assert DeviceCommand.objects.get().cp == "NewPW=654321"
    assert "654321" not in done.output


def test_the_exchange_is_shown_step_by_step(order: Order, mn: str) -> None:
    order("give", mn, "AskClock", "--reason", "核对时钟")
    placed = DeviceCommand.objects.get()
    CommandStep.objects.create(command=placed, step="sent", qn="20260601120000001")
    CommandStep.objects.create(command=placed, step="qn_rtn", code=1, detail="准备执行请求")
    DeviceCommand.objects.update(status="done", qn_rtn=1, exe_rtn=1, outcome="执行成功")
    done = order("show", str(placed.pk))
    assert done.exit_code == 0, done.output
    first, sent, answered, end = done.output.splitlines()
    assert "核对时钟" in first
    assert "已发送" in sent
    assert "请求应答  1  准备执行请求" in answered
    assert end == "已完成  QnRtn=1 ExeRtn=1  执行成功"


def test_following_ends_with_status_1_while_the_device_has_not_done_it(
    order: Order, mn: str
) -> None:
    done = order("give", mn, "AskClock", "--reason", "核对时钟", "--wait", "0.01")
    assert done.exit_code == 1
    assert "待下发" in done.output
