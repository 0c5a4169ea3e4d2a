"""Place an order to a device: judged by the standard, queued in the outbox, audited.

Which orders there are, their parameters and ranges, is the protocol's to say (``hj212.orders``);
here is who may give them, and that each has a reason. It sends nothing: the gateway that holds the
device's connection does.
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

from zhihuan.bureau.acquisition.models import DeviceCommand
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.models import Device
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.orders import Order, OrderError, Prepared, order, orders, prepare

ORDER = "acquisition.order_devicecommand"
ORDER_SENSITIVE = "acquisition.order_sensitive_devicecommand"

#: Orders after which a device may be locked out, answer to another name, or report elsewhere.
SENSITIVE = frozenset({"SetPassword", "SetKey", "SetLoggerCode", "SetHostAddress"})


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives an order, why, and from which address."""

    user: Any
    reason: str = ""
    address: str = ""


def edition_of(device: Device) -> Edition:
    """The edition orders are written in; 2017 while the device's own is not registered."""
    version = Device.Version.V2017 if device.version is None else device.version
    return Edition.of(version, surface_water=device.surface_water)


def orders_for(device: Device, user: Any) -> tuple[Order, ...]:
    """The orders ``device`` understands and ``user`` may give *it*; none once it is out of use."""
    if not device.in_use(timezone.localdate()) or not may(user, ORDER, device):
        return ()
    sensitive = may(user, ORDER_SENSITIVE, device)
    found = orders(edition_of(device), device.system_type)
    return tuple(each for each in found if sensitive or each.code not in SENSITIVE)


def place(device: Device, code: str, values: Mapping[str, str], giver: Giver) -> DeviceCommand:
    """Queue the order ``code`` (a command's name, as in ``hj212.orders``).

    values: parameter name to text as typed; times without a zone are Beijing time. Raises
    ``PermissionDenied``, or ``ValidationError`` that tells people what to mend, by parameter.
    """
    _check_permission(device, code, giver.user)
    if not giver.reason.strip():
        raise ValidationError({"reason": _("请写明下达理由，它会与命令一同保存。")})
    if not device.in_use(timezone.localdate()):
        raise ValidationError(_("该设备已停用，不能下达命令。"))
    prepared = _prepared(device, code, values)
    with transaction.atomic():
        command = _queue(device, prepared, shown_params(device, code, values), giver)
        record(
            "command.order",
            f"device:{device.mn}",
            actor=giver.user,
            address=giver.address,
            command=command.pk,
            cn=command.code,
            params=command.params,
            reason=command.reason,
        )
    return command


def cancel(command: DeviceCommand, giver: Giver) -> bool:
    """Withdraw an order no gateway has taken yet; False when it is too late."""
    if not may(giver.user, ORDER, command):
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


def shown_params(device: Device, code: str, values: Mapping[str, str]) -> dict[str, str]:
    """The parameters for people, by their Chinese names; secrets as ``***``."""
    found = order(code)
    parameters = found.parameters(edition_of(device)) if found else ()
    return {
        parameter.label: "***" if parameter.kind == "secret" else str(values[parameter.name])
        for parameter in parameters
        if values.get(parameter.name)
    }


def _check_permission(device: Device, code: str, user: Any) -> None:
    asked = (ORDER, ORDER_SENSITIVE) if code in SENSITIVE else (ORDER,)
    if not all(may(user, permission, device) for permission in asked):
        raise PermissionDenied


def _prepared(device: Device, code: str, values: Mapping[str, str]) -> Prepared:
    try:
        return prepare(code, values, edition_of(device), st=device.system_type)
    except OrderError as error:
        whole = error.problems.get("")
        raise ValidationError(whole or dict(error.problems)) from error


def _queue(
    device: Device, prepared: Prepared, params: dict[str, str], giver: Giver
) -> DeviceCommand:
    command = DeviceCommand(
        device=device,
        mn=device.mn,
        code=prepared.cn,
        params=params,
        reason=giver.reason.strip()[:300],
        ordered_by=giver.user,
        orderer=str(giver.user)[:60],
        expires_at=timezone.now() + dt.timedelta(minutes=settings.ZHIHUAN_COMMAND_MINUTES),
    )
    command.cp = prepared.cp
    command.save()
    return command
