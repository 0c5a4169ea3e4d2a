"""The copy of a document that may be published: only what is seen, without what must not be. Pure.

Text is redacted paragraph by paragraph, whatever runs it is cut into. In a table a label stands in the
cell before: it is read together with the cell behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from zhihuan.bureau.documents.docx.package import written
from zhihuan.bureau.documents.docx.plain import seen_only
from zhihuan.bureau.documents.docx.words import parsed, w
from zhihuan.bureau.documents.redaction.redacting import (
    NOTHING_KNOWN,
    Hidden,
    Known,
    names_told,
    redact,
)

__all__ = ["PublicCopy", "public_copy"]

_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """data: the .docx. hidden: rule → how often it hid something."""

    data: bytes
    hidden: dict[str, int]


def public_copy(data: bytes, known: Known = NOTHING_KNOWN) -> PublicCopy:
    """Make it. NotADocumentError for bytes that are no .docx."""
    parts = seen_only(data)
    root = parsed(parts[_MAIN])
    paragraphs = list(_paragraphs(root))
    told = names_told(before + _text(paragraph) for before, paragraph in paragraphs)
    known = replace(known, names=tuple(dict.fromkeys([*known.names, *told])))
    counts: Counter[str] = Counter()
    for before, paragraph in paragraphs:
        counts.update(each.rule for each in _hide(paragraph, before, known))
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return PublicCopy(written({**parts, _MAIN: body}), dict(sorted(counts.items())))


def _paragraphs(root: Any) -> Iterator[tuple[str, Any]]:
    """Each paragraph with the label that stands before it: "" where none does."""
    for paragraph in root.iter(w("p")):
        cell = paragraph.getparent()
        before = cell.getprevious() if cell.tag == w("tc") else None
        label = "" if before is None or before.tag != w("tc") else _label(before)
        yield label, paragraph


def _label(cell: Any) -> str:
    text = "".join(_text(each) for each in cell.iter(w("p"))).strip().rstrip("：:")
    return f"{text}：" if 0 < len(text) <= 20 else ""


def _text(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(w("t")))


def _hide(paragraph: Any, before: str, known: Known) -> list[Hidden]:
    """Redact the paragraph in place; what was hidden in it."""
    pieces = list(paragraph.iter(w("t")))
    found = redact(before + _text(paragraph), known).hidden
    mine = [replace(each, at=each.at - len(before)) for each in found if each.at >= len(before)]
    for each in reversed(mine):
        _replace(pieces, each.at, each.end, each.instead)
    return mine


def _replace(pieces: list[Any], start: int, end: int, instead: str) -> None:
    """Put ``instead`` into the first piece the span touches, and take the rest of the span away."""
    at = 0
    for piece in pieces:
        text = piece.text or ""
        low, high = max(start - at, 0), min(end - at, len(text))
        if low < high:
            piece.text = text[:low] + instead + text[high:]
            instead = ""
        at += len(text)
