"""A cell as people write it → the value a model's field holds. Pure; ValueError says how to mend it."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from zhihuan.bureau.registry.importing.table_file import Cell

_EMPTY = frozenset({"", "-", "—", "/", "无", "暂无", "null", "none", "n/a"})
_DATE = re.compile(
    r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$|^(\d{4})(\d{2})(\d{2})$"
)
_YES, _NO = (
    frozenset({"是", "有", "1", "true", "yes", "y"}),
    frozenset({"否", "无", "0", "false", "no", "n"}),
)


def is_empty(cell: Cell) -> bool:
    """Whether people mean "nothing" by this."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _EMPTY)


def empty_value(field: Any) -> Any:
    """What an empty cell means: the default, the empty text, or nothing."""
    if field.has_default():
        return field.get_default()
    return "" if field.empty_strings_allowed and not field.null else None


def value_of(field: Any, cell: Cell) -> Any:
    """The value of a cell that is not empty, checked by the field's own rules."""
    value = _convert(field, cell)
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise ValueError("；".join(error.messages)) from error


def _convert(field: Any, cell: Cell) -> Any:
    if field.choices:
        return _choice(field, _text(cell))
    if isinstance(field, models.BooleanField):
        return _truth(cell)
    if isinstance(field, models.DateField):
        return _date(cell)
    if isinstance(field, (models.FloatField, models.IntegerField, models.DecimalField)):
        return _number(field, cell)
    return _fitting(field, _text(cell))


def _text(cell: Cell) -> str:
    """Numbers that a spreadsheet made of a code are written without its ``.0``."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and not (cell.hour or cell.minute):
        return cell.date().isoformat()
    return str(cell).strip()


def _fitting(field: Any, text: str) -> str:
    if field.max_length and len(text) > field.max_length:
        raise ValueError(
            _("共 %(n)d 字，最多 %(most)d 字，请缩短") % {"n": len(text), "most": field.max_length}
        )
    return text


def _choice(field: Any, text: str) -> Any:
    for value, label in field.flatchoices:
        if text in {str(label), str(value)}:
            return value
    allowed = "、".join(str(label) for _value, label in field.flatchoices)
    raise ValueError(_("不在可选范围内，可填：%(allowed)s") % {"allowed": allowed})


def _truth(cell: Cell) -> bool:
    text = _text(cell).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise ValueError(_("请填“是”或“否”"))


def _date(cell: Cell) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if found := _DATE.match(_text(cell)):
        digits = [int(part) for part in found.groups() if part]
        try:
            return dt.date(*digits)
        except ValueError as error:
            raise ValueError(_("没有这一天，请核对")) from error
    raise ValueError(_("请写成日期，如 2026-05-03"))


def _number(field: Any, cell: Cell) -> Any:
    if isinstance(cell, (bool, dt.date, dt.datetime)):
        raise ValueError(_("请填数字"))
    text = str(cell).strip().replace(",", "").replace("，", "")
    try:
        number = float(text)
    except ValueError as error:
        raise ValueError(_("请只填数字，不带单位")) from error
    if not math.isfinite(number):
        raise ValueError(_("请填数字"))
    if isinstance(field, models.IntegerField):
        if not number.is_integer():
            raise ValueError(_("请填整数"))
        return int(number)
    return text if isinstance(field, models.DecimalField) else number
