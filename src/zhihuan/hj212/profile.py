"""What differs between devices, as data.

A profile is written down when a device is registered. Nothing here is detected from traffic:
a gateway that guesses dialects accepts damaged frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from zhihuan.hj212.crc import CrcDialect

__all__ = ["FIELD", "STRICT", "DeviceProfile", "Version"]


class Version(IntEnum):
    """Editions of the standard; the number is the value of Flag bits 2 to 7 (2017: table 3)."""

    V2005 = 0
    V2017 = 1
    V2025 = 2
    """Also the bits of the national surface-water profile, used since 2017 with ST=21."""

    @property
    def year(self) -> str:
        """``"2005"``, ``"2017"`` or ``"2025"``."""
        return self.name[1:]


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """How one device speaks.

    version: the edition, where its Flag cannot be trusted; None reads it from each Flag.
    surface_water: the national surface-water profile, whose Flag looks like the 2025 edition's.
    crc: the CRC dialect.
    lenient: accept the shapes the field sends (each is named in the message's ``notes``);
        False refuses whatever the standard does not print.
    lenient_length: accept a length field of 2, 3, 5 or 6 digits.
    encrypted: the device is to encrypt (HJ 212-2025, 6.4, at second hand).
    keys: live SM4 keys of 16 bytes, newest first; while a key is changed both old and new live.
    max_segment: longest data segment to accept, in bytes. The standard's limit is 1024.
    """

    version: Version | None = None
    surface_water: bool = False
    crc: CrcDialect = CrcDialect.HJ212
    lenient: bool = True
    lenient_length: bool = False
    encrypted: bool = False
    keys: tuple[bytes, ...] = ()
    max_segment: int = 9999

    def __post_init__(self) -> None:
        if any(len(key) != 16 for key in self.keys):
            raise ValueError("an SM4 key has 16 bytes (HJ 212-2025, 6.4.2)")
        if not 0 < self.max_segment <= 9999:
            raise ValueError("max_segment must be 1 to 9999: the length field has four digits")


FIELD = DeviceProfile()
"""Every shape the field is known to send, HJ 212 CRC, edition by Flag."""

STRICT = DeviceProfile(lenient=False, max_segment=1024)
"""Only what the standard prints."""
