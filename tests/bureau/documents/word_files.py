"""Word files as people make them, by python-docx, and as they should not be, by their XML."""

from __future__ import annotations

import io
from collections.abc import Iterable

from docx import Document

from zhihuan.bureau.documents.docx.package import parts_of, written
from zhihuan.bureau.documents.docx.plain import seen_only
from zhihuan.bureau.documents.template import Template

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*lines: str, rows: Iterable[Iterable[str]] = (), title: str = "") -> bytes:
    """A document of these paragraphs, then one table; with the properties python-docx gives it."""
    document = Document()
    if title:
        document.add_heading(title, 0)
    for line in lines:
        document.add_paragraph(line)
    cells = [list(row) for row in rows]
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def clean_word(*lines: str, **more) -> bytes:
    return written(seen_only(word(*lines, **more)))


def template(*lines: str, **more) -> Template:
    return Template("tests", "a.docx", clean_word(*lines, **more))


def with_body(xml: str, data: bytes | None = None) -> bytes:
    """A document whose body is this XML."""
    parts = parts_of(data or clean_word("x"))
    body = f"<w:document {W}><w:body>{xml}</w:body></w:document>"
    return written({**parts, "word/document.xml": body.encode()})


def with_part(name: str, content: bytes, data: bytes | None = None) -> bytes:
    return written({**parts_of(data or clean_word("x")), name: content})
