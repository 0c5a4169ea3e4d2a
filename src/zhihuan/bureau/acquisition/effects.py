"""What a completed command changes in the registry.

A device that has accepted a new password or interval will use it from its next frame on; a registry
that still held the old one would lock it out, or take it for late. Only commands that ended well
get here. Each change is audited.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhihuan.bureau.acquisition.models import DeviceCommand
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.registry.models import Device


def apply(command_id: int) -> None:
    """Bring the device's registration in line with the completed command ``command_id``."""
    command = DeviceCommand.objects.select_related("device").get(pk=command_id)
    change = _EFFECTS.get(command.code)
    if change is None:
        return
    fields = change(command.device, cp_fields(command.cp))
    if fields:
        command.device.save(update_fields=fields)
        record(
            "device.follow_command",
            f"device:{command.mn}",
            command=command.pk,
            fields=[field.removeprefix("sealed_") for field in fields],
        )


def cp_fields(cp: str) -> dict[str, str]:
    """``A=1;B=2`` (or with commas) as a dict, last value wins."""
    items = (item.partition("=") for item in cp.replace(",", ";").split(";") if "=" in item)
    return {key.strip(): value.strip() for key, _sign, value in items}


def _password(device: Device, cp: Mapping[str, str]) -> list[str]:
    # HJ/T 212-2005 prints PW, HJ 212-2017 NewPW
    new = cp.get("NewPW") or cp.get("PW")
    if not new:
        return []
    device.password = new
    return ["sealed_password"]


def _key(device: Device, cp: Mapping[str, str]) -> list[str]:
    """The new key first; the old one stays valid for frames that are still on their way."""
    new = cp.get("NewSK")
    if not new:
        return []
    device.keys = ",".join([new, *device.keys.replace(",", " ").split()][:2])
    return ["sealed_keys"]


def _realtime_interval(device: Device, cp: Mapping[str, str]) -> list[str]:
    seconds = cp.get("RtdInterval", "")
    if not seconds.isdecimal():
        return []
    device.realtime_seconds = int(seconds)
    return ["realtime_seconds"]


def _minute_interval(device: Device, cp: Mapping[str, str]) -> list[str]:
    minutes = cp.get("MinInterval", "")
    if not minutes.isdecimal():
        return []
    device.minute_minutes = int(minutes)
    return ["minute_minutes"]


_EFFECTS: dict[str, Callable[[Device, Mapping[str, str]], list[str]]] = {
    "1014": _key,
    "1062": _realtime_interval,
    "1064": _minute_interval,
    "1072": _password,
}
