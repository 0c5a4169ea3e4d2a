"""A plain official sheet to begin a template with: A4, the fonts of GB/T 9704-2012, nothing a reader would not see."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

__all__ = ["blank"]


def blank(title: str) -> Any:
    """An A4 sheet with its heading, without what the library's own sheet carries along unseen."""
    document = Document()
    _forget(document.part, RELATIONSHIP_TYPE.CUSTOM_XML)
    _forget(
        document.part.package,
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    )
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    style.paragraph_format.line_spacing = 1.5
    heading = document.add_paragraph()
    heading.alignment = ALIGN.CENTER
    run: Any = heading.add_run(title)
    run.bold, run.font.size = True, Pt(22)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    return document


def _forget(part: Any, kind: str) -> None:
    for key in [key for key, each in part.rels.items() if each.reltype == kind]:
        part.rels.pop(key)
