"""What the registry knows of the party: who it is, its outlets, and the limits that hold today."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.bureau.registry.models import Enterprise, PointLimit
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table
from zhihuan.web.components.term import Term
from zhihuan.web.live.factor_words import words
from zhihuan.web.offline.luggage import register_luggage

__all__ = ["register", "registry_facts"]

_MOST_LIMITS = 200


def register() -> None:
    """Once, when the web app starts."""
    register_luggage(gettext_lazy("企业档案"), "offline/_registry.html", registry_facts)


def registry_facts(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """None where the party is no enterprise, or one that this reader may not see."""
    firm = Enterprise.objects.select_related("town").filter(pk=matter.party_id).first()
    if firm is None or not may(request.user, "registry.view_enterprise", firm):
        return None
    return {"facts": _facts(firm), "limits": _limits(request.user, firm)}


def _facts(firm: Enterprise) -> list[Term]:
    none = _("未登记")
    return [
        Term(_("企业名称"), firm.name),
        Term(_("统一社会信用代码"), firm.credit_code, reason=firm.no_code_reason or none),
        Term(_("地址"), firm.address, reason=none),
        Term(_("法定代表人"), firm.legal_representative, reason=none),
        Term(_("排污许可管理类别"), firm.get_level_display(), reason=none),
        Term(_("生产状态"), firm.get_status_display()),
    ]


def _limits(user: Any, firm: Enterprise) -> Table:
    today = timezone.localdate()
    valid = Q(valid_until=None) | Q(valid_until__gte=today)
    rows = PointLimit.objects.filter(valid, point__site__enterprise=firm.pk, valid_from__lte=today)
    seen = scope_of(user, "registry.view_monitoringpoint").filter(rows)
    found = seen.select_related("point").order_by("point__code", "factor", "kind")[:_MOST_LIMITS]
    return Table(
        caption=_("今日有效的限值"),
        headings=[Heading(_("因子")), Heading(_("适用数据")), Heading(_("限值")), Heading(_("点位")), Heading(_("依据"))],
        rows=[_row(each) for each in found],
        blank=Blank(_("没有登记限值")),
    )  # fmt: skip


def _row(limit: PointLimit) -> Row:
    """What is held against a reading comes first: a telephone shows three columns."""
    about = words(limit.factor)
    told = (
        str(limit.get_kind_display()),
        f"{_bounds(limit)} {about.unit}".strip(),
        limit.point.name,
        f"{limit.basis} {limit.clause}".strip(),
    )
    first = Cell(f"{about.name}（{limit.factor}）", is_header=True)
    return Row([first, *(Cell(each) for each in told)])


def _bounds(limit: PointLimit) -> str:
    low = "" if limit.lower is None else f"≥ {limit.lower:g}"
    high = "" if limit.upper is None else f"≤ {limit.upper:g}"
    return " ".join(each for each in (low, high) if each) or "—"
