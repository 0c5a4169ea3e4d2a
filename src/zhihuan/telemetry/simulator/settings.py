"""What the host can change in a running logger, and the little it has to remember."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhihuan.telemetry.simulator.spec import DeviceSpec

__all__ = ["LoggerSettings", "settings_of"]


@dataclass(slots=True)
class LoggerSettings:
    """The adjustable part of a logger.

    clock_offset_seconds: how far its clock is ahead of true time. overtime_seconds,
    resend_count: HJ 212-2017, 6.2 (10 s and 3 by default). keys: live SM4 keys, newest first, at
    most two. parameters: instrument parameters by (PolId, InfoId). sampling: (start, hours) by
    PolId.
    """

    mn: str
    password: str
    realtime_seconds: int
    minute_minutes: int
    clock_offset_seconds: float = 0.0
    overtime_seconds: float = 10.0
    resend_count: int = 3
    realtime_on: bool = True
    status_on: bool = False
    keys: list[bytes] = field(default_factory=list)
    key_created: str = ""
    parameters: dict[tuple[str, str], str] = field(default_factory=dict)
    sampling: dict[str, tuple[str, str]] = field(default_factory=dict)
    alarm_limits: dict[str, tuple[str, str]] = field(default_factory=dict)
    report_time: str = "0100"
    alarm_target: str = ""
    bottle: int = 0


def settings_of(spec: DeviceSpec) -> LoggerSettings:
    """A logger as it leaves the factory and is set up for this device."""
    return LoggerSettings(
        mn=spec.mn,
        password=spec.password,
        realtime_seconds=spec.realtime_every_seconds,
        minute_minutes=spec.minute_every_minutes,
        keys=[] if spec.key is None else [spec.key],
    )
