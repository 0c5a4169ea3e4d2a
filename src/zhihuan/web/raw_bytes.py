"""Show bytes as a device sent them: as text where they are text, else as a hex dump.

For reading only: passwords and keys are masked, and long bytes are cut with a word about it.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhihuan.bureau.acquisition.masking import masked

SHOWN_BYTES = 16_384
_ROW = 16


@dataclass(frozen=True, slots=True)
class ShownBytes:
    """``text`` for people; ``dump`` is empty when ``text`` says everything."""

    text: str
    dump: str
    length: int
    cut: bool


def shown(raw: bytes) -> ShownBytes:
    """How ``raw`` is shown on a page."""
    raw = bytes(raw)
    readable = masked(raw[:SHOWN_BYTES])
    text = readable.decode("utf-8", "backslashreplace")
    plain = all(character.isprintable() or character in "\r\n\t" for character in text)
    return ShownBytes(
        text=text.rstrip("\r\n"),
        dump="" if plain else hex_dump(readable),
        length=len(raw),
        cut=len(raw) > SHOWN_BYTES,
    )


def hex_dump(raw: bytes) -> str:
    """Offset, sixteen bytes, and their printable characters, one row each."""
    return "\n".join(_row(raw, start) for start in range(0, len(raw), _ROW))


def _row(raw: bytes, start: int) -> str:
    part = raw[start : start + _ROW]
    letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
    return f"{start:06x}  {part.hex(' '):<47}  {letters}"
