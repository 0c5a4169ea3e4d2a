"""Frames as one logger writes them: head, numbering, splitting and encryption of its edition.

Uses the codec that the gateway uses. Refuses to damage frames: that is ``faults.wire``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhihuan.hj212.encoder import encode
from zhihuan.hj212.exchange import Draft
from zhihuan.hj212.profile import Version
from zhihuan.hj212.security import must_encrypt
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.reports import Report, wire_time

__all__ = ["FrameWriter", "WrittenFrame"]

_DATA_TIME_BYTES = len("DataTime=20260101000000;")
# a clock this much behind the last QN has been set back; anything less is the same moment again
_SET_BACK_MS = 2_000


@dataclass(frozen=True, slots=True)
class WrittenFrame:
    """A frame ready to be sent, and what it is known by."""

    qn: str
    cn: str
    data_time: str
    data: bytes


class FrameWriter:
    """Writes one logger's frames; every frame gets a QN of its own."""

    def __init__(self, logger: Logger) -> None:
        self._logger = logger
        self._last_qn_ms = 0

    def report(self, report: Report, *, back_filled: bool = False) -> list[WrittenFrame]:
        """The frames of a report: one, or as many parts as it takes."""
        parts = _parts(report.groups, self._logger.spec.most_cp_bytes - _DATA_TIME_BYTES)
        total = len(parts) if len(parts) > 1 else None
        return [
            self._data_frame(report, part, total, number, back_filled)
            for number, part in enumerate(parts, start=1)
        ]

    def plain(self, cn: str, cp: str, *, st: str = "", mn: str | None = None) -> WrittenFrame:
        """A notice or heartbeat of the device's own, which wants an answer."""
        spec, settings = self._logger.spec, self._logger.settings
        number = self._next_qn()
        data = self._written(
            cn,
            qn=number,
            st=st or spec.st,
            mn=settings.mn if mn is None else mn,
            flag=spec.version << 2 | 1,
            cp=cp,
        )
        return WrittenFrame(number, cn, "", data)

    def drafted(self, draft: Draft) -> WrittenFrame:
        """A frame whose head and CP are given: an answer."""
        spec, settings = self._logger.spec, self._logger.settings
        key = settings.keys[0] if settings.keys and draft.confidential else None
        data = draft.encode(crc=spec.crc, key=key)
        if key and spec.cipher_form == "text":
            data = _printed(data)
        return WrittenFrame(draft.qn or "", draft.cn, "", data)

    def _data_frame(
        self, report: Report, part: list[str], total: int | None, number: int, back_filled: bool
    ) -> WrittenFrame:
        spec = self._logger.spec
        qn = self._next_qn()
        flag = spec.version << 2 | int(spec.wants_ack) | (2 if total else 0)
        bare = spec.version is Version.V2005 and not spec.wants_ack
        data = self._written(
            report.cn,
            qn=None if bare else qn,
            st=spec.st,
            mn=self._logger.settings.mn,
            flag=None if bare else flag,
            pnum=total,
            pno=number if total else None,
            rf=back_filled and spec.version is Version.V2025 and not spec.surface_water,
            cp=";".join([f"DataTime={report.data_time}", *part]),
        )
        return WrittenFrame(qn, report.cn, report.data_time, data)

    def _next_qn(self) -> str:
        """The logger's time in milliseconds, never the same twice (HJ 212-2017, table 3)."""
        moment = int(self._logger.now() * 1000)
        just_before = self._last_qn_ms - _SET_BACK_MS < moment <= self._last_qn_ms
        self._last_qn_ms = self._last_qn_ms + 1 if just_before else moment
        whole, part = divmod(self._last_qn_ms, 1000)
        return f"{wire_time(whole)}{part:03d}"

    def _written(self, cn: str, **fields: Any) -> bytes:
        spec, settings = self._logger.spec, self._logger.settings
        key = settings.keys[0] if settings.keys and must_encrypt(cn) else None
        data = encode(cn=cn, pw=settings.password, crc=spec.crc, key=key, **fields)
        return _printed(data) if key and spec.cipher_form == "text" else data


def _parts(groups: tuple[str, ...], most_bytes: int) -> list[list[str]]:
    """Whole groups in as few parts as fit (HJ 212-2017, C.49)."""
    parts: list[list[str]] = [[]]
    room = most_bytes
    for group in groups:
        size = len(group.encode()) + 1
        if size > room and parts[-1]:
            parts.append([])
            room = most_bytes
        parts[-1].append(group)
        room -= size
    return parts


def _printed(frame: bytes) -> bytes:
    """The cipher as HJ 212-2025, annex A.2, prints it: ``{0xE4,0x3E,…}`` and the clear rest.

    Length and CRC stay those of the plain text, as in the annex.
    """
    head, mark, rest = frame.partition(b"CP=&&")
    body, tail = rest[:-8], rest[-8:]
    whole = len(body) - len(body) % 16
    cipher = ",".join(f"0x{byte:02X}" for byte in body[:whole])
    return head + mark + f"{{{cipher}}}".encode() + body[whole:] + tail
