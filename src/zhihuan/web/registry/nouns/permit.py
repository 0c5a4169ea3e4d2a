"""Permits, and the yearly amounts they allow."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import Permit, PermitTotal
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import BatchAct, ChoiceFilter, Column, DaysFilter, Listing, TextFilter
from zhihuan.web.live.factor_words import words
from zhihuan.web.registry.forms.permit import PermitForm, TotalForm
from zhihuan.web.registry.noun import Noun, Part
from zhihuan.web.registry.nouns.enterprise import ENTERPRISE
from zhihuan.web.registry.nouns.limit import LIMIT_COLUMNS
from zhihuan.web.registry.nouns.links import form_of, page_of
from zhihuan.web.registry.nouns.point import POINT
from zhihuan.web.registry.nouns.towns import town_filter

_VIEW, _CHANGE = "registry.view_permit", "registry.change_permit"


def _rows(user: Any) -> QuerySet[Permit]:
    rows = Permit.objects.select_related("enterprise__town")
    return scope_of(user, _VIEW).filter(rows)


def validity(row: Permit) -> Status:
    """Whether a permit holds today."""
    today = timezone.localdate()
    if row.valid_from > today:
        return Status(StatusKind.WAITING, _("尚未生效"))
    if row.valid_until is not None and row.valid_until < today:
        return Status(StatusKind.DANGER, _("已过期"))
    return Status(StatusKind.DONE, _("有效"))


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    today = timezone.localdate()
    ended = Q(valid_until__isnull=False, valid_until__lt=today)
    states = {
        "valid": ~ended & Q(valid_from__lte=today),
        "ended": ended,
        "coming": Q(valid_from__gt=today),
    }
    return rows.filter(states[state]) if state in states else rows.none()


PERMIT_COLUMNS = (
    Column("number", _("许可证（登记）编号"), Kind.CODE, sort="number", link=page_of("permits"), width=28),
    Column("issued_by", _("核发机关"), width=30),
    Column("valid_from", _("有效期自"), Kind.DAY, sort="valid_from"),
    Column("valid_until", _("有效期至"), Kind.DAY, sort="valid_until"),
    Column("state", _("状态"), Kind.STATUS, value=validity),
)  # fmt: skip

PERMITS = Listing(
    name="permits",
    title=_("排污许可"),
    scope=_rows,
    columns=(
        *PERMIT_COLUMNS,
        Column("enterprise", _("企业"), link=lambda r: ENTERPRISE.url_of(r.enterprise), width=36),
        Column("town", _("镇街"), value=lambda r: r.enterprise.town),
    ),
    filters=(
        TextFilter("q", _("编号或企业名称"), fields=("number", "enterprise__name")),
        town_filter(_VIEW, "enterprise__town"),
        ChoiceFilter(
            "state",
            _("状态"),
            options=[("valid", _("有效")), ("ended", _("已过期")), ("coming", _("尚未生效"))],
            apply=_in_state,
        ),
        DaysFilter("until", _("有效期至"), field="valid_until", is_moment=False, is_main=False),
    ),
    order="number",
    acts=(BatchAct(_("批量修改"), "registry-batch-permits", _CHANGE),),
    blank=Blank(_("还没有登记排污许可")),
)


def _facts(row: Permit) -> list[Term]:
    return [
        Term(_("企业"), row.enterprise, url=ENTERPRISE.url_of(row.enterprise)),
        Term(_("核发机关"), row.issued_by),
        Term(_("有效期自"), row.valid_from, Kind.DAY),
        Term(_("有效期至"), row.valid_until, Kind.DAY, reason=_("长期有效")),
        Term(_("状态"), validity(row), Kind.STATUS),
    ]


def _factor(row: Any) -> str:
    return f"{words(row.factor).name}（{row.factor}）"


PERMIT = Noun(
    code="permits",
    model=Permit,
    one=_("排污许可证"),
    key="number",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=PermitForm,
    batch=("issued_by",),
    listing=PERMITS,
    facts=_facts,
    related=("enterprise__town",),
    parts=(
        Part(
            _("许可排放量"),
            lambda r: r.totals.order_by("-year", "factor"),
            (
                Column("year", _("年度"), link=form_of("totals")),
                Column("factor", _("污染因子"), value=_factor),
                Column("tonnes", _("许可排放量"), Kind.NUMBER, unit="t"),
            ),
            _VIEW,
            _("还没有登记许可排放量。"),
            adds="totals",
            given=lambda r: {"permit": r.number},
        ),
        Part(
            _("由此证规定的限值"),
            lambda r: r.limits.select_related("point", "permit").order_by("point", "factor"),
            (
                Column("point", _("监测点位"), link=lambda r: POINT.url_of(r.point), width=30),
                *LIMIT_COLUMNS,
            ),
            _VIEW,
            _("还没有登记限值；请在监测点位页面登记。"),
        ),
    ),
)
TOTAL = Noun(
    code="totals",
    model=PermitTotal,
    one=_("许可排放量"),
    key="pk",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    delete=_CHANGE,
    form=TotalForm,
    related=("permit__enterprise",),
    owner=lambda row: (PERMIT, row.permit),
)
NOUNS = (PERMIT, TOTAL)
