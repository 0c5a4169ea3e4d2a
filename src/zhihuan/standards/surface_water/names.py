"""What the items of surface water are called: one code each, many spellings.

    >>> item_code("氨氮"), item_code("NH3-N"), item_code("w21003"), item_code("nh3n_mg_L")
    ('nh3n', 'nh3n', 'nh3n', 'nh3n')

Codes are short and lower case: ph, do, codmn, cod, bod5, nh3n, tp, tn, cu … The spellings stand in
``tables/surface_water_items/names.csv``. A name nobody knows is refused with the nearest ones, and
so is one that carries another unit (``nh3n_ug_L``): a spelling never converts.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.tables import table_rows

__all__ = ["ITEM_TABLE", "hj212_code", "item_code", "item_name", "item_unit", "known_item"]

ITEM_TABLE = "surface_water_items/names"
_UNIT_ENDS = ("mgl", "(mg/l)")
_BLANKS = str.maketrans({" ": "", "_": "", "-": "", "（": "(", "）": ")", "，": ",", "　": ""})


def item_code(name: str) -> str:
    """The code of an item under any of its names. Raises InputRefusedError naming the nearest."""
    found = known_item(name)
    if found is None:
        raise InputRefusedError([InputProblem(-1, "项目", name, "不认识的项目", _hint(name))])
    return found


def known_item(name: str) -> str | None:
    """The code of an item under any of its names, None for a name nobody knows.

    Case, blanks, hyphens, underscores and a trailing ``mg/L`` do not matter.
    """
    plain = _plain(name)
    for end in _UNIT_ENDS:
        # only the unit that the functions take may stand behind a name
        stem = plain.removesuffix(end)
        if plain in _spellings() or not stem:
            break
        plain = stem
    return _spellings().get(plain)


def item_name(code: str) -> str:
    """The Chinese name of an item code; specific items of drinking water are their own names."""
    return _rows()[code]["name"] if code in _rows() else code


def item_unit(code: str) -> str:
    """The unit in which the functions take the item; "" for pH."""
    return _rows()[code]["unit"] if code in _rows() else "mg/L"


def hj212_code(code: str) -> str:
    """The factor code of HJ 212 and HJ 525 of an item, "" where none is packaged."""
    return _rows()[code]["hj212"] if code in _rows() else ""


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({row["item"]: row for row in table_rows(ITEM_TABLE)})


@cache
def _spellings() -> Mapping[str, str]:
    found = {}
    for code, row in _rows().items():
        for spelling in (code, row["name"], row["hj212"], *row["aliases"].split("|")):
            if spelling:
                found[_plain(spelling)] = code
    return MappingProxyType(found)


def _plain(name: str) -> str:
    return str(name).strip().casefold().translate(_BLANKS)


def _hint(name: str) -> str:
    near = difflib.get_close_matches(_plain(name), _spellings(), n=3)
    shown = "、".join(
        dict.fromkeys(f"{item_name(_spellings()[n])}（{_spellings()[n]}）" for n in near)
    )
    return f"是否为 {shown}？" if shown else "请用项目代码或中文名，例如 nh3n、氨氮；浓度单位 mg/L"
