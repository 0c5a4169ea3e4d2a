"""Example: filter bar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.listing.exports import EXPORTS
from zhihuan.web.listing.view import list_view


def _given(request: HttpRequest) -> dict[str, Any]:
    return {"view": list_view(request, EXPORTS, EXPORTS.scope(request.user))}


EXAMPLE = Example(
    "filter_bar",
    _("筛选栏"),
    _("各条件按 Tab 依次到达，回车查询；“更多条件”用空格或回车展开。"),
    (State(_("由列表声明生成"), '{% component "filter_bar" view=view %}', _given),),
)
