"""The to-do of data quality: every check with its count within the reader's scope, and its list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.quality.check import Check, checks_of
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns import noun_of_model


@dataclass(frozen=True, slots=True)
class Line:
    """One check: how many records it finds, and where they are listed."""

    check: Check
    noun: Noun
    count: int
    url: str


@require_safe
@never_cache
def quality(request: HttpRequest) -> HttpResponseBase:
    """One query a check, and none for the kinds of record that the reader may not see."""
    lines = [line for check in checks_of() if (line := _line(check, request.user)) is not None]
    if not lines:
        raise PermissionDenied
    context = {
        "section": "registry-quality",
        "trail": [Crumb(_("数据质量待办"))],
        "lines": sorted(lines, key=lambda each: -each.count),
    }
    return render(request, "registry/quality.html", context)


def _line(check: Check, user: Any) -> Line | None:
    noun = noun_of_model(check.model._meta.label_lower)
    if noun is None or not may(user, noun.view):
        return None
    count = check.narrow(noun.rows(user).select_related(None)).count()
    return Line(check, noun, count, f"{noun.list_url}?todo={check.code}")
