"""How a factor and a kind of data are called in what clients read: Chinese, as in HJ 212.

Not translated: a name is data, and the same filter must find the same Datastream for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from django.db.models import Case, CharField, F, Value, When

from zhihuan.bureau.registry.models import PointFactor
from zhihuan.hj212.codes import factor as look_up
from zhihuan.telemetry.kinds import Kind
from zhihuan.web.sensorthings.ask import Ask

#: The kinds of data there are Datastreams of, by the name clients filter by.
KIND_NAMES = {Kind.REALTIME: "realtime", Kind.MINUTE: "minute", Kind.HOUR: "hour", Kind.DAY: "day"}
_KIND_WORDS = {
    Kind.REALTIME: "实时数据",
    Kind.MINUTE: "分钟数据",
    Kind.HOUR: "小时数据",
    Kind.DAY: "日数据",
}
#: UCUM codes of units whose usual symbol is another (https://ucum.org).
_UCUM = {
    "mg/m³": "mg/m3", "µg/m³": "ug/m3", "ng/m³": "ng/m3", "kg/m³": "kg/m3", "mg/L": "mg/L",
    "µg/L": "ug/L", "ng/L": "ng/L", "L/s": "L/s", "m³/h": "m3/h", "m³/s": "m3/s", "m/s": "m/s",
    "m²": "m2", "m": "m", "kg": "kg", "℃": "Cel", "%": "%", "kPa": "kPa", "Pa": "Pa", "mV": "mV",
    "A": "A", "dB": "dB", "°": "deg", "µS/cm": "uS/cm", "Bq/L": "Bq/L",
}  # fmt: skip


def kind_words(kind: int) -> str:
    """``小时数据``."""
    return _KIND_WORDS[Kind(kind)]


@lru_cache(maxsize=4096)
def factor_name(code: str) -> str:
    """The factor's Chinese name; the code itself where no table knows it."""
    known = look_up(code)
    return known.name if known else code


@lru_cache(maxsize=4096)
def unit_of(code: str) -> Mapping[str, str | None]:
    """The ``unitOfMeasurement`` of a factor, for reading only; what has no unit is counted in ones."""
    known = look_up(code)
    symbol = known.unit if known else ""
    ucum = _UCUM.get(symbol)
    return {
        "name": symbol or "无量纲",
        "symbol": symbol or "1",
        "definition": f"https://ucum.org/ucum#{ucum}" if ucum else None,
    }


def by_factor(ask: Ask, column: str, words: Callable[[str], str | None]) -> Case:
    """A column of words that follow from the factor's code in ``column``."""
    if "factors" not in ask.memory:
        codes = PointFactor.objects.order_by().values_list("factor", flat=True).distinct()
        ask.memory["factors"] = list(codes)
    whens = [When(**{column: code}, then=Value(words(code))) for code in ask.memory["factors"]]
    return Case(*whens, default=F(column), output_field=CharField())


def by_kind(column: str, words: Callable[[int], str]) -> Case:
    """A column of words that follow from the kind of data in ``column``."""
    whens = [When(**{column: kind}, then=Value(words(kind))) for kind in KIND_NAMES]
    return Case(*whens, output_field=CharField())
