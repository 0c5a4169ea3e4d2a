"""A command is carried out by one gateway, and every step of it is kept."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from zhihuan.bureau.acquisition.models import CommandStep, DeviceCommand
from zhihuan.bureau.acquisition.outbox import ABANDONED_AFTER, CommandTable, sweep
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.registry.models import Device
from zhihuan.hj212.exchange import DEFAULT_TIMING
from zhihuan.telemetry.ports import ExchangeStep, Step

Status = DeviceCommand.Status


@pytest.fixture
def order(outlet):
    def place(code="1011", cp="", mn=None, **given):
        device = Device.objects.get(mn=mn) if mn else outlet.devices.order_by("pk").first()
        soon = timezone.now() + dt.timedelta(minutes=30)
        command = DeviceCommand(
            device=device, mn=device.mn, code=code, orderer="张三", reason="核对", expires_at=soon
        )
        command.cp = cp
        for name, value in given.items():
            setattr(command, name, value)
        command.save()
        return command

    return place


def step(kind: Step, **given) -> ExchangeStep:
    return ExchangeStep(at=timezone.now(), step=kind, **given)


@pytest.mark.django_db
def test_the_oldest_command_of_each_device_is_due(order, outlet):
    Device.objects.create(mn="OTHER", point=outlet, system_type="32")
    first, _second, other = order(cp="A=1"), order(), order(mn="OTHER")
    due = CommandTable().due([first.mn, "OTHER", "STRANGER"])
    assert sorted(command.id for command in due) == sorted([str(first.pk), str(other.pk)])
    mine = next(command for command in due if command.mn == first.mn)
    assert (mine.cn, mine.cp, mine.st, mine.ordered_by) == ("1011", "A=1", "32", "张三")


@pytest.mark.django_db
def test_nothing_is_due_for_other_devices_or_after_expiry(order):
    order(expires_at=timezone.now() - dt.timedelta(seconds=1))
    waiting = order()
    assert CommandTable().due(["STRANGER"]) == []
    assert [command.id for command in CommandTable().due([waiting.mn])] == [str(waiting.pk)]


@pytest.mark.django_db
def test_orders_for_absent_devices_hold_up_nobody(order, outlet):
    Device.objects.create(mn="PRESENT", point=outlet, system_type="32")
    absent = order()
    rows = [
        DeviceCommand(device=absent.device, mn=absent.mn, code="1011", expires_at=absent.expires_at)
        for _ in range(5000)
    ]
    DeviceCommand.objects.bulk_create(rows, batch_size=1000)
    mine = order(mn="PRESENT")
    assert [command.id for command in CommandTable().due(["PRESENT"])] == [str(mine.pk)]


@pytest.mark.django_db
def test_an_order_that_cannot_be_opened_is_closed_and_the_others_go_on(order, outlet):
    Device.objects.create(mn="OTHER", point=outlet, system_type="32")
    broken, other = order(sealed_cp="gAAAA-not-ours"), order(mn="OTHER")
    due = CommandTable().due([broken.mn, "OTHER"])
    assert [command.id for command in due] == [str(other.pk)]
    broken.refresh_from_db()
    assert (broken.status, broken.finished_at is None) == (Status.FAILED, False)
    assert "无法解封" in broken.outcome


@pytest.mark.django_db
def test_more_devices_than_one_query_can_name_are_asked_for(order):
    command = order()
    here = [f"MN{number:05}" for number in range(40_000)] + [command.mn]
    assert [found.id for found in CommandTable().due(here)] == [str(command.pk)]


@pytest.mark.django_db
def test_a_device_answers_one_exchange_at_a_time(order):
    first, second = order(), order()
    assert CommandTable().claim(str(first.pk), "gw-1")
    assert CommandTable().due([first.mn]) == []
    CommandTable().finish(str(first.pk), step(Step.DONE))
    assert [command.id for command in CommandTable().due([first.mn])] == [str(second.pk)]


@pytest.mark.django_db(transaction=True)
def test_of_many_gateways_one_gets_the_command(order):
    command, won, start = order(), [], threading.Barrier(6)

    def grab(name: str) -> None:
        start.wait()
        try:
            if CommandTable().claim(str(command.pk), name):
                won.append(name)
        finally:
            connection.close()

    gateways = [threading.Thread(target=grab, args=(f"gw-{n}",)) for n in range(6)]
    for gateway in gateways:
        gateway.start()
    for gateway in gateways:
        gateway.join()
    command.refresh_from_db()
    assert len(won) == 1
    assert (command.status, command.gateway) == (Status.CLAIMED, won[0])


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.CANCELLED, Status.DONE, Status.EXPIRED])
def test_a_closed_command_cannot_be_claimed(order, status):
    assert not CommandTable().claim(str(order(status=status).pk), "gw")


@pytest.mark.django_db
def test_every_step_is_kept_and_told_to_the_command(order):
    command, table = order(), CommandTable()
    table.claim(str(command.pk), "gw")
    table.record(str(command.pk), step(Step.SENT, qn="20260503100000000", raw=b"##sent"))
    table.record(str(command.pk), step(Step.QN_RTN, code=1, raw=b"##9011"))
    table.record(str(command.pk), step(Step.EXE_RTN, code=1, raw=b"##9012"))
    table.finish(str(command.pk), step(Step.DONE, detail="执行成功"))
    command.refresh_from_db()
    assert (command.status, command.qn_rtn, command.exe_rtn) == (Status.DONE, 1, 1)
    assert (command.qn, command.outcome) == ("20260503100000000", "执行成功")
    kept = list(command.steps.values_list("step", flat=True))
    assert kept == ["sent", "qn_rtn", "exe_rtn", "done"]
    assert [found.direction for found in command.steps.all()] == ["out", "in", "in", "note"]


def test_the_kept_steps_are_the_gateways_own():
    assert set(CommandStep.Name.values) == {kind.value for kind in Step}


@pytest.mark.django_db
def test_no_secret_is_kept_in_a_step(order):
    command = order()
    raw = b"##0099QN=1;ST=32;CN=1072;PW=123456;MN=1;Flag=5;CP=&&NewPW=654321&&ABCD"
    CommandTable().record(str(command.pk), step(Step.SENT, raw=raw))
    kept = bytes(command.steps.get().raw)
    assert b"123456" not in kept
    assert b"654321" not in kept
    assert b"CN=1072" in kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "cp", "attribute", "expected"),
    [
        ("1072", "NewPW=654321", "password", "654321"),
        ("1072", "PW=654321", "password", "654321"),
        ("1062", "RtdInterval=30", "realtime_seconds", 30),
        ("1064", "MinInterval=5", "minute_minutes", 5),
        (
            "1014",
            "SKCreateTime=20260503100000000,NewSK=msbE74gsiSHSEh5e",
            "keys",
            "msbE74gsiSHSEh5e",
        ),
    ],
)
def test_what_a_device_accepted_is_registered(order, code, cp, attribute, expected):
    command = order(code=code, cp=cp, status=Status.CLAIMED)
    CommandTable().finish(str(command.pk), step(Step.DONE))
    assert getattr(Device.objects.get(), attribute) == expected
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.detail["command"]) == ("device.follow_command", command.pk)
    assert "654321" not in repr(entry.detail)


@pytest.mark.django_db
def test_what_a_device_refused_changes_nothing(order):
    command = order(code="1072", cp="NewPW=654321", status=Status.CLAIMED)
    CommandTable().finish(str(command.pk), step(Step.FAILED, detail="QnRtn=2"))
    assert Device.objects.get().password == "123456"
    command.refresh_from_db()
    assert (command.status, command.outcome) == (Status.FAILED, "QnRtn=2")


@pytest.mark.django_db
def test_the_previous_key_stays_valid_after_a_change(order, outlet):
    device = outlet.devices.get()
    device.keys = "0" * 16 + "," + "1" * 16
    device.save()
    command = order(code="1014", cp="SKCreateTime=20260503100000000,NewSK=msbE74gsiSHSEh5e")
    CommandTable().finish(str(command.pk), step(Step.DONE))
    assert Device.objects.get().key_bytes == (b"msbE74gsiSHSEh5e", b"0" * 16)


@pytest.mark.django_db
def test_orders_nobody_will_finish_are_closed(order):
    long_ago = timezone.now() - ABANDONED_AFTER - dt.timedelta(seconds=1)
    expired = order(expires_at=timezone.now())
    lost = order(status=Status.CLAIMED, claimed_at=long_ago)
    talking = order(status=Status.CLAIMED, claimed_at=long_ago)
    CommandStep.objects.create(command=talking, step="data", at=timezone.now())
    waiting = order()
    assert sweep() == 2
    found = dict(DeviceCommand.objects.values_list("pk", "status"))
    assert found == {
        expired.pk: Status.EXPIRED,
        lost.pk: Status.FAILED,
        talking.pk: Status.CLAIMED,
        waiting.pk: Status.QUEUED,
    }
    assert sweep() == 0


def test_no_exchange_that_may_still_end_counts_as_abandoned():
    assert ABANDONED_AFTER.total_seconds() > DEFAULT_TIMING.limit_seconds


@pytest.mark.django_db
def test_a_result_that_comes_too_late_does_not_reopen_a_closed_command(order):
    command = order(status=Status.CANCELLED, outcome="已撤销")
    CommandTable().finish(str(command.pk), step(Step.FAILED, detail="QnRtn=2"))
    command.refresh_from_db()
    assert (command.status, command.outcome) == (Status.CANCELLED, "已撤销")
    assert command.steps.count() == 1
