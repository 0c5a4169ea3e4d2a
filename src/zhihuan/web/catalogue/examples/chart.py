"""Example: chart."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State

FACTORS = json.dumps([{"code": "w01018", "name": "化学需氧量", "unit": "mg/L"}], ensure_ascii=False)
CODE = (
    '{% wrap "chart" caption="化学需氧量（模拟数据）" series_url=url factors_json=factors '
    'factor="w01018" kind="hour" %}<p>曲线需要浏览器脚本。'
    '<a href="{{ url }}{% if "?" in url %}&amp;{% else %}?{% endif %}'
    'factor=w01018&amp;kind=hour&amp;format=csv">近 7 天小时数据（CSV）</a></p>{% endwrap %}'
)


def _given(show: str = "") -> Callable[[HttpRequest], dict[str, str]]:
    def given(_request: HttpRequest) -> dict[str, str]:
        return {"url": reverse("example-series") + show, "factors": FACTORS}

    return given


EXAMPLE = Example(
    "chart",
    _("曲线"),
    _("曲线区可聚焦：左右键逐点朗读，“数据表”按钮给出同样的行；无脚本时是下载链接。"),
    (
        State(_("限值、标记、缺口与校核"), CODE, _given()),
        State(_("时段内没有数据"), CODE, _given("?show=empty"), Case.EMPTY),
        State(_("数据读不出来"), CODE, _given("?show=broken"), Case.ERROR),
    ),
)
