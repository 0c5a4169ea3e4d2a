"""One look at a list, ready for its template: filters, chips, table, pager, toolbar.

Costs the same number of queries whatever the rows: one reads the page, one counts (up to a bound) where that is not
all, one reads saved filters, and one for each filter whose options the database knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhihuan.web.components.pager import Pager, PageSize
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table
from zhihuan.web.components.table import cell as written
from zhihuan.web.components.value import is_missing
from zhihuan.web.listing.column import Column, opening_columns
from zhihuan.web.listing.declaration import SIZES, BatchAct, Listing
from zhihuan.web.listing.filters import Filter
from zhihuan.web.listing.held import HeldRows
from zhihuan.web.listing.keyset import Order, Page, page_of
from zhihuan.web.listing.question import Question


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in use, and the address without it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class FilterInput:
    """One filter with what its template shows."""

    filter: Filter
    id: str
    inputs: dict[str, Any]
    problem: str
    is_used: bool


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column that may be shown."""

    column: Column
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """Everything ``listing/_results.html`` and the filter bar show."""

    listing: Listing
    question: Question
    table: Table
    pager: Pager
    total: int
    is_more: bool
    chips: list[Chip]
    inputs: list[FilterInput]
    columns: list[ColumnChoice]
    acts: list[BatchAct]
    export_url: str
    here: str
    saved: list[Any] = field(default_factory=list)

    @property
    def main_inputs(self) -> list[FilterInput]:
        return [each for each in self.inputs if each.filter.is_main]

    @property
    def more_inputs(self) -> list[FilterInput]:
        return [each for each in self.inputs if not each.filter.is_main]

    @property
    def more_is_used(self) -> bool:
        return any(each.is_used or each.problem for each in self.more_inputs)

    @property
    def kept_query(self) -> str:
        return self.question.written()


def list_view(request: HttpRequest, listing: Listing, rows: QuerySet[Any]) -> ListView:
    """The look that the request asks for at ``rows``, which are already within scope."""
    question = Question.read(listing, request.GET)
    fitting = question.narrow(rows)
    page, counted = _page(request, question, fitting)
    acts = [each for each in listing.acts if _may(request.user, each.permission)]
    may_export = listing.is_exported and _may(request.user, listing.export_permission)
    inputs = [_input(each, question, request.user) for each in listing.filters]
    return ListView(
        listing=listing,
        question=question,
        table=_table(question, page, request.user, has_acts=bool(acts)),
        pager=_pager(question, page),
        total=min(counted, listing.counted_to),
        is_more=counted > listing.counted_to,
        chips=_chips(question, inputs),
        inputs=inputs,
        columns=[ColumnChoice(each, each in question.columns) for each in listing.columns],
        acts=acts,
        export_url=question.address(format="xlsx") if may_export else "",
        here=_here(request, question),
        saved=_saved(request, listing),
    )


def _page(request: HttpRequest, question: Question, fitting: Any) -> tuple[Page, int]:
    """The rows of the page, and how many fit, counted up to a bound."""
    order = Order(question.field, question.is_descending)
    place = {name: request.GET.get(name, "") for name in ("after", "before")}
    if isinstance(fitting, HeldRows):
        return fitting.page(order, question.size, **place), fitting.count()
    page = page_of(fitting, order, question.size, **place)
    if not page.after and not any(place.values()):
        return page, len(page.rows)  # it is the first and the last
    return page, fitting.order_by()[: question.listing.counted_to + 1].count()


def _here(request: HttpRequest, question: Question) -> str:
    """The shortest address of this very look."""
    place = {name: request.GET[name] for name in ("after", "before") if request.GET.get(name)}
    return question.address(**place)


def _may(user: Any, permission: str) -> bool:
    return not permission or user.has_perm(permission)


def _saved(request: HttpRequest, listing: Listing) -> list[Any]:
    from zhihuan.web.models import saved_by

    return saved_by(request.user, listing.name)


# ---- the table --------------------------------------------------------------------------------


def _table(question: Question, page: Page, user: Any, *, has_acts: bool) -> Table:
    listing = question.listing
    marks = listing.marks(page.rows) if listing.marks is not None and page.rows else {}
    columns = opening_columns(question.columns, page.rows, user)
    return Table(
        caption=listing.title,
        headings=[_heading(each, question) for each in question.columns],
        rows=[_row(row, columns, listing.label, marks.get(row.pk, ())) for row in page.rows],
        blank=_blank(question),
        choose_for=f"acts-{listing.name}" if has_acts else "",
        target=listing.target,
    )


def _heading(column: Column, question: Question) -> Heading:
    if not column.sort:
        return Heading(column.title, column.kind, column.unit)
    is_sorted = question.sort.removeprefix("-") == column.name
    falls = is_sorted and question.is_descending
    turned = column.name if falls or not is_sorted else f"-{column.name}"
    return Heading(
        column.title,
        column.kind,
        column.unit,
        sort_url=question.address(sort=turned),
        sorted=("descending" if falls else "ascending") if is_sorted else "",
        id=f"sort-{question.listing.name}-{column.name}",
    )


def _row(row: Any, columns: Sequence[Column], label: Any, marks: Sequence[Any]) -> Row:
    cells = [_cell(each, row, is_header=not i) for i, each in enumerate(columns)]
    name = label(row) if label else _plain(cells[0])
    return Row(cells, key=str(row.pk), name=name, marks=tuple(marks))


def _cell(column: Column, row: Any, *, is_header: bool) -> Cell:
    if column.cell is not None:
        return Cell(column.cell(row), column.kind, is_header)
    value = column.read(row)
    url = column.link(row) if column.link is not None and not is_missing(value) else ""
    return written(value, column.kind, url=url, is_header=is_header)


def _plain(shown: Cell) -> str:
    from django.utils.html import strip_tags

    return strip_tags(shown.shown) if isinstance(shown.shown, SafeString) else shown.shown


def _blank(question: Question) -> Blank:
    if question.asked():
        return Blank(
            _("没有符合条件的记录"),
            _("请放宽或清除查询条件后重新查询。"),
            kind="no_match",
            act=_("清除条件"),
            act_url="?",
        )
    return question.listing.blank or Blank(_("还没有记录"))


# ---- what stands around it --------------------------------------------------------------------


def _pager(question: Question, page: Page) -> Pager:
    has_before, has_after = bool(page.before), bool(page.after)
    return Pager(
        first_url=question.address() if has_before else "",
        previous_url=question.address(before=page.before) if has_before else "",
        next_url=question.address(after=page.after) if has_after else "",
        sizes=[PageSize(rows, question.address(size=rows), rows == question.size) for rows in SIZES]
        if has_before or has_after or len(page.rows) > SIZES[0]
        else [],
        target=question.listing.target,
        id=f"pager-{question.listing.name}",
    )


def _chips(question: Question, inputs: list[FilterInput]) -> list[Chip]:
    shown = {each.filter.name: each.inputs for each in inputs}
    return [
        Chip(each.words(asked, shown[each.name]), question.without(each.name))
        for each, asked in question.asked()
    ]


def _input(each: Filter, question: Question, user: Any) -> FilterInput:
    return FilterInput(
        filter=each,
        id=f"id_{question.listing.name}_{each.name}",
        inputs=each.inputs(question.query, user),
        problem=each.problem(question.query),
        is_used=bool(each.read(question.query)),
    )
