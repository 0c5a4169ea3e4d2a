"""Place an order to a device: checked against the standard, queued in the outbox, audited.

It refuses an order without a reason, one the device's edition does not have, values outside the
standard's ranges, and sensitive orders by people who may not give them. It sends nothing: the
gateway that holds the device's connection does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.acquisition.masking import is_secret
from zhihuan.bureau.acquisition.models import DeviceCommand
from zhihuan.bureau.acquisition.order_catalogue import OrderKind
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.registry.models import Device
from zhihuan.hj212.commands import CommandError
from zhihuan.hj212.commands.slots import slots_of

_ORDER = "acquisition.order_devicecommand"
_ORDER_SENSITIVE = "acquisition.order_sensitive_devicecommand"


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives an order, why, and from which address."""

    user: Any
    reason: str = ""
    address: str = ""


def place(
    device: Device, kind: OrderKind, values: Mapping[str, Any], giver: Giver
) -> DeviceCommand:
    """Queue an order. ``values``: typed, by attribute of the command's class; absent ones left out.

    Raises ``PermissionDenied``, or ``ValidationError`` whose messages tell people what to mend.
    """
    _check_permission(kind, giver.user)
    if not giver.reason.strip():
        raise ValidationError({"reason": _("请写明下达理由，它会与命令一同保存。")})
    _check_device(device)
    with transaction.atomic():
        command = DeviceCommand(
            device=device,
            mn=device.mn,
            code=kind.code.cn,
            params=shown_params(kind, values),
            reason=giver.reason.strip()[:300],
            ordered_by=giver.user,
            orderer=str(giver.user)[:60],
            expires_at=timezone.now() + dt.timedelta(minutes=settings.ZHIHUAN_COMMAND_MINUTES),
        )
        command.cp = _cp(kind, values)
        command.save()
        record(
            "command.order",
            f"device:{device.mn}",
            actor=giver.user,
            address=giver.address,
            command=command.pk,
            cn=kind.code.cn,
            params=command.params,
            reason=command.reason,
        )
    return command


def cancel(command: DeviceCommand, giver: Giver) -> bool:
    """Withdraw an order no gateway has taken yet; False when it is too late."""
    if not giver.user.has_perm(_ORDER):
        raise PermissionDenied
    with transaction.atomic():
        waiting = DeviceCommand.objects.filter(pk=command.pk, status=DeviceCommand.Status.QUEUED)
        withdrawn = waiting.update(
            status=DeviceCommand.Status.CANCELLED, finished_at=timezone.now(), outcome=_("已撤销")
        )
        if withdrawn:
            record(
                "command.cancel",
                f"device:{command.mn}",
                actor=giver.user,
                address=giver.address,
                command=command.pk,
            )
    return bool(withdrawn)


def shown_params(kind: OrderKind, values: Mapping[str, Any]) -> dict[str, str]:
    """The parameters for people, by the name the standard gives them; secrets as ``***``."""
    shown = {}
    for slot in slots_of(kind.body):
        value = values.get(slot.attribute)
        if slot.reading is None and value not in (None, "", ()):
            name = slot.entry(kind.edition).name
            shown[name] = "***" if is_secret(slot.key_in(kind.edition)) else _text(value)
    return shown


def _text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(value)


def _check_permission(kind: OrderKind, user: Any) -> None:
    if not user.has_perm(_ORDER) or (kind.sensitive and not user.has_perm(_ORDER_SENSITIVE)):
        raise PermissionDenied


def _check_device(device: Device) -> None:
    if not device.enabled:
        raise ValidationError(_("该设备已停用，不能下达命令。"))


def _cp(kind: OrderKind, values: Mapping[str, Any]) -> str:
    try:
        return kind.body(**values).to_cp(kind.edition)
    except CommandError as error:
        raise ValidationError(
            [problem.message for problem in error.problems] or [error.detail]
        ) from error
    except TypeError as error:
        raise ValidationError(_("命令参数不全：%(detail)s") % {"detail": error}) from error
