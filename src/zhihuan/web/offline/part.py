"""Field records on the page of their matter: those that wait, are in conflict or were kept as notes, and
when on a phone each step was filled in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.field_records.actions import GO_OUT
from zhihuan.bureau.field_records.models import FieldRecord
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope import may
from zhihuan.web.matters.parts import register_part
from zhihuan.web.offline.candidates import steps_for
from zhihuan.web.offline.shown_record import shown_records

__all__ = ["records_of", "register"]

_SHOWN = 50


def register() -> None:
    """Once, when the web app starts."""
    register_part(_("外出记录"), "offline/_of_matter.html", records_of)


def records_of(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """None for who does not go out, and where nothing of this matter could be done on a phone."""
    if not may(request.user, GO_OUT):
        return None
    rows = shown_records(FieldRecord.objects.filter(matter=matter)[:_SHOWN])
    may_take = matter.ended_at is None and any(True for _step in steps_for(request.user, matter))
    return {"matter": matter, "rows": rows, "may_take": may_take} if rows or may_take else None
