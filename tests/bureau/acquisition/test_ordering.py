"""An order is checked against the standard, needs a reason and the right, and leaves a trail."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from zhihuan.bureau.acquisition.models import DeviceCommand
from zhihuan.bureau.acquisition.order_catalogue import order_fields, order_kind, order_kinds
from zhihuan.bureau.acquisition.ordering import Giver, cancel, place
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.registry.models import Device

pytestmark = pytest.mark.django_db
BEIJING = dt.timezone(dt.timedelta(hours=8))


@pytest.fixture
def duty(person):
    return Giver(person("值班员"), reason="核对时钟", address="10.0.0.8")


def give(outlet, key, values, giver):
    device = outlet.devices.get()
    return place(device, order_kind(device, key), values, giver)


def test_an_order_waits_in_the_outbox_as_it_will_travel(outlet, duty):
    noon = dt.datetime(2026, 5, 3, 12, 0, tzinfo=BEIJING)
    command = give(outlet, "1012-SetClock", {"system_time": noon}, duty)
    again = DeviceCommand.objects.get(pk=command.pk)
    assert (again.code, again.cp) == ("1012", "SystemTime=20260503120000")
    assert (again.params, again.reason) == ({"系统时间": "2026-05-03 12:00:00"}, "核对时钟")
    assert again.status == DeviceCommand.Status.QUEUED
    assert again.expires_at > timezone.now() + dt.timedelta(minutes=29)


def test_an_order_is_audited(outlet, duty):
    command = give(outlet, "1011-AskClock", {}, duty)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("command.order", f"device:{command.mn}")
    assert (entry.actor, entry.address) == (duty.user, "10.0.0.8")
    assert entry.detail["reason"] == "核对时钟"


def test_values_outside_the_standard_are_refused_in_words(outlet, duty):
    with pytest.raises(ValidationError) as refusal:
        give(outlet, "1062-SetRealTimeInterval", {"interval_seconds": 5}, duty)
    assert "不能小于 30" in refusal.value.messages[0]
    assert not DeviceCommand.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_order_without_its_parameters_is_refused(outlet, duty):
    with pytest.raises(ValidationError, match="命令参数不全"):
        give(outlet, "1012-SetClock", {}, duty)


def test_an_order_without_a_reason_is_refused(outlet, duty):
    with pytest.raises(ValidationError, match="下达理由"):
        give(outlet, "1011-AskClock", {}, Giver(duty.user, reason="  "))


def test_whoever_only_reads_orders_nothing(outlet, person):
    with pytest.raises(PermissionDenied):
        give(outlet, "1011-AskClock", {}, Giver(person("执法人员"), reason="试试"))


def test_passwords_are_ordered_by_administrators_and_shown_to_nobody(outlet, duty, person):
    with pytest.raises(PermissionDenied):
        give(outlet, "1072-SetPassword", {"password": "654321"}, duty)
    chief = Giver(person("管理员"), reason="定期更换")
    command = give(outlet, "1072-SetPassword", {"password": "654321"}, chief)
    assert command.cp == "NewPW=654321"
    assert command.params == {"新密码": "***"}
    assert "654321" not in command.sealed_cp + repr(AuditEntry.objects.get().detail)


def test_a_disabled_device_is_not_ordered_about(outlet, duty):
    outlet.devices.update(enabled=False)
    with pytest.raises(ValidationError, match="已停用"):
        give(outlet, "1011-AskClock", {}, duty)


def test_an_order_can_be_withdrawn_until_a_gateway_has_it(outlet, duty):
    command = give(outlet, "1011-AskClock", {}, duty)
    assert cancel(command, duty)
    command.refresh_from_db()
    assert command.status == DeviceCommand.Status.CANCELLED
    taken = give(outlet, "1011-AskClock", {}, duty)
    DeviceCommand.objects.filter(pk=taken.pk).update(status=DeviceCommand.Status.CLAIMED)
    assert not cancel(taken, duty)
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["command.order", "command.cancel", "command.order"]


@pytest.mark.parametrize(
    ("version", "has", "lacks"),
    [
        (0, {"1021-AskAlarmLimits", "3014-SetSamplingHours"}, {"1063-AskMinuteInterval"}),
        (1, {"1063-AskMinuteInterval", "3014-ComparisonSample"}, {"1014-SetKey"}),
        (2, {"1014-SetKey", "3022-RetainSampleNow"}, {"1021-AskAlarmLimits"}),
        (None, {"1063-AskMinuteInterval"}, {"1014-SetKey"}),
    ],
)
def test_a_device_is_offered_what_its_edition_knows(version, has, lacks):
    offered = {kind.key for kind in order_kinds(Device(mn="1", version=version, system_type="32"))}
    assert has <= offered
    assert not lacks & offered


@pytest.mark.parametrize("version", [0, 1, 2])
def test_every_offered_order_can_be_filled_in(version):
    device = Device(mn="1", version=version, system_type="32")
    for kind in order_kinds(device):
        for field in order_fields(kind, ["w01018"]):
            assert field.label, kind.key
            assert field.kind in {"text", "mark", "integer", "decimal", "time", "clock"}, kind.key


def test_an_instrument_is_chosen_from_what_the_point_measures(outlet):
    kind = order_kind(outlet.devices.get(), "3012-SampleNow")
    (field,) = order_fields(kind, ["w01018"])
    assert field.choices == (("w01018", "化学需氧量（w01018）"),)
