"""One column of a list: where its value comes from, how it is written, whether it sorts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhihuan.web.components.value import Kind, is_missing
from zhihuan.web.permission import opens


@dataclass(frozen=True, slots=True)
class Column:
    """``Column("received", _("接收时间"), kind=Kind.MOMENT, sort="received")``.

    name: of the column in addresses, and the attribute path (``site.town``) it reads.
    value: reads the value from a row instead; it may return a ``Status`` for kind STATUS. It must
    ask the database nothing: what it needs comes with the queryset (``select_related``, ``annotate``).
    sort: the field path to order by, "" when the column does not sort.
    link: the address behind the value. unit: stands in the head. width: in Excel, in characters.
    shown: whether it is there before anybody chose columns. exported: whether Excel has it.
    cell: writes the page's cell itself, as a ``SafeString`` (``format_html``); Excel gets the value.
    """

    name: str
    title: Any
    kind: Kind = Kind.TEXT
    value: Callable[[Any], Any] | None = None
    sort: str = ""
    link: Callable[[Any], str] | None = None
    cell: Callable[[Any], Any] | None = None
    unit: str = ""
    width: int = 16
    shown: bool = True
    exported: bool = True

    def read(self, row: Any) -> Any:
        """The value in ``row``; None where something on the path is None."""
        if self.value is not None:
            return self.value(row)
        found: Any = row
        for part in self.name.split("."):
            if found is None:
                return None
            found = getattr(found, part)
        return found


def opening_columns(columns: Sequence[Column], rows: Sequence[Any], user: Any) -> list[Column]:
    """The columns, without links that lead this reader to a refusal. All links of a column lead to one
    kind of page, so the first decides."""
    return [
        each if each.link is None or _opens(each, rows, user) else replace(each, link=None)
        for each in columns
    ]


def _opens(column: Column, rows: Sequence[Any], user: Any) -> bool:
    first = next((row for row in rows if not is_missing(column.read(row))), None)
    return first is None or column.link is None or opens(column.link(first), user)
