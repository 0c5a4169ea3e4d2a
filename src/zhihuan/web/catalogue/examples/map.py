"""Example: map."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State

CODE = (
    '{% wrap "map" points_url=url filter_form="#filters" list="#point-list" %}'
    '<p class="live-map-fallback">地图需要浏览器脚本；同样的点位都在列表中。</p>{% endwrap %}'
)


def _given(show: str = "") -> Callable[[HttpRequest], dict[str, str]]:
    def given(_request: HttpRequest) -> dict[str, str]:
        return {"url": reverse("example-points") + show}

    return given


EXAMPLE = Example(
    "map",
    _("地图"),
    _("地图可聚焦：方向键平移，加减号缩放；同样的点位在旁边的列表中。"),
    (
        State(_("每镇街一个模拟点位"), CODE, _given()),
        State(_("没有点位"), CODE, _given("?show=empty"), Case.EMPTY),
    ),
)
