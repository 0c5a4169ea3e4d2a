"""The list of acts on the registry."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.history.models import Change, ChangeSet
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, DaysFilter, Listing, TextFilter, respond
from zhihuan.web.permission import requires
from zhihuan.web.registry.changes.within import VIEW, acts_within
from zhihuan.web.registry.changes.words import kind_of, title_of


def _rows(user: Any) -> QuerySet[ChangeSet]:
    own = Change.objects.filter(change_set=OuterRef("pk")).order_by("id")
    counted = own.order_by().values("change_set").annotate(n=Count("pk")).values("n")
    return (
        acts_within(user)
        .select_related("actor")
        .annotate(
            changed=Subquery(counted),
            first_model=Subquery(own.values("model")[:1]),
            first_title=Subquery(own.values("title")[:1]),
            is_undone=Exists(ChangeSet.objects.filter(undoes=OuterRef("pk"))),
        )
    )


def _what(row: Any) -> str:
    first = Change(model=row.first_model or "", title=row.first_title or "")
    title = f"“{title_of(first)}”" if title_of(first) else ""
    words = f"{kind_of(first)}{title}"
    if row.changed == 1:
        return words
    return _now("%(what)s 等 %(count)s 条") % {"what": words, "count": row.changed}


def _state(row: Any) -> Status | None:
    return Status(StatusKind.VOID, _("已撤销")) if row.is_undone else None


CHANGES = Listing(
    name="changes",
    title=_("变更记录"),
    scope=_rows,
    columns=(
        Column("at", _("时间"), Kind.MOMENT, sort="at",
               link=lambda r: reverse("registry-change-set", args=[r.pk]), width=20),
        Column("actor", _("操作人"), value=lambda r: r.actor or _now("平台")),
        Column("kind", _("方式"), value=lambda r: r.get_kind_display()),
        Column("what", _("内容"), value=_what, width=40),
        Column("why", _("事由"), width=40),
        Column("source", _("来源"), width=24),
        Column("changed", _("记录数"), Kind.NUMBER),
        Column("state", _("状态"), Kind.STATUS, value=_state),
    ),
    filters=(
        TextFilter("q", _("事由、来源或操作人"),
                   fields=("why", "source", "actor__display_name", "actor__username")),
        ChoiceFilter("kind", _("方式"), options=ChangeSet.Kind.choices),
        DaysFilter("at", _("时间"), field="at"),
    ),
    order="-at",
    blank=Blank(_("还没有变更"), _("登记、修改、导入和撤销都会记在这里。")),
)  # fmt: skip


@requires(VIEW)
@require_safe
@never_cache
def change_sets(request: HttpRequest) -> HttpResponseBase:
    """Acts within the reader's scope, newest first."""
    lead = _("谁、何时、因何、改了什么；可预览并撤销。")
    return respond(request, CHANGES, context={"section": "registry-changes", "lead": lead})
