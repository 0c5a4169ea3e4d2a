"""Coordinates that lie outside the town the record is registered in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from zhihuan.bureau.places.city import outside_towns
from zhihuan.bureau.registry.models import Enterprise, MonitoringPoint
from zhihuan.bureau.registry.quality.check import ArrayCheck

_MEND = _("核对镇街与坐标：坐标常见错误为度分秒未换算、经纬度颠倒、使用了 GCJ-02 坐标。")


def _judge(rows: Sequence[tuple[Any, ...]]) -> NDArray[np.bool_]:
    towns = [row[0] for row in rows]
    lon = np.array([row[1] for row in rows], dtype=np.float64)
    lat = np.array([row[2] for row in rows], dtype=np.float64)
    return outside_towns(towns, lon, lat)


def _check(code: str, model: type[Model]) -> ArrayCheck:
    return ArrayCheck(
        code=code,
        title=_("坐标不在所属镇街"),
        mend=_MEND,
        model=model,
        fields=("town_id", "lon", "lat"),
        judge=_judge,
    )


ENTERPRISE_OUTSIDE = _check("enterprise_outside_town", Enterprise)
POINT_OUTSIDE = _check("point_outside_town", MonitoringPoint)
