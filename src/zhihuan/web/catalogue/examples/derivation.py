"""Example: derivation panel."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import Confidence
from zhihuan.web.catalogue.example import Example, State


def _made(confidence: Confidence) -> Derivation:
    return Derivation(
        title="示例：空气质量指数日报",
        conclusion="AQI 77，良，首要污染物 PM2.5",
        basis=(
            Basis(
                "IAQI 分段限值",
                "HJ 633-2012",
                "表 1",
                dt.date(2016, 1, 1),
                dt.date(2026, 2, 28),
                confidence,
                dt.date(2026, 6, 1),
            ),
        ),
        facts=(Fact("PM2.5 24 小时平均", "56", "µg/m³"), Fact("有效小时数", "23", "h")),
        steps=(
            Step("PM2.5 的 IAQI", "50+(56−35)÷(75−35)×50 = 76.25", "77", "进一", deciding=True),
        ),
    )


USE = '{% component "derivation" derivation=derivation open=True %}'
EXAMPLE = Example(
    "derivation",
    _("推导"),
    _("标题行用空格或回车展开、收起；其中的标准链接可用 Tab 到达。"),
    (
        State(_("依据已核对"), USE, {"derivation": _made(Confidence.OFFICIAL)}),
        State(_("依据待证实"), USE, {"derivation": _made(Confidence.ONE_SOURCE)}),
        State(
            _("收起"),
            '{% component "derivation" derivation=derivation %}',
            {"derivation": _made(Confidence.OFFICIAL)},
        ),
    ),
)
