"""The platform's own orders go through the same outbox and are found again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.acquisition.models import DeviceCommand
from zhihuan.bureau.acquisition.order_book import AutomaticOrders
from zhihuan.bureau.acquisition.outbox import CommandTable
from zhihuan.telemetry.backfill_orders import ORDERED_BY
from zhihuan.telemetry.ports import ExchangeStep, OrderedCommand, Step

pytestmark = pytest.mark.django_db
CP = "BeginTime=20260503000000;EndTime=20260503010000"


def history(mn: str, **given) -> OrderedCommand:
    return OrderedCommand(
        id="x", mn=mn, cn="2051", cp=CP, ordered_by=ORDERED_BY, reason="自动补传", **given
    )


def test_an_automatic_order_reaches_the_gateway_as_it_was_written(outlet):
    mn = outlet.devices.get().mn
    AutomaticOrders().place([history(mn)])
    (due,) = CommandTable().due([mn])
    assert (due.cn, due.cp, due.ordered_by) == ("2051", CP, ORDERED_BY)


def test_nothing_is_ordered_of_a_retired_device(outlet):
    outlet.devices.update(retired=timezone.localdate())
    AutomaticOrders().place([history(outlet.devices.get().mn)])
    assert not DeviceCommand.objects.exists()


def test_it_is_remembered_while_open_and_after(outlet):
    mn, book = outlet.devices.get().mn, AutomaticOrders()
    book.place([history(mn)])
    since = timezone.now() - dt.timedelta(hours=1)
    (open_order,) = book.placed(ORDERED_BY, since)
    assert (open_order.mn, open_order.cp, open_order.finished) == (mn, CP, None)
    pk = str(DeviceCommand.objects.get().pk)
    now = timezone.now()
    CommandTable().claim(pk, "gw")
    CommandTable().record(pk, ExchangeStep(at=now, step=Step.EXE_RTN, code=100))
    CommandTable().finish(pk, ExchangeStep(at=now, step=Step.FAILED))
    (closed,) = book.placed(ORDERED_BY, since)
    assert (closed.done, closed.exe_rtn, closed.finished) == (False, 100, now)


def test_people_s_orders_are_not_the_platform_s(outlet):
    AutomaticOrders().place([history(outlet.devices.get().mn)])
    DeviceCommand.objects.update(orderer="张三")
    assert AutomaticOrders().placed(ORDERED_BY, timezone.now() - dt.timedelta(hours=1)) == []


def test_nobody_is_asked_who_is_not_registered(outlet):
    outlet.devices.update(enabled=False)
    AutomaticOrders().place([history(outlet.devices.get().mn), history("STRANGER")])
    assert not DeviceCommand.objects.exists()
