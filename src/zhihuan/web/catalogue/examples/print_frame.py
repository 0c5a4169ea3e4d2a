"""Example: print frame."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State

EXAMPLE = Example(
    "print_frame",
    _("打印版式"),
    _("不可聚焦；打印时只印这一张。"),
    (
        State(
            _("公文"),
            '{% wrap "print_frame" title="关于责令改正的示例文书" number="示环责改〔2026〕0 号" '
            'organisation="示例市生态环境局" day=day %}<p>本页为版式示例，不具法律效力。</p>{% endwrap %}',
            {"day": dt.date(2026, 5, 3)},
        ),
    ),
)
