"""Compile translations: every locale/*/LC_MESSAGES/django.po beside it into django.mo.

    python scripts/compile_messages.py [--check]

Needs no gettext programs. ``--check`` compares and fails when a compiled file is stale. Refuses
what it cannot read (plural forms, contexts) with the line.
"""

from __future__ import annotations

import ast
import struct
import sys
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "src" / "zhihuan" / "web" / "locale"
_MAGIC = 0x950412DE


def read_po(text: str) -> dict[str, str]:
    """msgid to msgstr; untranslated ones are left out."""
    found: dict[str, list[str]] = {}
    pair = ["", ""]
    at = -1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.startswith("msgid "):
            pair, at = ["", ""], 0
            pair[0] = ast.literal_eval(line[6:])
        elif line.startswith("msgstr "):
            at = 1
            pair[1] = ast.literal_eval(line[7:])
        elif line.startswith('"'):
            pair[at] += ast.literal_eval(line)
        elif not line.strip():
            if pair[1]:
                found[pair[0]] = pair
            at = -1
        elif not line.startswith("#"):
            raise ValueError(f"line {number}: not understood: {line[:60]}")
    return {pair[0]: pair[1] for pair in found.values()}


def write_mo(messages: dict[str, str]) -> bytes:
    """The binary catalogue (GNU gettext, .mo, revision 0)."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    start = 28 + 16 * len(pairs)
    table: list[list[bytes]] = [[], []]
    data = b""
    for column in (0, 1):
        for pair in pairs:
            table[column].append(struct.pack("<II", len(pair[column]), start + len(data)))
            data += pair[column] + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + b"".join(table[0]) + b"".join(table[1]) + data


def main() -> int:
    stale = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        compiled = write_mo(read_po(source.read_text("utf-8")))
        target = source.with_suffix(".mo")
        if "--check" not in sys.argv:
            target.write_bytes(compiled)
        elif not target.is_file() or target.read_bytes() != compiled:
            print(f"{target} is stale; run: python scripts/compile_messages.py", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
