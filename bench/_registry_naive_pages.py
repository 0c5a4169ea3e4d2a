"""What one would otherwise write: Django's ListView with offset pages, on the same tables and people.

The usual way of a tutorial, done right as far as it goes: the same scope, the same columns in the same
frame, ``select_related`` for what they read, fifty rows a page, the exact count. The baseline of
``bench.registry``. It has no filters, no choice of columns, no export and no saved filters.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.generic import ListView

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import Enterprise, MonitoringPoint
from zhihuan.web.permission import signed_in
from zhihuan.web.urls import urlpatterns as the_platforms

_PAGE = """{% extends "base.html" %}{% block main %}<h1>{{ title }}</h1><p>共 {{ page_obj.paginator.count }} 条</p>
<table class="table"><thead><tr>{% for each in headings %}<th><a href="?ordering={{ each }}">{{ each }}</a></th>
{% endfor %}</tr></thead><tbody>{% for row in rows %}<tr>{% for each in row %}<td>{{ each }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table><nav>{% if page_obj.has_previous %}<a href="?page={{ page_obj.previous_page_number }}">«</a>
{% endif %}{% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">»</a>{% endif %}</nav>{% endblock %}"""


class _List(ListView):
    """Fifty a page, in the asked order."""

    paginate_by = 50
    headings: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    permission = ""
    request: HttpRequest

    def get_queryset(self) -> Any:
        rows = self.model._default_manager.select_related(*self.along)
        ordering = self.request.GET.get("ordering", "code")
        return scope_of(self.request.user, self.permission).filter(rows).order_by(ordering)

    def render_to_response(self, context: dict[str, Any], **_given: Any) -> HttpResponse:
        context |= {
            "title": self.model._meta.verbose_name,
            "headings": self.headings,
            "rows": [self.cells(row) for row in context["object_list"]],
        }
        return HttpResponse(engines["django"].from_string(_PAGE).render(context, self.request))

    def cells(self, row: Any) -> tuple[Any, ...]:
        raise NotImplementedError


class Enterprises(_List):
    model, permission, along = Enterprise, "registry.view_enterprise", ("town",)
    headings = ("name", "code", "town", "industry", "level", "status")

    def cells(self, row: Any) -> tuple[Any, ...]:
        level, status = row.get_level_display(), row.get_status_display()
        return row.name, row.code, row.town, row.industry, level, status


class Points(_List):
    model, permission = MonitoringPoint, "registry.view_monitoringpoint"
    along, headings = ("town", "site__enterprise"), ("name", "code", "kind", "town", "enterprise")

    def cells(self, row: Any) -> tuple[Any, ...]:
        return row.name, row.code, row.get_kind_display(), row.town, row.site.enterprise


urlpatterns = [
    path("registry/enterprises/", signed_in(Enterprises.as_view()), name="registry-enterprises"),
    path("registry/points/", signed_in(Points.as_view()), name="registry-points"),
    *the_platforms,
]
