"""One file of an evidence list. It tells a hash that was reckoned elsewhere and reckons none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from zhihuan.web.components.status import Status


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """``digest`` in hexadecimal by ``algorithm`` (SM3, SHA-256); ``seal``: whether it still fits."""

    name: str
    size_bytes: int
    digest: str
    algorithm: str = "SM3"
    url: str = ""
    kind: Any = ""
    added: dt.datetime | None = None
    added_by: str = ""
    seal: Status | None = None

    @property
    def extension(self) -> str:
        return PurePath(self.name).suffix.lstrip(".").upper()[:4] or "—"
