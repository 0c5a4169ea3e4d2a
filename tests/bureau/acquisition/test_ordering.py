"""An order is checked against the standard, needs a reason and the right, and leaves a trail."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from zhihuan.bureau.acquisition.models import DeviceCommand
from zhihuan.bureau.acquisition.ordering import SENSITIVE, Giver, cancel, orders_for, place
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.registry.models import Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(person):
    return Giver(person("值班员"), reason="核对时钟", address="10.0.0.8")


def give(outlet, code, values, giver):
    return place(outlet.devices.get(), code, values, giver)


def test_an_order_waits_in_the_outbox_as_it_will_travel(outlet, duty):
    span = {"begin": "2026-05-03T08:00", "end": "2026-05-03T10:00"}
    command = give(outlet, "AskHourData", span, duty)
    again = DeviceCommand.objects.get(pk=command.pk)
    assert (again.code, again.cp) == ("2061", "BeginTime=20260503080000;EndTime=20260503100000")
    assert again.params == {"开始时间": "2026-05-03T08:00", "截止时间": "2026-05-03T10:00"}
    assert (again.reason, again.orderer) == ("核对时钟", "值班员")
    assert again.status == DeviceCommand.Status.QUEUED
    assert again.expires_at > timezone.now() + dt.timedelta(minutes=29)


def test_an_order_is_audited(outlet, duty):
    command = give(outlet, "AskClock", {}, duty)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("command.order", f"device:{command.mn}")
    assert (entry.actor, entry.address) == (duty.user, "10.0.0.8")
    assert entry.detail["reason"] == "核对时钟"


def test_values_outside_the_standard_are_refused_in_words(outlet, duty):
    with pytest.raises(ValidationError) as refusal:
        give(outlet, "SetRealTimeInterval", {"interval_seconds": "5"}, duty)
    assert "不能小于 30" in refusal.value.message_dict["interval_seconds"][0]
    assert not DeviceCommand.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_order_without_its_parameters_is_refused(outlet, duty):
    with pytest.raises(ValidationError) as refusal:
        give(outlet, "AskHourData", {"begin": "2026-05-03T08:00"}, duty)
    assert refusal.value.message_dict == {"end": ["请填写截止时间"]}


def test_an_order_the_edition_does_not_have_is_refused(outlet, duty):
    with pytest.raises(ValidationError, match="HJ 212-2017 没有命令"):
        give(outlet, "RetainSampleNow", {"instrument": "w01018"}, duty)


def test_a_retired_device_is_ordered_nothing(outlet, duty):
    outlet.devices.update(retired=timezone.localdate())
    with pytest.raises(ValidationError, match="已停用"):
        give(outlet, "AskClock", {}, duty)
    assert orders_for(outlet.devices.get(), duty.user) == ()


def test_an_order_without_a_reason_is_refused(outlet, duty):
    with pytest.raises(ValidationError, match="下达理由"):
        give(outlet, "AskClock", {}, Giver(duty.user, reason="  "))


def test_whoever_only_reads_orders_nothing(outlet, person):
    with pytest.raises(PermissionDenied):
        give(outlet, "AskClock", {}, Giver(person("执法人员"), reason="试试"))


def test_passwords_are_ordered_by_administrators_and_shown_to_nobody(outlet, duty, person):
    with pytest.raises(PermissionDenied):
        give(outlet, "SetPassword", {"password": "654321"}, duty)
    chief = Giver(person("档案管理员"), reason="定期更换")
    command = give(outlet, "SetPassword", {"password": "654321"}, chief)
    assert command.cp == "NewPW=654321"
    assert command.params == {"新密码": "***"}
    assert "654321" not in command.sealed_cp + repr(AuditEntry.objects.get().detail)


def test_a_disabled_device_is_not_ordered_about(outlet, duty):
    outlet.devices.update(enabled=False)
    with pytest.raises(ValidationError, match="已停用"):
        give(outlet, "AskClock", {}, duty)


def test_an_order_can_be_withdrawn_until_a_gateway_has_it(outlet, duty):
    command = give(outlet, "AskClock", {}, duty)
    assert cancel(command, duty)
    command.refresh_from_db()
    assert command.status == DeviceCommand.Status.CANCELLED
    taken = give(outlet, "AskClock", {}, duty)
    DeviceCommand.objects.filter(pk=taken.pk).update(status=DeviceCommand.Status.CLAIMED)
    assert not cancel(taken, duty)
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["command.order", "command.cancel", "command.order"]


@pytest.mark.parametrize(
    ("version", "has", "lacks"),
    [
        (0, {"AskAlarmLimits", "SetSamplingHours"}, {"AskMinuteInterval"}),
        (1, {"AskMinuteInterval", "ComparisonSample"}, {"SetKey"}),
        (2, {"SetKey", "RetainSampleNow"}, {"AskAlarmLimits"}),
        (None, {"AskMinuteInterval"}, {"SetKey"}),
    ],
)
def test_a_device_is_offered_what_its_edition_knows(version, has, lacks, person):
    device = Device(mn="1", version=version, system_type="32")
    offered = {found.code for found in orders_for(device, person("档案管理员"))}
    assert has <= offered
    assert not lacks & offered


def test_each_is_offered_what_they_may_give(person):
    device = Device(mn="1", version=1, system_type="32")
    duty = {found.code for found in orders_for(device, person("值班员"))}
    chief = {found.code for found in orders_for(device, person("档案管理员"))}
    assert orders_for(device, person("执法人员")) == ()
    assert duty
    assert chief - duty == SENSITIVE & chief
