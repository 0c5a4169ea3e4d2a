"""Where a row of a code table comes from, and reading the packaged tables.

Refuses a row without clause or with a confidence it does not know: an unsourced fact is a guess.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from zhihuan.hj212.codes.edition import Edition

__all__ = ["Confidence", "Source", "choices_of", "editions_of", "rows", "source_of"]


class Confidence(StrEnum):
    """How a fact was learnt."""

    OFFICIAL = "official"
    """Read in the standard's own text."""
    SECOND_HAND = "second_hand"
    """Told by others who quote the text or implement it; several agree or one quotes pages."""
    UNCONFIRMED = "unconfirmed"
    """One example, one implementation, or our own reading: check before it decides anything."""


@dataclass(frozen=True, slots=True)
class Source:
    """clause: standard, clause or table; confidence: how it was learnt; note: what is odd."""

    clause: str
    confidence: Confidence
    note: str = ""

    @property
    def chinese(self) -> str:
        """The clause as it is cited to people: ``HJ 212-2017，表B.1``; ``（转引）`` if not read by us."""
        told = next((zh for en, zh in _ELSEWHERE.items() if self.clause.startswith(en)), "")
        citation = _REMARK.sub("", self.clause)
        return (told or _CITATION.sub(_cited, citation)) + _SURE[self.confidence]


_SURE = {
    Confidence.OFFICIAL: "",
    Confidence.SECOND_HAND: "（转引）",
    Confidence.UNCONFIRMED: "（未证实）",
}
_ELSEWHERE = {
    "surface-water profile": "地表水专用协议",
    "own choice": "本项目约定",
    "seen in field frames": "现场报文所见",
    "device library": "设备端程序库",
    "not in the dictionary": "标准未列",
}
_WORDS = {
    "tables ": "表", "table ": "表", "annex ": "附录", "examples": "示例", "example": "示例",
    "column ": "列", "step ": "步骤", "steps ": "步骤", "note ": "注", "to ": "至",
    " and ": "、", ", ": "，", "; ": "；",
}  # fmt: skip
_REMARK = re.compile(r"(: | \().*")
_CITATION = re.compile("|".join(map(re.escape, _WORDS)))


def _cited(match: re.Match[str]) -> str:
    return _WORDS[match[0]]


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a packaged table, e.g. ``rows("marks")``; empty cells are ""."""
    text = files(__package__).joinpath("data", f"{table}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def source_of(row: Mapping[str, str]) -> Source:
    """The source columns of a row. ValueError if the row names no clause."""
    if not row["clause"]:
        raise ValueError(f"a code table row without a clause: {dict(row)}")
    return Source(row["clause"], Confidence(row["confidence"]), row.get("note", ""))


def editions_of(row: Mapping[str, str]) -> tuple[Edition, ...]:
    """The editions a row holds for."""
    return tuple(Edition(name) for name in row["editions"].split())


def choices_of(text: str) -> tuple[tuple[str, str], ...]:
    """``"0=关闭 1=运行"`` or ``"0=关闭;1=运行"`` as ``(("0", "关闭"), …)``; bare values name themselves."""
    pairs = (item.partition("=") for item in text.replace(";", " ").split())
    return tuple((value, name or value) for value, _, name in pairs)
