"""What somebody exported: every file with its rows and digests, from the audit trail."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing.column import Column
from zhihuan.web.listing.declaration import Listing
from zhihuan.web.listing.export import ACTION
from zhihuan.web.listing.filters import DaysFilter
from zhihuan.web.listing.response import respond
from zhihuan.web.permission import signed_in


def _own(user: Any) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(actor=user, action=ACTION)


def _detail(name: str) -> Any:
    return lambda entry: entry.detail.get(name)


EXPORTS = Listing(
    name="exports",
    title=_("我的导出"),
    scope=_own,
    columns=(
        Column("at", _("导出时间"), Kind.MOMENT, sort="at", width=20),
        Column("title", _("列表"), value=_detail("title")),
        Column(
            "asked", _("查询条件"), value=lambda e: "；".join(e.detail.get("asked", [])), width=40
        ),
        Column("rows", _("行数"), Kind.NUMBER, value=_detail("rows")),
        Column("rows_sha256", _("行内容 SHA-256"), Kind.CODE, _detail("rows_sha256"), width=66),
        Column("file_sha256", _("文件 SHA-256"), Kind.CODE, _detail("file_sha256"), width=66),
    ),
    filters=(DaysFilter("at", _("导出时间"), field="at"),),
    order="-at",
    blank=Blank(
        _("还没有导出过文件"), _("在任一列表上方选择“导出 Excel”，文件的行数与校验值会记在这里。")
    ),
    is_exported=False,
)


@signed_in
@require_safe
@never_cache
def exports(request: HttpRequest) -> HttpResponseBase:
    """One's own exports, newest first."""
    lead = _("每个导出文件的行数与校验值都有审计记录，可据此核对文件是否被改动。")
    return respond(request, EXPORTS, context={"lead": lead})
