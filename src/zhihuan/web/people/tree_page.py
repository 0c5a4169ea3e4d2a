"""The organisation as a tree: the bureau inside, and how many bodies of each kind outside."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.people.nouns.organisation import ORGANISATION
from zhihuan.web.people.tree import tree_of

_VIEW = "people.view_organisation"


@require_safe
@never_cache
def organisation_tree(request: HttpRequest) -> HttpResponse:
    """Two queries: the bodies of the bureau with their people, and the counts outside."""
    within = scope_of(request.user, _VIEW).filter(Organisation.objects.all())
    active = Count("people", filter=Q(people__is_active=True))
    rows = within.filter(kind__in=Organisation.INSIDE, closed_on=None).annotate(active=active)
    context = {
        "section": "people-tree",
        "trail": [Crumb(_("组织机构"))],
        "nodes": tree_of(rows),
        "outside": _outside(within),
        "list_url": ORGANISATION.list_url,
        "add_url": ORGANISATION.add_url if may(request.user, ORGANISATION.add) else "",
    }
    return render(request, "people/tree.html", context)


def _outside(within: Any) -> list[tuple[Any, int, str]]:
    """Kind, number of open bodies, where they are listed."""
    rows = within.exclude(kind__in=Organisation.INSIDE).filter(closed_on=None)
    counts = rows.order_by("kind").values_list("kind").annotate(Count("pk"))
    return [(Organisation.Kind(kind).label, count, _list_of(kind)) for kind, count in counts]


def _list_of(kind: str) -> str:
    if kind == Organisation.Kind.ENTERPRISE:
        return reverse("people-accounts") + "?side=outside"
    return f"{ORGANISATION.list_url}?kind={kind}&open=1"
