"""Who a device is: hardware serials, logger code, instrument ids and SM4 keys.

Keys are carried, never made or judged here; they stay out of every ``repr``.
"""

from __future__ import annotations

from datetime import datetime

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body, Reading
from zhihuan.hj212.commands.slots import body, key, readings, sub

__all__ = [
    "AskInstrumentId",
    "AskNewKey",
    "HardwareSerials",
    "InstrumentId",
    "InstrumentSerial",
    "SetKey",
    "SetLoggerCode",
]


@body
class HardwareSerials(Body):
    """1001 of 2025, device, first contact: its hardware; MN is still empty (C.2, second hand)."""

    logger_id: str = key("i23005-Info")
    cpu: str = key("i23006-Info", default="")
    mac1: str = key("i23007-Info", default="")
    mac2: str = key("i23008-Info", default="")


@body
class SetLoggerCode(Body):
    """1002 of 2025: the logger of this hardware id gets its network code (C.3, second hand).

    The new code presumably travels as MN of the head; the text was not seen.
    """

    logger_id: str = key("i23005-Info")


@body
class AskNewKey(Body):
    """1014 of 2025, device: my SM4 key is of this time, give me a new one (C.7, second hand).

    created_at: 17 digits; "" when the device has no key yet.
    """

    created_at: str = key("SKCreateTime")


@body
class SetKey(Body):
    """1014 of 2025, host: the new SM4 key of 16 characters (C.8, second hand).

    Old and new key are both live while the change is under way.
    """

    created_at: str = key("SKCreateTime")
    new_key: str = key("NewSK", comma=Edition)

    def __repr__(self) -> str:
        """Keys stay out of logs."""
        return f"SetKey(created_at={self.created_at!r}, new_key=…)"


@body
class AskInstrumentId(Body):
    """3019, host: which instrument measures this factor? (2017: C.38)."""

    instrument: str = key("PolId")


@body
class InstrumentSerial(Reading):
    """``w01018-SN=…``: 24 characters 0-9 A-F (2017: table 4)."""

    serial: str = sub("SN", default="")


@body
class InstrumentId(Body):
    """3019, device: this one; with DataTime when it was exchanged (2017: C.38, C.39)."""

    data_time: datetime | None = key("DataTime", default=None)
    instrument: str = key("PolId")
    serials: tuple[InstrumentSerial, ...] = readings(InstrumentSerial, default=())
