"""Where the platform itself places orders (back-fill) and looks up what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhihuan.bureau.acquisition.effects import cp_fields
from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.models import DeviceCommand
from zhihuan.bureau.registry.models import Device
from zhihuan.telemetry.backfill_orders import PlacedOrder
from zhihuan.telemetry.ports import OrderedCommand


class AutomaticOrders:
    """Implements ``telemetry.backfill_orders.OrderBook`` over the command table.

    Orders for devices that are not registered, or no longer, are dropped: there is nobody to ask.
    The outbox gives its own ids.
    """

    @fresh_connection
    def place(self, orders: Sequence[OrderedCommand]) -> None:
        """Queue all orders or none."""
        mns = {order.mn for order in orders}
        devices = Device.objects.in_use(timezone.localdate()).filter(mn__in=mns)
        known = devices.in_bulk(field_name="mn")
        with transaction.atomic():
            DeviceCommand.objects.bulk_create(
                [_command(order, known[order.mn]) for order in orders if order.mn in known],
                batch_size=500,
            )

    @fresh_connection
    def placed(self, ordered_by: str, since: datetime) -> Sequence[PlacedOrder]:
        found = DeviceCommand.objects.filter(orderer=ordered_by, ordered_at__gte=since)
        return [_placed(command) for command in found.order_by("id").iterator()]


def _command(order: OrderedCommand, device: Device) -> DeviceCommand:
    default = timezone.now() + timedelta(minutes=settings.ZHIHUAN_COMMAND_MINUTES)
    command = DeviceCommand(
        device=device,
        mn=order.mn,
        code=order.cn,
        params=cp_fields(order.cp),
        reason=order.reason[:300],
        orderer=order.ordered_by[:60],
        expires_at=order.expires or default,
    )
    command.cp = order.cp
    return command


def _placed(command: DeviceCommand) -> PlacedOrder:
    return PlacedOrder(
        mn=command.mn,
        cn=command.code,
        cp=command.cp,
        placed=command.ordered_at,
        finished=None if command.is_open else command.finished_at,
        done=command.status == DeviceCommand.Status.DONE,
        exe_rtn=command.exe_rtn,
    )
