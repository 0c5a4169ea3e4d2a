"""The first contact of a 2025 data logger: it has no MN yet and shows its hardware (CN 1001).

The host knows it by the logger id that was registered beforehand, takes the notice, and then
assigns the MN by 1002. An id nobody registered is refused: the platform never invents an MN.

Source: HJ 212-2025, C.2 and C.3, at second hand (a device library that follows the edition; the
text itself was not seen).
"""

from __future__ import annotations

from collections.abc import Iterable

from zhihuan.hj212 import Message, Version
from zhihuan.hj212.commands import CommandError, HardwareSerials, parse_command
from zhihuan.telemetry.ports import OrderedCommand, RegisteredDevice

__all__ = ["by_logger_id", "is_first_contact", "logger_id", "number_order"]


def is_first_contact(message: Message) -> bool:
    """Whether a logger without an MN introduces itself."""
    return message.cn == "1001" and not message.mn and message.version is Version.V2025


def logger_id(message: Message) -> str:
    """The logger id (i23005) of a first contact, "" when it names none."""
    try:
        body = parse_command(message, sender="device")
    except CommandError:
        return ""
    return body.logger_id.strip() if isinstance(body, HardwareSerials) else ""


def by_logger_id(devices: Iterable[RegisteredDevice]) -> dict[str, RegisteredDevice]:
    """The devices that are registered with their hardware. Two with one id: neither, for an MN must
    not go to the wrong logger."""
    found: dict[str, RegisteredDevice] = {}
    twice: set[str] = set()
    for device in devices:
        if device.logger_id in found:
            twice.add(device.logger_id)
        found[device.logger_id] = device
    return {key: device for key, device in found.items() if key and key not in twice}


def number_order(device: RegisteredDevice) -> OrderedCommand:
    """1002: the logger of this hardware gets this MN, which travels in the head."""
    # judged where it is sent, like every order's text
    cp = f"i23005-Info={device.logger_id}"
    return OrderedCommand("", device.mn, "1002", cp, ordered_by="1001")
