"""An address as far as its town: what lies below a town or subdistrict is hidden."""

from __future__ import annotations

import re

__all__ = ["to_the_town"]

_TOWN = re.compile(r"^.{0,24}?(?:镇|街道(?:办事处)?|乡|苏木)(?!政府)")
_ABOVE = re.compile(r"^.{0,20}(?:自治州|地区|盟|市|区|县|旗)")


def to_the_town(address: str) -> str:
    """As far as 镇, 街道, 乡; where none is named, as far as the last 市, 区, 县; else nothing of it.

    >>> to_the_town("广东省中山市三角镇金三大道东12号"), to_the_town("中山市石岐区悦来南路8号")
    ('广东省中山市三角镇', '中山市石岐区')
    """
    found = _TOWN.match(address) or _ABOVE.match(address)
    return found[0] if found else ""
