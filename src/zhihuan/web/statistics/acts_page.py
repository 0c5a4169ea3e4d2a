"""The acts that one figure counts: as many rows as the figure says, with amounts that sum to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of
from zhihuan.bureau.people.scope import scope_of, towns_in
from zhihuan.bureau.registry.industries import industries, industry_text
from zhihuan.indicators.actions import VIEW
from zhihuan.indicators.catalogue import indicator_of, indicators, source_words
from zhihuan.indicators.declaration import Law
from zhihuan.indicators.models import CountedAct
from zhihuan.indicators.reach import acts_within, may_open
from zhihuan.indicators.reckoning import tally_of
from zhihuan.standards.article import in_words
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, DaysFilter, Listing, TextFilter, respond
from zhihuan.web.listing.question import Question
from zhihuan.web.permission import requires
from zhihuan.web.statistics.dimension import TITLES, condition, words_of
from zhihuan.web.statistics.shown import written

__all__ = ["ACTS", "acts"]


def _rows(user: Any) -> QuerySet[CountedAct]:
    scope = partial(scope_of, user)
    opens = ExpressionWrapper(may_open(scope), output_field=BooleanField())
    found = acts_within(scope).select_related("matter", "town", "event")
    return found.annotate(opens=opens)


def _of_figure(rows: QuerySet[CountedAct], asked: str) -> QuerySet[CountedAct]:
    indicator = indicator_of(asked)
    return rows.filter(acts=indicator.acts.code) if indicator else rows.none()


def _figures(_user: Any) -> list[tuple[str, Any]]:
    return [(each.code, each.title) for each in indicators()]


def _opening(row: Any) -> Any:
    """The title; a link for whoever may look at the matter."""
    title = row.matter.title
    address = reverse("matter", args=[row.matter_id])
    return format_html('<a href="{}">{}</a>', address, title) if row.opens else title


class _CaseType(TextFilter):
    """The case type as it is written; "-" for acts that have none."""

    def read(self, query: QueryDict) -> str:
        return query.get(self.name, "").strip()[:120]

    def narrow(self, rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
        return rows.filter(condition("case_type", asked))

    def words(self, asked: str, inputs: dict[str, Any]) -> str:  # noqa: ARG002 - filters share one signature
        told = words_of("case_type", [asked])[asked]
        return f"{self.title}：{told}"


def _choice(by: str, options: Callable[[Any], Iterable[tuple[str, Any]]]) -> ChoiceFilter:
    """Its options are what there can be: to look for what there is would walk through all acts."""

    def offered(user: Any) -> list[tuple[str, Any]]:
        return [*options(user), ("-", _("未载明"))]

    def apply(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
        return rows.filter(condition(by, asked))

    return ChoiceFilter(by, TITLES[by], options=offered, apply=apply, is_main=False)


def _towns(user: Any) -> list[tuple[str, str]]:
    scope = scope_of(user, VIEW)
    return list(towns_in(scope).order_by("code").values_list("code", "name"))


def _divisions(_user: Any) -> list[tuple[str, str]]:
    return [(code, industry_text(code)) for code in industries() if len(code) == 2]


def _step(row: CountedAct) -> str:
    try:
        return str(edition_of(row.procedure, row.matter.edition).step(row.event.step).title)
    except (UnknownProcedureError, KeyError):
        return row.event.step


ACTS = Listing(
    name="counted-acts",
    title=_("计入统计的事项"),
    scope=_rows,
    columns=(
        Column("day", _("计入日期"), Kind.DAY, sort="day"),
        Column("matter", _("事项"), value=lambda row: row.matter.title, width=44, cell=_opening),
        Column("step", _("计入的环节"), value=_step, width=20),
        Column("amount", _("计入数额"), Kind.NUMBER, sort="amount"),
        Column("party", _("当事人"), value=lambda row: row.matter.party_name, width=36),
        Column("town", _("镇街"), width=12),
        Column("case_type", TITLES["case_type"], width=24),
        Column("source", TITLES["source"], value=lambda row: source_words().get(row.source, row.source)),
        Column("law", TITLES["law"], value=lambda row: dict(Law.choices).get(row.law, "")),
        Column("industry", TITLES["industry"], Kind.CODE, shown=False),
        Column("number", _("编号"), Kind.CODE, value=lambda row: str(row.matter_id), shown=False),
        Column("event", _("经过序号"), Kind.NUMBER, value=lambda row: row.event.number, shown=False),
        Column("synthetic", _("模拟数据"), Kind.FLAG, value=lambda row: row.matter.synthetic),
    ),
    filters=(
        ChoiceFilter("figure", _("指标"), options=_figures, apply=_of_figure),
        DaysFilter("day", _("计入日期"), field="day", is_moment=False),
        _choice("town", _towns),
        _CaseType("case_type", TITLES["case_type"], fields=("case_type",), is_main=False),
        _choice("source", lambda _user: source_words().items()),
        _choice("law", lambda _user: Law.choices),
        _choice("industry", _divisions),
    ),
    order="-day",
    blank=Blank(_("没有计入的事项"), _("事项办理到相应环节后自动计入。")),
    label=lambda row: row.matter.title,
)  # fmt: skip


@require_safe
@never_cache
@requires(VIEW)
def acts(request: HttpRequest) -> HttpResponseBase:
    """``?figure=cases_filed&day_from=2026-01-01&day_to=2026-12-31&town=…``"""
    indicator = indicator_of(request.GET.get("figure", ""))
    rows = ACTS.scope(request.user)
    listed = Question.read(ACTS, request.GET).narrow(rows)
    context = {
        "section": "figures",
        "trail": [Crumb(_("执法统计"), reverse("figures")), Crumb(indicator.title if indicator else _("计入统计的事项"))],
        "indicator": indicator,
        "basis": in_words(indicator.basis) if indicator else "",
        "figure": written(tally_of(listed).figure(indicator)) if indicator else "",
    }  # fmt: skip
    return respond(request, ACTS, rows=rows, template="statistics/acts.html", context=context)
