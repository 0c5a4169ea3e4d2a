"""How a value is written for people: dates, moments, numbers, money, statuses; missing is “—”.

One place for tables, description lists and tiles, so that a value looks the same wherever it stands.
It rounds nothing by law (that happened where the figure was made) and invents no value.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhihuan.web.components.escaping import escaped

MISSING = "—"
#: A day, with its time where it has one: a line never ends inside it.
_DAYS = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?(?:—\d\d:\d\d)?)?")


class Kind(StrEnum):
    """What a value is, which decides how it is written and aligned."""

    TEXT = "text"
    CODE = "code"  # fixed width: MN, credit code, hash
    NUMBER = "number"  # right-aligned; as many digits as the value has
    MONEY = "money"  # yuan with two decimals; Decimal
    DAY = "day"  # a date
    MOMENT = "moment"  # an aware datetime, Beijing time
    SPAN = "span"  # days or moments in words, as 2026-11-28 10:00 至 2026-11-30 20:00
    QUANTITY = "quantity"  # a number with its unit in one text: 114.9 mg/L
    STATUS = "status"  # a Status
    FLAG = "flag"  # 是 / 否

    @property
    def is_number(self) -> bool:
        return self in {Kind.NUMBER, Kind.MONEY}


def is_missing(value: Any) -> bool:
    """None, empty text and NaN are missing; 0 and False are not."""
    if value is None or isinstance(value, str):
        return not value
    return bool(value == "" or value != value)  # noqa: PLR0124 - NaN alone differs from itself


def shown(value: Any, kind: Kind = Kind.TEXT, unit: str = "") -> str | SafeString:
    """The value as it stands on a page; text is not yet escaped unless it is a ``SafeString``."""
    if is_missing(value):
        return MISSING
    written = _WRITERS.get(kind, str)(value)
    return f"{written} {unit}" if unit else written


def _number(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return f"{exact:,f}"


def _money(value: Any) -> str:
    return f"{Decimal(value):,.2f}"


def _day(value: Any) -> str:
    return f"{value:%Y-%m-%d}"


def _moment(value: dt.datetime) -> SafeString:
    local = timezone.localtime(value)
    return SafeString(f'<time datetime="{local.isoformat()}">{local:%Y-%m-%d %H:%M:%S}</time>')


def _span(value: Any) -> SafeString:
    return SafeString(_DAYS.sub(r'<span class="whole">\g<0></span>', escaped(value)))


def _quantity(value: Any) -> SafeString:
    return format_html('<span class="whole">{}</span>', value)


def _flag(value: Any) -> str:
    return _("是") if value else _("否")


def _status(value: Any) -> SafeString:
    return badge(value.kind, str(value.text))


@lru_cache(maxsize=2048)
def badge(kind: str, text: str) -> SafeString:
    """The status badge: the component's own template, rendered once a word."""
    context = {"kind": kind, "text": text, "hint": ""}
    return SafeString(render_to_string("components/status_badge.html", context).strip())


_WRITERS = {
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.SPAN: _span,
    Kind.QUANTITY: _quantity,
    Kind.FLAG: _flag,
    Kind.STATUS: _status,
}
