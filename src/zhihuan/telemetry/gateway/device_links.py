"""Which devices exist, what the gateway knows of each, and over which connections it speaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from zhihuan.hj212 import Message, Version
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.head import Head
from zhihuan.telemetry.gateway.acknowledgement import AnswerTemplate
from zhihuan.telemetry.gateway.clock_drift import ClockDrift
from zhihuan.telemetry.gateway.first_contact import by_logger_id, is_first_contact, logger_id
from zhihuan.telemetry.intake import DeviceIntake
from zhihuan.telemetry.ports import RegisteredDevice
from zhihuan.telemetry.refusals import Refusal

if TYPE_CHECKING:
    from zhihuan.telemetry.gateway.connection import DeviceConnection

__all__ = ["DeviceLink", "DeviceLinks", "Heard"]

_TEMPLATES = 64


class Heard:
    """Takes each message of a device while a command is running on it."""

    def heard(self, message: Message, now: float) -> None:
        """One message of the device, in the order received; now: loop time."""


class DeviceLink:
    """A registered device and its live connections, the most recent last."""

    __slots__ = (
        "clock_due_ms",
        "connections",
        "device",
        "drift",
        "exchange",
        "intake",
        "noted",
        "spoken",
        "templates",
    )

    def __init__(self, device: RegisteredDevice, drift_limit_seconds: float) -> None:
        self.device = device
        self.intake = DeviceIntake(device)
        self.clock_due_ms = 0
        self.drift = ClockDrift(drift_limit_seconds)
        self.connections: list[DeviceConnection] = []
        self.exchange: Heard | None = None
        self.templates: dict[int, tuple[Head, AnswerTemplate]] = {}  # by id of the head
        self.noted: dict[str, float] = {}  # standing faults: subject -> when last told
        self.spoken: Head | None = None  # of the last frame that was no answer

    @property
    def edition(self) -> Edition:
        """The edition to speak to the device: by its registration, else as it spoke last."""
        profile, spoken = self.device.profile, self.spoken
        version = profile.version
        if version is None:
            version = Version.V2017 if spoken is None else spoken.version
        surface_water = profile.surface_water or (spoken is not None and spoken.surface_water)
        return Edition.of(version, surface_water=surface_water)

    @property
    def st(self) -> str:
        """The system type it reports under, "" before its first data."""
        return "" if self.spoken is None else self.spoken.st

    def change(self, device: RegisteredDevice) -> None:
        """The registration changed: what was derived from it is derived anew."""
        self.device = device
        self.intake = DeviceIntake(device)
        self.templates.clear()
        self.noted.clear()

    def remember(self, head: Head, template: AnswerTemplate) -> None:
        """Keep a template; bounded, for commands and parts come from the peer."""
        if len(self.templates) >= _TEMPLATES:
            self.templates.clear()
        self.templates[id(head)] = (head, template)

    def due_note(self, subject: str, now: float, every_seconds: float) -> bool:
        """Whether a standing fault is to be told again; bounded like the templates."""
        last = self.noted.get(subject)
        if last is not None and now - last < every_seconds:
            return False
        if len(self.noted) >= _TEMPLATES:
            self.noted.clear()
        self.noted[subject] = now
        return True


class DeviceLinks:
    """All links by MN; made when a device first speaks, renewed when the registry changes."""

    def __init__(self, drift_limit_seconds: float) -> None:
        self._drift_limit_seconds = drift_limit_seconds
        self._devices: Mapping[str, RegisteredDevice] = {}
        self._by_logger_id: Mapping[str, RegisteredDevice] = {}
        self._links: dict[str, DeviceLink] = {}

    def renew(self, devices: Mapping[str, RegisteredDevice]) -> list[DeviceLink]:
        """Take a new registry; returns the links whose device is gone or disabled now."""
        self._devices = devices
        self._by_logger_id = by_logger_id(devices.values())
        ended = []
        for mn, link in list(self._links.items()):
            device = devices.get(mn)
            if device is None or not device.enabled:
                ended.append(self._links.pop(mn))
            elif device != link.device:
                link.change(device)
        return ended

    def registered(self, mn: str) -> RegisteredDevice | None:
        """The device of this MN, enabled or not."""
        return self._devices.get(mn)

    def admit(self, message: Message, links: Mapping[str, DeviceLink]) -> DeviceLink | Refusal:
        """The link a message belongs to, or why it is refused.

        links: the devices that already proved themselves on the same connection. Answers of the
        2005 edition may come without MN and PW (HJ/T 212-2005, C.6): they belong to the device
        that is alone on its connection. A logger that has no MN yet is known by its hardware.
        """
        if not message.mn and len(links) == 1 and _is_answer(message):
            return next(iter(links.values()))
        device = self._sender(message)
        if isinstance(device, Refusal):
            return device
        if not device.enabled:
            return Refusal.DISABLED_DEVICE
        if not _password_fits(message, device, proven=message.mn in links):
            return Refusal.WRONG_PASSWORD
        return self._link(device)

    def _sender(self, message: Message) -> RegisteredDevice | Refusal:
        if is_first_contact(message):
            return self._by_logger_id.get(logger_id(message), Refusal.UNKNOWN_LOGGER)
        if not message.mn:
            return Refusal.MISSING_MN
        return self._devices.get(message.mn, Refusal.UNKNOWN_DEVICE)

    def connected(self) -> Collection[str]:
        """MNs with at least one live connection."""
        return [mn for mn, link in self._links.items() if link.connections]

    def get(self, mn: str) -> DeviceLink | None:
        """The link of a device that has spoken."""
        return self._links.get(mn)

    def __iter__(self) -> Iterator[DeviceLink]:
        return iter(self._links.values())

    def _link(self, device: RegisteredDevice) -> DeviceLink:
        link = self._links.get(device.mn)
        if link is None:
            link = self._links[device.mn] = DeviceLink(device, self._drift_limit_seconds)
        return link


def _is_answer(message: Message) -> bool:
    return message.cn.startswith("901")


def _password_fits(message: Message, device: RegisteredDevice, *, proven: bool) -> bool:
    if device.password is None or message.pw == device.password:
        return True
    return proven and not message.pw and _is_answer(message)
