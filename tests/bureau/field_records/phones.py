"""A telephone's side of the talk, in short: records that count themselves, and files with their digests."""

from __future__ import annotations

import hashlib
import io
import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Jotter:
    """Makes records as a phone does: each with a number, its place in the sequence, and the one before it in
    the same matter."""

    id: uuid.UUID = field(default_factory=uuid.uuid4)
    sequence: int = 0
    last: dict[int, str] = field(default_factory=dict)

    def jot(self, matter: Any, step: str, *pairs: tuple[str, str], **given: Any) -> dict[str, Any]:
        """A record as JSON. given: version, officers, files."""
        self.sequence += 1
        record = {
            "id": str(uuid.uuid4()),
            "sequence": self.sequence,
            "matter": matter.pk,
            "step": step,
            "version": given.get("version", matter.version),
            "after": self.last.get(matter.pk),
            "values": [list(pair) for pair in pairs],
            "officers": given.get("officers", []),
            "files": given.get("files", []),
            "filledAt": "2026-11-29T10:00:00+08:00",
            "sentAt": "2026-11-29T12:00:00+08:00",
        }
        self.last[matter.pk] = record["id"]
        return record


def told_of(content: bytes, field_name: str = "photo", name: str = "现场.png") -> dict[str, Any]:
    """What a record says of a file."""
    digest = hashlib.sha256(content).hexdigest()
    return {
        "field": field_name, "name": name, "size": len(content), "sha256": digest,
        "at": "2026-11-29T10:00:00+08:00", "lon": 113.4, "lat": 22.7, "accuracy": 12.0,
    }  # fmt: skip


def picture(seed: int = 0) -> bytes:
    """A small photograph; another one for every seed."""
    from PIL import Image

    shade = (seed % 256, seed // 256 % 256, seed // 65_536 % 256)
    file = io.BytesIO()
    Image.new("RGB", (8, 8), shade).save(file, "PNG")
    return file.getvalue()
