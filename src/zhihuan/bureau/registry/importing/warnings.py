"""What deserves a look but keeps no row out: a check character, a coordinate outside its town."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from zhihuan.bureau.people.credit_code import is_consistent
from zhihuan.bureau.places.city import outside_town, towns_at
from zhihuan.bureau.registry.importing.problem import Problem
from zhihuan.bureau.registry.industries import industries


def warnings_of(row: int, record: models.Model) -> list[Problem]:
    """The warnings of one record."""
    return [
        Problem(row, heading, given, text, refuses=False)
        for heading, given, text in (*_of_code(record), *_of_industry(record), *_of_place(record))
    ]


def _of_code(record: Any) -> Iterator[tuple[str, str, str]]:
    code = getattr(record, "credit_code", "")
    if code and not is_consistent(code):
        yield _("统一社会信用代码"), code, _("校验位不符，请核对证照；确为早期代码的可保留")


def _of_industry(record: Any) -> Iterator[tuple[str, str, str]]:
    code = getattr(record, "industry", "")
    if code and code not in industries():
        yield _("行业代码（GB/T 4754）"), code, _("GB/T 4754-2017 中没有这个代码，请核对")


def _of_place(record: Any) -> Iterator[tuple[str, str, str]]:
    lon, lat, town = (getattr(record, name, None) for name in ("lon", "lat", "town_id"))
    if lon is None or lat is None or not town or not outside_town(town, lon, lat):
        return
    where = _("本市之外") if towns_at(lon, lat) == [None] else _("另一镇街")
    text = _("坐标落在%(where)s（镇街界线为近似）；请核对，并确认为 WGS-84 坐标") % {"where": where}
    yield _("坐标"), f"{lon}, {lat}", text
