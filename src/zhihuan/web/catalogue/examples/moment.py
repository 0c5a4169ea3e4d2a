"""Example: moment."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State

AT = dt.datetime(2026, 5, 3, 2, 0, 5, tzinfo=dt.UTC)
EXAMPLE = Example(
    "moment",
    _("时刻"),
    _("不可聚焦。"),
    (
        State(_("绝对时间（北京时间）"), '{% component "moment" at=at %}', {"at": AT}),
        State(_("相对时间"), '{% component "moment" at=at relative=True %}', {"at": AT}),
        State(_("缺失"), '{% component "moment" at=None %}', case=Case.EMPTY),
    ),
)
