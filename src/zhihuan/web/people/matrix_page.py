"""The permission matrix as a page and as an Excel file, both from the declarations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import Column
from zhihuan.web.listing.export import Contents, contents_response
from zhihuan.web.people.matrix import Line, lines, roles
from zhihuan.web.registry.record_page import table_of


@require_safe
@never_cache
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Rows are acts, columns are roles, a cell says how far; no query at all."""
    if request.GET.get("format") == "xlsx":
        contents = Contents("permission-matrix", _("权限矩阵"), _columns(in_file=True), lines())
        return contents_response(request, contents)
    context = {
        "section": "people-matrix",
        "trail": [Crumb(_("权限矩阵"))],
        "table": table_of(_("权限矩阵"), _columns(in_file=False), lines(), ""),
        "roles": roles(),
    }
    return render(request, "people/matrix.html", context)


def _columns(*, in_file: bool) -> tuple[Column, ...]:
    """The file has the permission's code as well, so that a program can compare two of them."""
    code = Column(
        "permission", _("权限代码"), Kind.CODE, lambda line: line.action.permission, width=36
    )
    return (
        Column("action", _("操作"), value=lambda line: line.action.text, width=24),
        Column("room", _("所属"), value=lambda line: line.room),
        *((code,) if in_file else ()),
        *(Column(role.code, role.name, value=_reach(at)) for at, role in enumerate(roles())),
        Column("apart", _("前序环节回避"), value=lambda line: line.apart or None, width=36),
        Column("sensitive", _("逐次审计"), Kind.FLAG, lambda line: line.action.sensitive),
    )


def _reach(at: int) -> Callable[[Line], Any]:
    def read(line: Line) -> Any:
        reach = line.reaches[at]
        return None if reach is None else reach.text

    return read
