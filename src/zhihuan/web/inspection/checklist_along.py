"""The checklist of a visit goes along on the telephone: what to look at, and what the permit says of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope import may
from zhihuan.lines.inspection.stated import checklist_of, stated_of
from zhihuan.web.components.term import Term
from zhihuan.web.offline.luggage import register_luggage

__all__ = ["checklist_for", "register"]


def register() -> None:
    """Once, when the web app starts."""
    register_luggage(_("检查清单"), "inspection/_checklist_along.html", checklist_for)


def checklist_for(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """None for other procedures, and for whoever may not see the registry."""
    if matter.procedure != "inspection" or not may(request.user, "registry.view_monitoringpoint"):
        return None
    items = checklist_of(stated_of(matter.party, timezone.localdate()))
    return {"terms": [Term(each.question, each.stated or None) for each in items]}
