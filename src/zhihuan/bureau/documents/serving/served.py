"""When a document was served: for clocks that start on service, and for steps that must wait for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.models import MatterDocument, ServiceReceipt
from zhihuan.bureau.matters.declaration import Guard
from zhihuan.bureau.matters.models import Matter

__all__ = ["served_on", "was_served"]


def served_on(matter: Matter, code: str) -> date | None:
    """The day on which the newest standing document of that kind took effect; None: it has not been
    served, or there is none. A day to come (公告) is told as such.

    A step “已送达” that starts a clock says this day in its form (``Clock.said_on``).
    """
    document = (
        MatterDocument.objects.filter(matter_id=matter.pk, code=code)
        .exclude(number__void_at__isnull=False)
        .order_by("-made_at", "-pk")
        .first()
    )
    if document is None:
        return None
    receipts = ServiceReceipt.objects.filter(document=document, withdrawn_at__isnull=True)
    days = receipts.filter(effective_on__isnull=False).values_list("effective_on", flat=True)
    return min((day for day in days if day), default=None)


def was_served(code: str, title: Any, basis: str = "") -> Guard:
    """A guard for a step that may be taken only once that document was served."""

    def check(facts: Any) -> str:
        day = served_on(facts.matter, code)
        if day is None:
            return _("“%(title)s”尚未送达，请先登记送达回证。") % {"title": title}
        if day > beijing_day(facts.now):
            return _("“%(title)s”自 %(day)s 起视为送达，届时方可办理。") % {
                "title": title,
                "day": day,
            }
        return ""

    return Guard(f"served_{code}", check, basis)
