"""How many pages a document has, reckoned from its layout: signs a line, lines a page. Pure.

No program that lays documents out is at hand where files are put together, so this is a reckoning and says so wherever it is
shown: of a sheet of letters or forms it is right to a page, and whoever binds the file counts.
"""

from __future__ import annotations

import math
from typing import Any

from zhihuan.bureau.documents.docx.package import parts_of
from zhihuan.bureau.documents.docx.words import parsed, text_of, w

__all__ = ["pages_of"]

_TWIPS = 20
#: Of a sheet that says nothing: A4 with the margins of GB/T 9704-2012 [pt].
_HEIGHT, _WIDTH = 842.0, 595.0
_MARGINS = {"top": 85.0, "bottom": 74.0, "left": 79.0, "right": 74.0}
_SIZE, _SPACING = 16.0, 1.5
#: How much higher than its type a line of Chinese type is.
_LEADING = 1.3


def pages_of(data: bytes) -> int:
    """At least one. NotADocumentError as ``parts_of``."""
    parts = parts_of(data)
    body = parsed(parts["word/document.xml"]).find(w("body"))
    size, spacing = _normal(parts.get("word/styles.xml"))
    page = _Page(body.find(w("sectPr")), size, spacing)
    return max(1, math.ceil(round(page.height_of(body) / page.high, 3)))


class _Page:
    """The type area of a page, and what stands in it."""

    def __init__(self, section: Any, size: float, spacing: float) -> None:
        sides = _sides(section)
        self.high = sides["h"] - sides["top"] - sides["bottom"]
        self.wide = sides["w"] - sides["left"] - sides["right"]
        self._size, self._spacing = size, spacing

    def height_of(self, body: Any) -> float:
        """Of paragraphs and tables below each other [pt]."""
        heights = {w("p"): self._paragraph, w("tbl"): self._table}
        return sum(heights[each.tag](each) for each in body if each.tag in heights)

    def _table(self, table: Any) -> float:
        return sum(self._row(row) for row in table.iter(w("tr")))

    def _row(self, row: Any) -> float:
        cells = [
            sum(self._paragraph(each, _cell_width(cell, self.wide)) for each in cell.iter(w("p")))
            for cell in row.findall(w("tc"))
        ]
        least = next((_points(each, "val") for each in row.iter(w("trHeight"))), 0.0)
        return max([least, *cells])

    def _paragraph(self, paragraph: Any, wide: float | None = None) -> float:
        size = max((_half(each) for each in paragraph.iter(w("sz"))), default=self._size)
        spacing = next((_lines(each) for each in paragraph.iter(w("spacing"))), 0.0)
        across = max(int((wide or self.wide) / size), 1)
        rows = sum(_rows(line, across) for line in text_of(paragraph).split("\n"))
        return rows * size * _LEADING * (spacing or self._spacing) / 1.15


def _rows(line: str, across: int) -> int:
    wide = sum(1.0 if ord(sign) > 0x2E7F else 0.5 for sign in line)
    return max(1, math.ceil(wide / across))


def _normal(xml: bytes | None) -> tuple[float, float]:
    """Size [pt] and spacing [lines] of the style that paragraphs have by themselves."""
    for style in parsed(xml).findall(w("style")) if xml else ():
        if style.get(w("default")) and style.get(w("type")) == "paragraph":
            sizes = [_half(each) for each in style.iter(w("sz"))]
            spacings = [_lines(each) for each in style.iter(w("spacing"))]
            return next(iter(sizes), _SIZE), next((each for each in spacings if each), _SPACING)
    return _SIZE, _SPACING


def _sides(section: Any) -> dict[str, float]:
    told = {"h": _HEIGHT, "w": _WIDTH, **_MARGINS}
    for each in () if section is None else section.iter(w("pgSz"), w("pgMar")):
        told |= {name: _points(each, name) for name in told if each.get(w(name))}
    return told


def _cell_width(cell: Any, page: float) -> float:
    width = next((_points(each, "w") for each in cell.iter(w("tcW"))), 0.0)
    return max((width or page / 4) - 11, 10.0)  # the cell's own margins


def _points(element: Any, name: str) -> float:
    return float(element.get(w(name)) or 0) / _TWIPS


def _half(element: Any) -> float:
    return float(element.get(w("val")) or 2 * _SIZE) / 2


def _lines(element: Any) -> float:
    """Spacing in lines; 0 where it is told in points or not at all."""
    if element.get(w("lineRule"), "auto") != "auto" or not element.get(w("line")):
        return 0.0
    return float(element.get(w("line"))) / 240
