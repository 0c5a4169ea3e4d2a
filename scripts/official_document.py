"""Official sheets to begin a template with: letters after GB/T 9704-2012, and forms that are one table.

    letter = sheet("行政处罚决定书", "{{ document.number }}")
    form(sheet("立案审批表"), [{"案由": "{{ matter.case_type }}"}, {"当事人": "…", "地址": "…"}])

Above the title stands whose sheet it is; forms are one ruled table of label and answer; the foot has the page number. Nothing
in a sheet is there that a reader would not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docx.enum.style import WD_STYLE_TYPE as STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT as TABLE_ALIGN
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from plain_document import blank

__all__ = ["ORGAN", "body", "form", "listed", "sheet", "signed"]

ORGAN = "{{ issuer.name }}"
#: Of a row of a form: how high it is at least [cm].
HIGH = "_cm"
_LABEL, _ANSWER = Cm(2.9), Cm(4.9)
_BODY, _CELL = Pt(16), Pt(12)
_ACROSS = 4
#: Styles by which pages know what stands in the middle and at the right: name, then alignment, size, weight.
_ORGAN_STYLE, _NUMBER_STYLE, _SIGNED_STYLE = "发文机关", "文号", "落款"
_STYLES = {
    _ORGAN_STYLE: (ALIGN.CENTER, Pt(20), True),
    _NUMBER_STYLE: (ALIGN.CENTER, Pt(16), False),
    _SIGNED_STYLE: (ALIGN.RIGHT, Pt(16), False),
}


def sheet(title: str, number: str = "", *, organ: str = ORGAN) -> Any:
    """Whose it is, what it is, its number; organ "": a sheet that is nobody's letter."""
    document = blank(title)
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.6)
    heading = document.paragraphs[0]
    _as_title(document, heading)
    for name, (align, size, bold) in _STYLES.items():
        _add_style(document, name, align, size, bold=bold)
    if organ:
        heading.insert_paragraph_before(organ, _ORGAN_STYLE)
    if number:
        document.add_paragraph(number, _NUMBER_STYLE)
    _number_pages(section)
    return document


def body(document: Any, texts: Iterable[str]) -> None:
    """Paragraphs with two signs of indent; what begins with “=” begins at the margin."""
    for text in texts:
        added = document.add_paragraph(text.removeprefix("="))
        if not text.startswith(("=", "{%p")):
            added.paragraph_format.first_line_indent = Pt(32)


def signed(document: Any, texts: Iterable[str]) -> None:
    """What stands below a letter, at the right; kept together with what it signs."""
    for text in texts:
        document.add_paragraph(text, _SIGNED_STYLE).paragraph_format.right_indent = Pt(32)


def form(document: Any, rows: Iterable[Mapping[str, Any] | str]) -> Any:
    """A ruled table: a row has one or two labels with their answers; a text alone goes across.

    Lines of an answer are paragraphs of its cell; one that begins with “>” stands at the right, \\v breaks a line within one.
    """
    table = document.add_table(rows=0, cols=_ACROSS)
    table.style, table.alignment, table.autofit = "Table Grid", TABLE_ALIGN.CENTER, False
    for row in rows:
        _row(table, row)
    for column, width in zip(table.columns, (_LABEL, _ANSWER) * 2, strict=True):
        column.width = width
    return table


def listed(document: Any, heads: Mapping[str, float], each: str, answers: Iterable[str]) -> None:
    """A ruled list. heads: each column's head and width [cm]. each: the loop, as “for one in facts”."""
    table = document.add_table(rows=0, cols=len(heads))
    table.style, table.alignment, table.autofit = "Table Grid", TABLE_ALIGN.CENTER, False
    head = table.add_row()
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _listed_row(head.cells, heads, bold=True)
    for texts in ((f"{{%tr {each} %}}",), tuple(answers), ("{%tr endfor %}",)):
        cells = table.add_row().cells
        _listed_row(cells, [*texts, *[""] * (len(cells) - len(texts))])
    for column, width in zip(table.columns, heads.values(), strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _listed_row(cells: Any, texts: Iterable[str], *, bold: bool = False) -> None:
    for cell, text in zip(cells, texts, strict=True):
        _write(cell, text)
        for run in cell.paragraphs[0].runs:
            run.bold = bold or None
        if bold:
            cell.paragraphs[0].alignment = ALIGN.CENTER


def _row(table: Any, row: Mapping[str, Any] | str) -> None:
    added = table.add_row()
    cells = added.cells
    if isinstance(row, str):
        _write(cells[0].merge(cells[-1]), row)
        return
    told = {name: text for name, text in row.items() if name != HIGH}
    if HIGH in row:
        added.height = Cm(row[HIGH])
    if len(told) == 1:
        cells = (cells[0], cells[1].merge(cells[-1]))
    for at, (label, answer) in enumerate(told.items()):
        _label(cells[2 * at], label)
        _write(cells[2 * at + 1], answer)


def _label(cell: Any, text: str) -> None:
    _write(cell, text)
    cell.width = _LABEL
    cell.vertical_alignment = 1
    cell.paragraphs[0].alignment = ALIGN.CENTER


def _write(cell: Any, text: str) -> None:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        run = paragraph.add_run(line.removeprefix(">").replace("\v", "\n"))
        run.font.size = _CELL
        paragraph.paragraph_format.line_spacing = 1.25
        if line.startswith(">"):
            paragraph.style = _SIGNED_STYLE


def _as_title(document: Any, heading: Any) -> None:
    """The paragraph is a title by its style, so that every reader of the file knows it as one."""
    style = document.styles["Title"]
    style.paragraph_format.alignment = ALIGN.CENTER
    style.paragraph_format.space_after = Pt(10)
    properties = style.element.get_or_add_pPr()
    for each in properties.findall(qn("w:pBdr")) + properties.findall(qn("w:contextualSpacing")):
        properties.remove(each)
    marks = style.element.get_or_add_rPr()
    for name in ("w:color", "w:spacing", "w:kern", "w:rFonts"):
        for each in marks.findall(qn(name)):
            marks.remove(each)
    heading.style = style
    heading.alignment = ALIGN.CENTER


def _add_style(document: Any, name: str, align: Any, size: Any, *, bold: bool) -> None:
    style = document.styles.add_style(name, STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold = size, bold
    style.paragraph_format.alignment = align
    if bold:
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")


def _number_pages(section: Any) -> None:
    """— 1 — at the foot, as GB/T 9704-2012 has it."""
    foot = section.footer.paragraphs[0]
    foot.alignment = ALIGN.CENTER
    for kind, text in (("", "— "), ("begin", ""), ("PAGE", ""), ("end", ""), ("", " —")):
        run = foot.add_run(text)
        run.font.size = Pt(14)
        if kind in {"begin", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        elif kind:
            code = OxmlElement("w:instrText")
            code.text = kind
            run._element.append(code)
