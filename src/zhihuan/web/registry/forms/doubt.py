"""Doubts that every form with a place or a credit code tells: accepted, but worth a second look."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.people.credit_code import check_character, is_consistent
from zhihuan.bureau.places.city import cells_are_approximate, outside_town, town_names, towns_at


def place_doubts(row: Any) -> list[str]:
    """A coordinate outside its town by more than the cells' tolerance."""
    if row.lon is None or row.lat is None or not outside_town(row.town_id, row.lon, row.lat):
        return []
    lies_in = towns_at(row.lon, row.lat)[0]
    where = town_names().get(lies_in or "", _("本市以外"))
    words = _("坐标落在%(where)s，不在%(town)s内，请核对镇街与坐标。") % {
        "where": where,
        "town": row.town,
    }
    if cells_are_approximate():
        words += _("（镇街范围为近似值，确属本镇街的可不改。）")
    return [words]


def credit_code_doubts(code: str) -> list[str]:
    """A code of the right form whose check character is another one."""
    if len(code) != 18 or is_consistent(code):
        return []
    return [
        _("统一社会信用代码的校验码应为 %(right)s，现为 %(given)s，请与营业执照核对。")
        % {"right": check_character(code[:17]), "given": code[17]}
    ]
