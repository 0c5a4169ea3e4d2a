"""The point of an address, when the caller may see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.web.api.door import require
from zhihuan.web.api.resources import RESOURCES

POINTS = RESOURCES["points"]


def point_of(request: HttpRequest, code: str) -> MonitoringPoint:
    """Raises Http404 for a point that is not there or not in the caller's scope."""
    caller: Any = request.caller  # type: ignore[attr-defined]
    require(caller, POINTS.view)
    point: MonitoringPoint = get_object_or_404(POINTS.rows_for(caller), code=code)
    return point
