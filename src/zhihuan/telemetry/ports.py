"""What the gateway asks of the world around it, as protocols, and the values that cross.

The gateway knows devices, bad traffic, commands and the journal only through these. Without
Django they are files (``telemetry/gateway/files.py``); in the platform they are tables
(``bureau/acquisition``). This module holds no behaviour and opens nothing.

Threads: every method here may block (a file, a database). The gateway calls them only from a
worker thread, never from its event loop, and never two methods of one object at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from zhihuan.hj212.profile import FIELD, DeviceProfile

__all__ = [
    "CommandOutbox",
    "ConnectionJournal",
    "DeviceDirectory",
    "ExchangeStep",
    "JournalEntry",
    "JournalEvent",
    "OrderedCommand",
    "Quarantine",
    "QuarantinedTraffic",
    "RegisteredDevice",
    "Step",
]


@dataclass(frozen=True, slots=True)
class RegisteredDevice:
    """One data logger (数采仪) as the registry knows it.

    password: what PW must be; None accepts any. aliases: the vendor's factor code -> the standard
    code, for this device only. realtime_seconds, minute_minutes: the intervals it is set to; None
    when not known. factors: standard codes it is registered to report, empty when not listed.
    system_type: its ST ("31" flue gas, "32" waste water, ...), "" when not known. logger_id: the
    hardware id (i23005 of HJ 212-2025) by which it is known before it has its MN, "" when not given.
    """

    mn: str
    password: str | None = None
    profile: DeviceProfile = FIELD
    aliases: Mapping[str, str] = field(default_factory=dict)
    enabled: bool = True
    point_code: str = ""
    realtime_seconds: int | None = None
    minute_minutes: int | None = None
    factors: tuple[str, ...] = ()
    system_type: str = ""
    logger_id: str = ""


class DeviceDirectory(Protocol):
    """Who may report."""

    def version(self) -> int:
        """A number that changes whenever any device changed. Cheap; asked every second or so."""
        ...

    def snapshot(self) -> Mapping[str, RegisteredDevice]:
        """All devices by MN, enabled or not. Asked at the start and when version() changed."""
        ...


@dataclass(frozen=True, slots=True)
class QuarantinedTraffic:
    """Bytes the gateway did not take as data, or took only in part.

    reason: a hj212.Reason or a telemetry.refusals.Refusal, as text. raw: as received; when longer
    than the gateway's limit only its beginning, and then ``detail`` says how long it was. stored:
    True when the frame itself is in the store (only some of its values were refused). mn: ""
    when none could be read.
    """

    reason: str
    peer: str
    mn: str
    raw: bytes
    received: datetime
    detail: str
    stored: bool = False


class Quarantine(Protocol):
    """Where refused traffic waits to be looked at and replayed."""

    def put(self, items: Sequence[QuarantinedTraffic]) -> None:
        """Keep all items durably. Raising makes the gateway try again later."""
        ...


@dataclass(frozen=True, slots=True)
class OrderedCommand:
    """A command an officer or a rule ordered for one device.

    cn: the command code ("1012"). cp: the text between ``CP=&&`` and ``&&`` exactly as it will
    travel, e.g. "SystemTime=20260601120000"; what is kept is what was sent. st: the system type
    to address; "" lets the gateway use the one the device reports under. expires: after this
    moment (aware) it is not started any more.
    """

    id: str
    mn: str
    cn: str
    cp: str = ""
    st: str = ""
    ordered_by: str = ""
    reason: str = ""
    expires: datetime | None = None


class Step(StrEnum):
    """What may happen in an exchange with a device (HJ 212-2017, 6.1 and 6.2)."""

    SENT = "sent"
    RESENT = "resent"
    QN_RTN = "qn_rtn"
    REPLY = "reply"
    DATA = "data"
    EXE_RTN = "exe_rtn"
    NOTICE_ACK = "notice_ack"
    TIMEOUT = "timeout"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ExchangeStep:
    """One step of an exchange. code: QnRtn or ExeRtn where the step carries one. raw: the frame
    sent or received, b"" where there was none. Never holds a password or key in ``detail``."""

    at: datetime
    step: Step
    qn: str = ""
    code: int | None = None
    raw: bytes = b""
    detail: str = ""


class CommandOutbox(Protocol):
    """Commands waiting for the gateway that holds the device's connection."""

    def due(self, mns: Collection[str]) -> list[OrderedCommand]:
        """Commands not yet claimed for any of these MNs, oldest first, at most one per MN."""
        ...

    def claim(self, command_id: str, gateway: str) -> bool:
        """Take it for this gateway; False when another was faster. Atomic."""
        ...

    def record(self, command_id: str, step: ExchangeStep) -> None:
        """Keep one step."""
        ...

    def finish(self, command_id: str, result: ExchangeStep) -> None:
        """Keep the last step (DONE or FAILED) and close the command."""
        ...


class JournalEvent(StrEnum):
    """What the gateway notes about a device or a peer."""

    ONLINE = "online"
    OFFLINE = "offline"
    AUTH_FAILED = "auth_failed"
    CLOCK_DRIFT = "clock_drift"
    CLOCK_STEADY = "clock_steady"
    ERROR_RATE = "error_rate"
    EVICTED = "evicted"
    NUMBER_ASKED = "number_asked"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One note. mn: "" when the peer never said a registered one. at: aware."""

    event: JournalEvent
    mn: str
    peer: str
    at: datetime
    detail: str = ""


class ConnectionJournal(Protocol):
    """Who was connected when, and what was odd about it."""

    def record(self, entries: Sequence[JournalEntry]) -> None:
        """Keep all entries. Raising makes the gateway try again later."""
        ...
