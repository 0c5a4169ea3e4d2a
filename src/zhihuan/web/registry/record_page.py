"""The page of one record: its facts, what hangs on it, what may be done, what was changed last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.history.models import Change
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.bureau.registry.quality.check import todos
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.term import Term
from zhihuan.web.listing import Column
from zhihuan.web.listing.column import opening_columns
from zhihuan.web.permission import opened_by, opens
from zhihuan.web.registry.noun import Noun, Part
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.trail import section_of, trail_to

#: Rows of a part that a page shows; the rest is on the list.
MOST_ROWS = 200
_LAST_CHANGES = 10


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part as the page shows it."""

    title: Any
    table: Table
    add_url: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class ShownAct:
    """A link to something that can be done."""

    text: Any
    url: str
    is_main: bool = False


def may_look(user: Any, noun: str, room: str = "registry", **_key: Any) -> bool:
    """Whether pages of this noun's records open to somebody."""
    found = noun_of(noun, room)
    return found.facts is not None and may(user, found.view)


@opened_by(may_look)
@require_safe
@never_cache
def record_page(
    request: HttpRequest, noun: str, key: str, room: str = "registry"
) -> HttpResponseBase:
    """One record within the reader's scope."""
    found = noun_of(noun, room)
    if found.facts is None:
        raise Http404
    if not may(request.user, found.view):
        raise PermissionDenied
    row = found.find(request.user, key)
    context = {
        "section": section_of(found),
        "trail": trail_to(found, row),
        "noun": found,
        "row": row,
        "facts": [opening(term, request.user) for term in found.facts(row)],
        "parts": shown_parts(found, row, request.user),
        "acts": shown_acts(found, row, request.user),
        "changes": last_changes(row),
        "todo": todos(found.model, [row]).get(row.pk, []),
    }
    return render(request, "registry/record.html", context)


def shown_parts(noun: Noun, row: Any, user: Any) -> list[ShownPart]:
    """The parts that the reader may see; one query each."""
    return [_part(each, row, user) for each in noun.parts if may(user, each.permission)]


def _part(part: Part, row: Any, user: Any) -> ShownPart:
    rows = list(part.rows(row)[: MOST_ROWS + 1])
    add_url = ""
    if part.adds and may(user, noun_of(part.adds).add):
        add_url = f"{noun_of(part.adds).add_url}?{urlencode(part.given(row))}"
    return ShownPart(
        part.title,
        table_of(part.title, part.columns, rows[:MOST_ROWS], part.blank, user),
        add_url,
        len(rows) > MOST_ROWS,
    )


def opening(term: Term, user: Any) -> Term:
    """The fact, without a link that leads the reader to a refusal."""
    return term if not term.url or opens(term.url, user) else replace(term, url="")


def table_of(
    caption: Any, columns: tuple[Column, ...], rows: list[Any], blank: Any, user: Any = None
) -> Table:
    """A plain table of records, without sorting; with links as far as they open to ``user``."""
    columns = columns if user is None else tuple(opening_columns(columns, rows, user))
    return Table(
        caption=caption,
        headings=[Heading(each.title, each.kind, each.unit) for each in columns if each.shown],
        rows=[Row([_cell(c, r, is_header=not n) for n, c in enumerate(columns) if c.shown]) for r in rows],
        blank=Blank(blank),
    )  # fmt: skip


def _cell(column: Column, row: Any, *, is_header: bool) -> Any:
    value = column.read(row)
    url = column.link(row) if column.link is not None and value not in {None, ""} else ""
    return cell(value, column.kind, url=url, is_header=is_header)


def shown_acts(noun: Noun, row: Any, user: Any) -> list[ShownAct]:
    """What the reader may do with this very record."""
    acts = []
    if noun.change and scope_of(user, noun.change).covers(row):
        acts.append(ShownAct(_("修改"), noun.edit_url_of(row), is_main=True))
    return acts + [
        ShownAct(act.text, act.url(row))
        for act in noun.acts
        if act.when(row) and scope_of(user, act.permission).covers(row)
    ]


def last_changes(row: Any) -> list[Change]:
    """The newest changes of this record; one query."""
    rows = Change.objects.filter(model=row._meta.label_lower, object_id=str(row.pk))
    return list(rows.select_related("change_set__actor").order_by("-id")[:_LAST_CHANGES])
