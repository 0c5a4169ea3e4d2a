"""The pages of one procedure, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.reach import reach_in
from zhihuan.web.components.tab import Tab

__all__ = ["tabs_of"]


def tabs_of(procedure: Procedure, here: str, reader: Any) -> list[Tab]:
    """``here``: the url name of the one shown; figures are for readers within the bureau alone."""
    pages: dict[str, Any] = {
        "matters-of": _("事项列表"),
        "matters-diagram": _("流程图"),
        "matters-limits": _("法定期限"),
    }
    if reach_in(reader, procedure).whole:
        pages["matters-statistics"] = _("统计")
    return [
        Tab(text, reverse(name, args=[procedure.code]), is_current=name == here)
        for name, text in pages.items()
    ]
