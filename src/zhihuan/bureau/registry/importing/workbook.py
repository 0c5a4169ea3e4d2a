"""Excel files that the import reads back: templates, what is registered, and rows to be mended."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter
from django.db import models
from django.utils.translation import gettext as _

from zhihuan.bureau.registry.importing.problem import Problem
from zhihuan.bureau.registry.importing.sheet import Sheet
from zhihuan.bureau.registry.importing.table_file import Cell, TableFile

_ROWS_WITH_HELP = 5_000
_TOLD_ROWS = 200
_WIDTH = 18
_LONGEST_CHOICES = 255  # Excel's own limit for a list written into the cell's rule


def template(sheet: Sheet) -> bytes:
    """An empty file with the headings, a note on each and lists to choose from."""
    return _written(sheet, ())


def export(
    sheet: Sheet, rows: models.QuerySet[Any], tell: Callable[[int], None] | None = None
) -> bytes:
    """The registered records in the form the import reads: edit, and give back. ``tell(rows done)``."""
    related = [name for name in sheet.names if sheet.model._meta.get_field(name).is_relation]
    found = rows.select_related(*related).iterator(chunk_size=2_000)
    cells = ([_told(row, name) for name in sheet.names] for row in found)
    return _written(sheet, _counted(cells, tell) if tell else cells)


def _counted(rows: Iterable[Sequence[Any]], tell: Callable[[int], None]) -> Iterator[Sequence[Any]]:
    done = 0
    for done, row in enumerate(rows, start=1):
        yield row
        if done % _TOLD_ROWS == 0:
            tell(done)
    tell(done)


def faulty_rows(table: TableFile, problems: Sequence[Problem]) -> bytes:
    """The rows that were refused, with what is wrong in a last column: mend, and give again."""
    told: dict[int, list[str]] = {}
    for each in problems:
        if each.refuses:
            told.setdefault(each.row, []).append(
                f"{each.heading}：{each.text}" if each.heading else each.text
            )
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _SAFE) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [*table.headings, _("问题")])
        kept = ((cells, told[number]) for number, cells in table.rows if number in told)
        for line, (cells, words) in enumerate(kept, start=1):
            padded = [*cells, *[None] * (len(table.headings) - len(cells))][: len(table.headings)]
            page.write_row(line, 0, [*map(_plain, padded), "；".join(words)])
    return file.getvalue()


_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
         "default_date_format": "yyyy-mm-dd", "in_memory": True, "remove_timezone": True}  # fmt: skip


def _written(sheet: Sheet, rows: Iterable[Sequence[Any]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _SAFE) as book:
        page = book.add_worksheet(str(sheet.title)[:31])
        page.freeze_panes(1, 0)
        needed, free = (
            book.add_format({"bold": True, "bg_color": "#DCE9F7"}),
            book.add_format({"bold": True}),
        )
        for column, name in enumerate(sheet.names):
            page.write_string(
                0, column, sheet.heading(name), needed if sheet.is_needed(name) else free
            )
            page.set_column(column, column, _WIDTH)
            page.write_comment(0, column, _note(sheet, name))
            _offer_choices(page, column, sheet.model._meta.get_field(name))
        for line, cells in enumerate(rows, start=1):
            page.write_row(line, 0, cells)
    return file.getvalue()


def _offer_choices(page: Any, column: int, found: Any) -> None:
    labels = [str(label) for _value, label in found.flatchoices] if found.choices else []
    if labels and len(",".join(labels)) <= _LONGEST_CHOICES:
        page.data_validation(
            1, column, _ROWS_WITH_HELP, column, {"validate": "list", "source": labels}
        )


def _note(sheet: Sheet, name: str) -> str:
    found: Any = sheet.model._meta.get_field(name)
    words = [_("必填") if sheet.is_needed(name) else _("选填"), str(found.help_text or "")]
    if found.is_relation:
        title = found.related_model._meta.verbose_name
        words.append(_("填%(title)s的编码或名称") % {"title": title})
    elif isinstance(found, models.DateField):
        words.append(_("日期，如 2026-05-03"))
    return "；".join(word for word in words if word)


def _told(row: Any, name: str) -> Any:
    value = getattr(row, name)
    found: Any = type(row)._meta.get_field(name)
    if found.choices:
        return str(getattr(row, f"get_{name}_display")() or "")
    if isinstance(value, models.Model):
        return str(getattr(value, "code", None) or value) if name != "town" else str(value)
    return _plain(value)


def _plain(value: Cell | Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, dt.date)):
        return value
    return str(value)
