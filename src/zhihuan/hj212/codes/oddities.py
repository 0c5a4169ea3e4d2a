"""Chinese names of what the decoder notes and refuses; the codes themselves are the decoder's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhihuan.hj212.codes.source import Source, rows, source_of

__all__ = ["OddityName", "note_name", "reason_name"]


@dataclass(frozen=True, slots=True)
class OddityName:
    """code: value of ``Oddity`` or ``Reason``; name: Chinese; source: the rule it offends."""

    code: str
    name: str
    source: Source


def note_name(code: str) -> OddityName | None:
    """The Chinese name of a tolerated oddity (``Message.notes``)."""
    return _table().get(("note", code))


def reason_name(code: str) -> OddityName | None:
    """The Chinese name of a reason for refusal (``DecodeError.reason``)."""
    return _table().get(("reason", code))


@cache
def _table() -> Mapping[tuple[str, str], OddityName]:
    return {
        (row["kind"], row["code"]): OddityName(row["code"], row["name"], source_of(row))
        for row in rows("reasons")
    }
