"""What the registry states, on the page of a visit: so that nobody asks the firm for it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope import may
from zhihuan.lines.inspection.stated import stated_of
from zhihuan.web.components.term import Term
from zhihuan.web.matters.parts import register_part

__all__ = ["register", "stated_beside"]


def register() -> None:
    """Once, when the web app starts."""
    register_part(_("许可与登记（不再向企业索取）"), "inspection/_of_matter.html", stated_beside)


def stated_beside(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """None for other procedures, and for whoever may not see the registry."""
    if matter.procedure != "inspection" or not may(request.user, "registry.view_monitoringpoint"):
        return None
    stated = stated_of(matter.party, timezone.localdate())
    terms = [
        Term(_("地址"), stated.address),
        Term(_("排污许可证"), stated.permit, reason=_("未登记有效的排污许可证")),
        Term(_("排污许可管理类别"), stated.level),
        *(Term(each.title, each.words) for each in stated.things),
        *(Term(_("限值"), each.words) for each in stated.limits),
    ]
    return {"matter": matter, "terms": terms}
