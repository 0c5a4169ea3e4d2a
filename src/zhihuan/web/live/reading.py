"""Who may read the live page, and which points: by the reach of the right to see points.

The live page and its stream show the whole city, so they are for those who reach the whole city;
a point's own pages are for whoever reaches that point. A point out of reach is not found rather
than forbidden: nobody learns from the answer that it exists.
"""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.web.permission import requires

VIEW_POINT = "registry.view_monitoringpoint"
#: For the pages of one point, together with ``point_for``.
may_read = requires(VIEW_POINT)
#: For what shows the whole city.
may_read_city = requires(VIEW_POINT, everywhere=True)


def point_for(user: Any, code: str) -> MonitoringPoint:
    """The point with that code; Http404 when there is none within this person's reach."""
    return get_object_or_404(
        scope_of(user, VIEW_POINT).filter(MonitoringPoint.objects.all()), code=code
    )
