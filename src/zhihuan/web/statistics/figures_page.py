"""The figures of a period: a table a group with the year before, and one of them by month, town, case type, source, law and
industry. Every count is a link to the list that it counts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.people.scope import scope_of
from zhihuan.indicators.actions import VIEW
from zhihuan.indicators.declaration import Indicator
from zhihuan.indicators.periods import Period
from zhihuan.indicators.reckoning import DIMENSIONS, Told, told_apart
from zhihuan.indicators.within import ActsWithin
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind
from zhihuan.web.listing.column import Column
from zhihuan.web.listing.export import Contents, contents_response
from zhihuan.web.permission import requires
from zhihuan.web.statistics.asked import Asked
from zhihuan.web.statistics.dimension import NARROWING, TITLES, in_address, words_of
from zhihuan.web.statistics.pairs import Pairs, pairs_of
from zhihuan.web.statistics.shown import Line, lines_of, signed, written
from zhihuan.web.statistics.tiles import tiles_of

__all__ = ["figures_page"]

_EARLIEST = 1990
#: Charts show so many towns and case types; the tables have all.
_MOST_BARS = 12
_COLUMNS = (
    Column("heading", gettext_lazy("类别"), width=18),
    Column("title", gettext_lazy("指标"), width=28),
    Column("unit", gettext_lazy("单位"), width=8),
    Column("now", gettext_lazy("本期"), Kind.NUMBER),
    Column("before", gettext_lazy("上年同期"), Kind.NUMBER),
    Column("change", gettext_lazy("增减"), Kind.NUMBER),
    Column("change_unit", gettext_lazy("增减单位"), width=10),
    Column("percent", gettext_lazy("增减（%）"), Kind.NUMBER),
    Column("about", gettext_lazy("指标解释"), width=70),
    Column("basis", gettext_lazy("依据"), width=40),
    Column("code", gettext_lazy("指标代码"), Kind.CODE, width=26),
)


@require_safe
@never_cache
@requires(VIEW)
def figures_page(request: HttpRequest) -> HttpResponseBase:
    """``?period=2026-Q3&figure=penalty_decisions&town=…``; ``format=xlsx`` gives the table as a file."""
    now = timezone.now()
    asked = Asked.read(request.GET, timezone.localdate(now))
    acts = asked.within(scope_of(request.user, VIEW))
    lines = lines_of(acts, asked.period)
    if request.GET.get("format") == "xlsx":
        return _file(request, asked, lines)
    chosen = _chosen(asked, lines)
    context = {
        "section": "figures",
        "trail": [Crumb(_("执法统计"))],
        "asked": asked,
        "as_of": now,
        "period": asked.period,
        "before": asked.period.year_before,
        "spans": _spans(asked),
        "narrowed": _narrowed(asked),
        "lines": lines,
        "tiles": tiles_of(asked, lines, now),
        "tables": [_group(asked, list(group)) for _g, group in groupby(lines, lambda each: each.group)],
        "chosen": chosen,
        "parts": [*_parts(asked, acts, chosen.indicator)] if chosen and chosen.indicator else [],
        "file_url": asked.query(format="xlsx"),
    }  # fmt: skip
    return render(request, "statistics/figures.html", context)


def _chosen(asked: Asked, lines: Sequence[Line]) -> Line | None:
    """The figure that is told apart: the one asked for, else the first; None where there is none."""
    counted = [each for each in lines if each.indicator]
    return next((each for each in counted if each.code == asked.figure), counted[0] if counted else None)  # fmt: skip


def _file(request: HttpRequest, asked: Asked, lines: Sequence[Line]) -> HttpResponseBase:
    period, before = asked.period, asked.period.year_before
    told = [
        _("本期：%(first)s 至 %(last)s") % {"first": period.first, "last": period.last},
        _("上年同期：%(first)s 至 %(last)s") % {"first": before.first, "last": before.last},
        *(words for words, _url in _narrowed(asked)),
    ]
    contents = Contents("figures", _("执法统计"), _COLUMNS, lines, told, asked.query().lstrip("?"))
    return contents_response(request, contents)


def _spans(asked: Asked) -> list[tuple[Any, str, bool]]:
    """Words and addresses of the years beside, the year, its quarters and months that have begun."""
    year, today = asked.period.first.year, asked.today
    found = [(f"{each}", _("%(year)d 年") % {"year": each}) for each in (year - 1, year, year + 1)]
    found += [(f"{year}-Q{each}", _("第 %(n)d 季度") % {"n": each}) for each in range(1, 5)]
    found += [(f"{year}-{each:02}", _("%(month)d 月") % {"month": each}) for each in range(1, 13)]
    return [
        (words, asked.query(period=text), text == asked.text)
        for text, words in found
        if int(text[:4]) >= _EARLIEST and Period.parse(text).first <= today
    ]


def _narrowed(asked: Asked) -> list[tuple[str, str]]:
    """What narrows the figures, each with the address without it."""
    return [
        (f"{TITLES[by]}：{words_of(by, [key])[key]}", asked.query(**{by: ""}))
        for by, key in asked.narrowed
    ]


def _group(asked: Asked, lines: Sequence[Line]) -> Table:
    return Table(
        caption=lines[0].heading,
        headings=[
            Heading(_("指标")),
            Heading(_("单位")),
            Heading(_("本期"), Kind.NUMBER),
            Heading(_("上年同期"), Kind.NUMBER),
            Heading(_("增减"), Kind.NUMBER),
            Heading(_("增减"), Kind.NUMBER, "%"),
        ],
        rows=[Row([*_cells(asked, each)]) for each in lines],
        blank=Blank(_("没有可看的指标")),
    )


def _cells(asked: Asked, line: Line) -> Iterator[Cell]:
    told, indicator = line.told, line.indicator
    apart = f"{asked.query(figure=line.code)}#apart" if indicator else ""
    yield cell(str(line.title), url=apart, is_header=True)
    yield cell(str(line.unit))
    yield from _pair(told, indicator, asked)
    yield _change(line)
    yield Cell(signed(line.percent), Kind.NUMBER)


def _change(line: Line) -> Cell:
    """With its unit, for the figures of a table have several."""
    if line.change is None:
        return Cell(signed(None), Kind.NUMBER)
    unit = format_html('<small class="head-unit">{}</small>', line.change_unit)
    return Cell(format_html("{} {}", signed(line.change), unit), Kind.NUMBER)


def _pair(told: Told, indicator: Indicator | None, asked: Asked, **more: Any) -> Iterator[Cell]:
    """The figure and that of the year before, each a link to its list."""
    for figure, period in ((told.now, asked.period), (told.before, asked.period.year_before)):
        url = asked.acts(indicator, period, **more) if indicator else ""
        yield cell(figure, Kind.NUMBER, url=url)


def _parts(asked: Asked, acts: ActsWithin, indicator: Indicator) -> Iterator[dict[str, Any]]:
    """One figure told apart: a table each, and a chart where there is something to compare."""
    narrowed = dict(asked.narrowed)
    for by in DIMENSIONS:
        if by in narrowed:
            continue
        told = told_apart(acts, indicator, asked.period, by)
        words = words_of(by, [each.key for each in told])
        yield {
            "by": by,
            "table": _table(asked, indicator, by, told, words),
            "chart": _chart(by, told, words) if by in {"month", "town", "case_type"} else None,
        }


def _chart(by: str, told: Sequence[Told], words: Any) -> Pairs | None:
    if not told:
        return None
    shown = told if by == "month" else told[:_MOST_BARS]
    lines = [(words[in_address(each.key)], each, _both(each)) for each in shown]
    return pairs_of(_("按%(by)s") % {"by": TITLES[by]}, lines)


def _both(told: Told) -> str:
    """Now and the year before, as the bars stand."""
    return f"{written(told.now)} / {written(told.before)}"


def _table(asked: Asked, indicator: Indicator, by: str, told: Sequence[Told], words: Any) -> Table:
    rows = []
    for each in told:
        key = in_address(each.key)
        narrow = asked.query(**{by: key}) if by in NARROWING else ""
        cells = [cell(words[key], url=narrow, is_header=True), *_linked(asked, indicator, by, each)]
        rows.append(Row([*cells, Cell(signed(each.change), Kind.NUMBER), Cell(signed(each.percent), Kind.NUMBER)]))  # fmt: skip
    return Table(
        caption=_("按%(by)s") % {"by": TITLES[by]},
        headings=[
            Heading(TITLES[by]),
            Heading(_("本期"), Kind.NUMBER, str(indicator.unit)),
            Heading(_("上年同期"), Kind.NUMBER, str(indicator.unit)),
            Heading(_("增减"), Kind.NUMBER, str(indicator.unit)),
            Heading(_("增减"), Kind.NUMBER, "%"),
        ],
        rows=rows,
        blank=Blank(_("两期都没有计入的事项")),
    )


def _linked(asked: Asked, indicator: Indicator, by: str, told: Told) -> Iterator[Cell]:
    if by != "month":
        yield from _pair(told, indicator, asked, **{by: in_address(told.key)})
        return
    for figure, whole in ((told.now, asked.period), (told.before, asked.period.year_before)):
        url = asked.acts(indicator, _month(whole, told.key))
        yield cell(figure, Kind.NUMBER, url=url)


def _month(whole: Period, month: int) -> Period:
    """That month, as far as the period has it."""
    year = next(year for year, each in whole.months() if each == month)
    first, last = dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return Period(max(first, whole.first), min(last, whole.last))
