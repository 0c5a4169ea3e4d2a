"""The text of a document as a reader sees it: a line a paragraph, a row of a table as one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhihuan.bureau.documents.docx.package import parts_of
from zhihuan.bureau.documents.docx.words import parsed, text_of, w

__all__ = ["lines_of", "text_of_document"]


def text_of_document(data: bytes) -> str:
    """All lines, joined."""
    return "\n".join(lines_of(data))


def lines_of(data: bytes) -> list[str]:
    """The lines of the body. Cells of a row are set apart by a blank, a cell's label by its colon where
    it has none: “法定代表人 | 张三” reads “法定代表人：张三”."""
    body = parsed(parts_of(data)["word/document.xml"]).find(w("body"))
    return [line for line in _lines(body) if line.strip()]


def _lines(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == w("p"):
            yield text_of(child)
        elif child.tag == w("tbl"):
            for row in child.iter(w("tr")):
                yield _joined([" ".join(_lines(cell)) for cell in row.findall(w("tc"))])
        elif child.tag in {w("sdt"), w("sdtContent")}:
            yield from _lines(child)


def _joined(cells: list[str]) -> str:
    text = ""
    for number, cell in enumerate(each.strip() for each in cells):
        is_value = number % 2 == 1 and cell and text and text[-1] not in "：:"
        text += ("：" if is_value else " " if text else "") + cell
    return text
