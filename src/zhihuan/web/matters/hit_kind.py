"""What was found of matters, in words."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.web.matters.state import procedure_title, status_of
from zhihuan.web.matters.visible import matters_of
from zhihuan.web.search.kind import HitKind, register_hit_kinds

__all__ = ["register"]


def register() -> None:
    """Once, when the web app starts."""
    register_hit_kinds(
        HitKind(
            code="matters",
            model=Matter,
            title=_("事项"),
            rows=_rows,
            head=str,
            line=_line,
            url=lambda row: reverse("matter", args=[row.pk]),
        )
    )


def _rows(user: Any) -> QuerySet[Matter]:
    return matters_of(user).select_related("town")


def _line(row: Matter) -> str:
    parts = (procedure_title(row), status_of(row), row.party_name, row.town)
    return " · ".join(str(part) for part in parts if part)
