"""Suggestions for fields that name another record by its code: options of a ``datalist``."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.industries import find_industries
from zhihuan.web.registry.nouns import noun_of

_MOST = 12
_LONGEST = 60


@require_safe
@never_cache
def suggestions(request: HttpRequest, noun: str) -> HttpResponse:
    """Up to a dozen records whose code or name begins with what was typed, within scope."""
    typed = next((value.strip()[:_LONGEST] for value in request.GET.values() if value.strip()), "")
    if noun == "industries":
        found = [(each.code, each.name) for each in find_industries(typed, _MOST)] if typed else []
    else:
        found = _records(request, noun, typed)
    return render(request, "registry/_suggestions.html", {"found": found})


def _records(request: HttpRequest, code: str, typed: str) -> list[tuple[str, str]]:
    noun = noun_of(code)
    if not may(request.user, noun.view):
        raise PermissionDenied
    if not typed:
        return []
    fields = {each.name for each in noun.model._meta.get_fields()}
    name = next((each for each in ("name", "display_name") if each in fields), noun.key)
    begins = Q(**{f"{noun.key}__istartswith": typed}) | Q(**{f"{name}__istartswith": typed})
    rows = noun.rows(request.user).filter(begins).order_by(noun.key)[:_MOST]
    return [(str(getattr(row, noun.key)), str(getattr(row, name))) for row in rows]
