"""A table as the data-table component shows it: headings, rows of finished cells, and what stands
there when there are no rows. ``web/listing`` makes one of a queryset; a page may make its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhihuan.web.components.escaping import escaped
from zhihuan.web.components.value import MISSING, Kind, shown

#: What a block of a phone leaves out, where every value stands on a line of its own.
_EMPTY = frozenset({MISSING, ""})


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

    @property
    def words(self) -> Any:
        """Title and unit, for a phone, where they stand before each value."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


class Cell(NamedTuple):
    """One cell: what it shows, already written for people."""

    shown: str | SafeString
    kind: Kind = Kind.TEXT
    is_header: bool = False


class Row(NamedTuple):
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
        shown = escaped(cell.shown)
        if not cell.is_header:
            empty = " data-empty" if shown in _EMPTY else ""
            return f'<td data-kind="{cell.kind}" data-head="{head}"{empty}>{shown}</td>'
        marks = "".join(f' <span class="row-mark">{escaped(mark)}</span>' for mark in self.marks)
        return f'<th scope="row" data-kind="{cell.kind}">{shown}{marks}</th>'


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
    def lines(self) -> SafeString:
        """Its rows as HTML, each with its box to tick where rows are chosen."""
        heads = [escaped(each.words) for each in self.headings]
        return SafeString("\n  ".join(self._line(row, heads) for row in self.rows))

    def _line(self, row: Row, heads: Sequence[str]) -> str:
        state = f' data-state="{escaped(row.state)}"' if row.state else ""
        return f"<tr{state}>{self._choice(row) if self.choose_for else ''}{row.written(heads)}</tr>"

    def _choice(self, row: Row) -> str:
        called = escaped(_("选择 %(name)s") % {"name": row.name})
        return (
            '<td class="choose"><input type="checkbox" class="form-check-input" name="row"'
            f' value="{escaped(row.key)}" form="{escaped(self.choose_for)}" aria-label="{called}"></td>'
        )


def cell(value: Any, kind: Kind = Kind.TEXT, *, url: str = "", is_header: bool = False) -> Cell:
    """A cell of a value; ``url`` makes it a link."""
    written = shown(value, kind)
    if url and written != "—":
        written = SafeString(f'<a href="{escaped(url)}">{escaped(written)}</a>')
    return Cell(written, kind, is_header)
