"""The funnel of a year, each figure a link to the list that it counts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.lines.clues import funnel
from zhihuan.lines.clues.funnel import STAGES, Count4
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.rule_words import rule_words
from zhihuan.web.clues.clue_list import VIEW, clues_seen_by
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import DaysFilter
from zhihuan.web.matters.bars import bars_of
from zhihuan.web.matters.due import Today
from zhihuan.web.matters.statistics import Figure
from zhihuan.web.permission import requires

__all__ = ["funnel_page"]

_EARLIEST, _LATEST = 1990, 2100


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which year, and of one source or rule alone; "" for all."""

    year: int
    source: str = ""
    rule: str = ""

    @classmethod
    def read(cls, query: Any, this_year: int) -> _Asked:
        text = query.get("year", "")
        year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else this_year
        source = query.get("source", "")
        return cls(
            year if _EARLIEST <= year <= _LATEST else this_year,
            source if source in Clue.Source.values else "",
            query.get("rule", "")[:60],
        )

    def query(self, **more: Any) -> str:
        """The same as an address of this page."""
        given = {"year": self.year, "source": self.source, "rule": self.rule} | more
        return "?" + urlencode({name: value for name, value in given.items() if value})

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)

    @property
    def narrowed(self) -> dict[str, str]:
        given = {"source": self.source, "rule": self.rule}
        return {name: value for name, value in given.items() if value}


@require_safe
@never_cache
@requires(VIEW)
def funnel_page(request: HttpRequest) -> HttpResponseBase:
    """``?year=2026&source=alarm&rule=hour_over``; this year, all sources and rules when not given."""
    today = Today.look()
    asked = _Asked.read(request.GET, today.day.year)
    within = DaysFilter("opened", "", field="opened_at").narrow(
        clues_seen_by(request.user).filter(**asked.narrowed), asked.days
    )
    total, ruled = funnel.in_all(within), funnel.by_rule(within)
    stages = [Figure(words, getattr(total, code), "") for code, words in STAGES]
    context = {
        "section": "clues-funnel",
        "trail": [Crumb(_("线索池"), reverse("clues")), Crumb(_("线索漏斗"))],
        "asked": asked,
        "chosen": _chosen(asked),
        "before": asked.query(year=asked.year - 1) if asked.year > _EARLIEST else "",
        "after": asked.query(year=asked.year + 1) if asked.year < today.day.year else "",
        "as_of": today.now,
        "chart": bars_of(_("%(year)d 年线索漏斗") % {"year": asked.year}, stages),
        "tables": _tables(asked, within, total, ruled, today.day),
        "rules": [rule_words(each.key) for each in ruled],
    }
    return render(request, "clues/funnel.html", context)


def _chosen(asked: _Asked) -> list[tuple[str, str]]:
    """What narrows the figures, each with the address without it."""
    words = dict(Clue.Source.choices)
    found = [
        (f"{_('来源')}：{words[asked.source]}", asked.query(source="")) if asked.source else None,
        (f"{_('发现规则')}：{_rule(asked.rule)}", asked.query(rule="")) if asked.rule else None,
    ]
    return [each for each in found if each]


def _tables(
    asked: _Asked, rows: Any, total: Count4, ruled: Iterable[Count4], today: dt.date
) -> list[Table]:
    sources = dict(Clue.Source.choices)
    last = today.month if asked.year == today.year else 12  # months to come are not told
    told = [each for each in funnel.by_month(rows) if each.key <= last]
    # those before the first clue tell nothing
    months = list(dropwhile(lambda each: not each.found, told))
    return [
        _table(_("合计"), _("范围"), [total], _link(asked), lambda _one: (str(_("全部")), "")),
        _table(
            _("按来源"), _("来源"), funnel.by_source(rows), _link(asked, "source"),
            lambda one: (str(sources[one.key]), asked.query(source=one.key)),
        ),
        _table(
            _("按发现规则（人工登记的不列）"), _("规则"), ruled, _link(asked, "rule"),
            lambda one: (_rule(one.key), asked.query(rule=one.key)),
        ),
        _table(
            _("按登记月份"), _("月份"), months, _link(asked, "month"),
            lambda one: (_("%(month)d 月") % {"month": one.key}, ""),
        ),
    ]  # fmt: skip


def _rule(code: str) -> str:
    return rule_words(code).title


def _link(asked: _Asked, name: str = "") -> Callable[[Count4, str], str]:
    """From a row and a stage to the list of exactly those."""

    def link(one: Count4, stage: str) -> str:
        first, last = asked.days
        narrowed: dict[str, Any] = asked.narrowed
        if name == "month":
            last = dt.date(asked.year, one.key, calendar.monthrange(asked.year, one.key)[1])
            first = last.replace(day=1)
        elif name:
            narrowed = narrowed | {name: one.key}
        query = {
            "group": "all",
            "reached": stage,
            "opened_from": first,
            "opened_to": last,
            **narrowed,
        }
        return f"{reverse('clues')}?{urlencode(query)}"

    return link


def _table(
    title: Any,
    head: Any,
    counted: Iterable[Count4],
    link: Callable[[Count4, str], str],
    named: Callable[[Count4], tuple[str, str]],
) -> Table:
    titles = [Heading(words, Kind.NUMBER) for _code, words in STAGES]
    return Table(
        caption=title,
        headings=[Heading(head), *titles, Heading(_("查实率"), Kind.NUMBER, "%")],
        rows=[Row(_cells(one, link, named(one))) for one in counted],
        blank=Blank(_("没有规则发现过线索")),
    )


def _cells(one: Count4, link: Callable[[Count4, str], str], named: tuple[str, str]) -> list[Cell]:
    words, url = named
    figures = [
        cell(getattr(one, code), Kind.NUMBER, url=link(one, code)) for code, _words in STAGES
    ]
    share = round(100 * one.share, 1) if one.share is not None else None
    return [cell(words, url=url, is_header=True), *figures, cell(share, Kind.NUMBER)]
