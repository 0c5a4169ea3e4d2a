"""Where a page of matters lies: the breadcrumb, and the entry of the navigation it belongs to."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.web.components.crumb import Crumb

__all__ = ["ALL", "section_of", "trail_to"]

#: The entry of all matters.
ALL = "matters"


def section_of(procedure: Procedure) -> str:
    """The entry of the navigation."""
    return f"matters-of:{procedure.code}"


def trail_to(procedure: Procedure, matter: Matter | None = None, last: Any = None) -> list[Crumb]:
    """All → procedure → matter → what is done; the last one is the page itself."""
    trail = [
        Crumb(_("事项"), reverse(ALL)),
        Crumb(procedure.title, reverse("matters-of", args=[procedure.code])),
    ]
    if matter is not None:
        trail.append(Crumb(matter.title, reverse("matter", args=[matter.pk])))
    return [*trail, Crumb(last)] if last is not None else trail
