"""A table as the data-table component shows it: headings, rows of finished cells, and what stands
there when there are no rows. ``web/listing`` makes one of a queryset; a page may make its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from zhihuan.web.components.value import Kind, shown


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's head. ``sort_url`` makes it sortable; ``sorted`` is "ascending", "descending"
    or "" and ``id`` keeps the focus when the table arrives anew."""

    title: Any
    kind: Kind = Kind.TEXT
    unit: str = ""
    sort_url: str = ""
    sorted: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it shows, already written for people."""

    shown: str | SafeString
    kind: Kind = Kind.TEXT
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``key`` is what a batch act is told when the row is chosen. ``marks``: words beside its
    first cell that ask for attention."""

    cells: list[Cell]
    key: str = ""
    name: str = ""
    state: str = ""
    marks: tuple[Any, ...] = ()

    def written(self, heads: Sequence[str]) -> SafeString:
        """Its cells as HTML, each with its column's head, which a phone shows before it. Written here and not by a
        template, which would look up six names a cell: an enterprise's file has thousands of them. heads: escaped."""
        return SafeString("".join(map(self._cell, self.cells, chain(heads, repeat("")))))

    def _cell(self, cell: Cell, head: str) -> str:
        if not cell.is_header:
            shown = conditional_escape(cell.shown)
            return f'<td data-kind="{cell.kind}" data-head="{head}">{shown}</td>'
        marks = "".join(
            f' <span class="row-mark">{conditional_escape(mark)}</span>' for mark in self.marks
        )
        return (
            f'<th scope="row" data-kind="{cell.kind}">{conditional_escape(cell.shown)}{marks}</th>'
        )


@dataclass(frozen=True, slots=True)
class Blank:
    """What a table without rows says: see the empty-state component for ``kind``."""

    title: Any
    words: Any = ""
    kind: str = "empty"
    act: Any = ""
    act_url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``choose_for`` is the id of the form that chosen rows belong to, "" for none."""

    caption: Any
    headings: list[Heading]
    rows: list[Row]
    blank: Blank
    choose_for: str = ""
    target: str = ""
    notes: list[Any] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[tuple[Row, SafeString]]:
        """Its rows, each with its cells as HTML."""
        heads = [conditional_escape(each.title) for each in self.headings]
        return ((row, row.written(heads)) for row in self.rows)


def cell(value: Any, kind: Kind = Kind.TEXT, *, url: str = "", is_header: bool = False) -> Cell:
    """A cell of a value; ``url`` makes it a link."""
    written = shown(value, kind)
    if url and written != "—":
        written = format_html('<a href="{}">{}</a>', url, written)
    return Cell(written, kind, is_header)
