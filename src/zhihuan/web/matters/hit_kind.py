"""What was found of matters, in words."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import looks_as_party
from zhihuan.web.matters.state import procedure_title, status_by
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
    """A hit does not know its reader, so each row says how it is looked at."""
    as_party = ExpressionWrapper(Value(looks_as_party(user)), output_field=BooleanField())
    return matters_of(user).select_related("town").annotate(as_party=as_party)


def _line(row: Any) -> str:
    told = status_by(row, as_party=row.as_party)
    parts = (procedure_title(row), told, row.party_name, row.town)
    return " · ".join(str(part) for part in parts if part)
