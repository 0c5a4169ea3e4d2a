"""The audit trail as a list: by person, act, object and time."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.audit.words import ACTIONS, action_words
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, DaysFilter, Listing, TextFilter

VIEW = "audit.view_auditentry"


def entries(user: Any) -> QuerySet[AuditEntry]:
    """The entries that somebody may read: all of them, or none."""
    return scope_of(user, VIEW).filter(AuditEntry.objects.select_related("actor"))


def _who(row: AuditEntry) -> Any:
    return row.actor_name or _("平台")


def _written(row: AuditEntry) -> str:
    return json.dumps(row.detail, ensure_ascii=False) if row.detail else ""


TRAIL = Listing(
    name="audit",
    title=_("审计记录"),
    scope=entries,
    columns=(
        Column("at", _("时间"), Kind.MOMENT, sort="at", link=lambda r: reverse("audit-entry", args=[r.pk]), width=20),
        Column("actor", _("操作人"), value=_who, sort="actor_name"),
        Column("action", _("动作"), value=lambda r: action_words(r.action), sort="action", width=24),
        Column("subject", _("对象"), Kind.CODE, sort="subject", width=40),
        Column("why", _("事由"), value=lambda r: r.detail.get("why"), width=36),
        Column("address", _("来源地址"), Kind.CODE),
        Column("code", _("动作代码"), Kind.CODE, value=lambda r: r.action, shown=False, width=28),
        Column("detail", _("内容"), value=_written, shown=False, width=60),
    ),
    filters=(
        TextFilter("who", _("操作人"), fields=("actor_name", "actor__username")),
        ChoiceFilter("action", _("动作"), options=sorted(ACTIONS.items())),
        TextFilter("subject", _("对象"), fields=("subject",)),
        DaysFilter("at", _("时间")),
        TextFilter("address", _("来源地址"), fields=("address",), lookup="startswith", is_main=False),
    ),
    order="-at",
    blank=Blank(_("还没有审计记录")),
    label=str,
)  # fmt: skip
