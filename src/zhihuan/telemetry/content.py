"""What a frame of a device carries: which kind of measurement rows, and how it wants answering.

Pure look-ups by CN, edition and profile. Frames without a kind (answers, device information, notices)
are kept as frames only.

Source: HJ 212-2017, 6.6.5 table 9; HJ 212-2025 and the surface-water profile at second hand, all
through zhihuan.hj212.codes.
"""

from __future__ import annotations

from functools import lru_cache

from zhihuan.hj212 import codes
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.message import Message
from zhihuan.telemetry.kinds import Kind

__all__ = ["is_known", "is_notice", "kind_of"]

_KINDS = {
    "2011": Kind.REALTIME,
    "2013": Kind.PERIODIC,
    "2021": Kind.EQUIPMENT_STATE,
    "2031": Kind.DAY,
    "2041": Kind.EQUIPMENT_HOURS,
    "2051": Kind.MINUTE,
    "2052": Kind.NOISE_EVENT,
    "2061": Kind.HOUR,
    "2062": Kind.CHECK,
    "2063": Kind.RECOVERY,
    "2064": Kind.PARALLEL,
    "2065": Kind.ZERO_CHECK,
    "2066": Kind.SPAN_CHECK,
    "2111": Kind.FURNACE_5MIN,
}


def kind_of(message: Message) -> Kind | None:
    """The kind of the rows a message makes; None when it makes none."""
    return _KINDS.get(message.cn)


def is_known(message: Message) -> bool:
    """Whether its edition defines this command as sent by a device."""
    return _row(message.cn, _edition(message), message.st) is not None


def is_notice(message: Message) -> bool:
    """Whether it is answered with 9013 rather than 9014 (HJ 212-2017, 6.5.2, 6.5.3)."""
    row = _row(message.cn, _edition(message), message.st)
    return row is not None and row.kind == "notice"


def _edition(message: Message) -> Edition:
    return Edition.of(message.version, surface_water=message.surface_water)


@lru_cache(maxsize=4096)
def _row(cn: str, edition: Edition, st: str) -> codes.CommandCode | None:
    return codes.command(cn, edition, "device", st)
