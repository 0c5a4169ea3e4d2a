"""One factor's series for the chart, as JSON columns or CSV: the device's values and ours.

Long spans come in buckets that lose no extreme; short ones as the rows themselves. Both carry the
limits in force during the span, each with its law and dates. A missing value is null, never 0.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from numpy.typing import NDArray

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Series
from zhihuan.web.live.columns import dumped
from zhihuan.web.live.factor_words import FactorWords, mark_name, words
from zhihuan.web.live.limits import limits_between
from zhihuan.web.live.moment import parse_moment
from zhihuan.web.live.reading import may_read, point_for

KINDS = {"realtime": Kind.REALTIME, "minute": Kind.MINUTE, "hour": Kind.HOUR, "day": Kind.DAY}
#: What is shown when no span is asked for.
_DEFAULT_SPAN = {
    Kind.REALTIME: dt.timedelta(hours=6),
    Kind.MINUTE: dt.timedelta(days=1),
    Kind.HOUR: dt.timedelta(days=7),
    Kind.DAY: dt.timedelta(days=90),
}
_LONGEST = dt.timedelta(days=3700)
_FACTOR = re.compile(r"[A-Za-z0-9_-]{1,20}")
MOST_BUCKETS = 4000
#: Rows of one CSV file; more must be asked for in parts, and the file says so in a header.
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class SeriesQuery:
    """What is asked for. ``start`` and ``end`` are aware; buckets 0 = every row."""

    factor: str
    kind_name: str
    start: dt.datetime
    end: dt.datetime
    buckets: int

    @property
    def kind(self) -> Kind:
        return KINDS[self.kind_name]


class BadQueryError(ValueError):
    """The address asks for something that makes no sense; the message says what."""


def read_query(query: QueryDict) -> SeriesQuery:
    """The query of an address. Raises ``BadQueryError`` in the reader's language."""
    kind_name = query.get("kind", "hour")
    if kind_name not in KINDS:
        raise BadQueryError(_("kind 只能是 realtime、minute、hour 或 day"))
    if not query.get("factor"):
        raise BadQueryError(_("请指明监测因子（factor）"))
    if not _FACTOR.fullmatch(query["factor"]):
        raise BadQueryError(_("factor 只含字母、数字、- 和 _，最长 20 位"))
    end = _moment(query, "to") or timezone.now()
    start = _moment(query, "from") or end - _DEFAULT_SPAN[KINDS[kind_name]]
    if not dt.timedelta(0) < end - start <= _LONGEST:
        raise BadQueryError(_("时间段须为正，且不超过十年"))
    return SeriesQuery(query["factor"], kind_name, start, end, _buckets(query))


def _moment(query: QueryDict, name: str) -> dt.datetime | None:
    text = query.get(name, "")
    moment = parse_moment(text) if text else None
    if text and moment is None:
        raise BadQueryError(_("%(name)s 不是有效的时间") % {"name": name})
    return moment


def _buckets(query: QueryDict) -> int:
    text = query.get("buckets", "0")
    if not text.isdecimal() or int(text[:9]) > MOST_BUCKETS:
        raise BadQueryError(_("buckets 须为 0 至 %(most)s 的整数") % {"most": MOST_BUCKETS})
    return int(text)


@require_safe
@never_cache
@may_read
@gzip_page
def series_json(request: HttpRequest, code: str) -> HttpResponse:
    """The series of one factor at one point; ``format=csv`` exports the rows."""
    point = point_for(request.user, code)
    try:
        query = read_query(request.GET)
    except BadQueryError as error:
        return JsonResponse({"error": str(error)}, status=HTTPStatus.BAD_REQUEST)
    mns = list(point.devices.order_by("-registered", "mn").values_list("mn", flat=True))
    if request.GET.get("format") == "csv":
        return _csv(point, mns, query)
    return HttpResponse(dumped(_document(point, mns, query)), content_type="application/json")


def _document(point: MonitoringPoint, mns: list[str], query: SeriesQuery) -> dict[str, Any]:
    shown = _columns(mns, query)
    return {
        "factor": _factor(words(query.factor)),
        "kind": query.kind_name,
        "limits": limits_between(point, query.factor, query.kind_name, query.start, query.end),
        **shown,
        "flags": _mark_names(shown["flag"]),
        "ours": _ours(mns, query),
        "timeMeaning": "instant" if query.kind == Kind.REALTIME else "start",
    }


def _factor(known: FactorWords) -> dict[str, Any]:
    return {
        "code": known.code,
        "name": known.name,
        "unit": known.unit,
        "decimals": known.decimals,
    }


def _columns(mns: list[str], query: SeriesQuery) -> dict[str, Any]:
    """The device's values: rows, or buckets when more rows than buckets lie in the span.

    A point whose device was replaced has several; the newest device with values in the span tells.
    """
    start, end = _span(query)
    for mn in mns:
        rows = the_store().series(
            mn, query.factor, query.kind, start, end, limit=(query.buckets or MOST_ROWS) + 1
        )
        if query.buckets and len(rows) > query.buckets:
            return _bucket_columns(mn, query)
        if len(rows):
            return _row_columns(rows)
    return {"t": [], "value": [], "min": [], "max": [], "flag": [], "bucketSeconds": 0}


def _row_columns(rows: Series) -> dict[str, Any]:
    """Per row the quantity that limits judge: as converted where the device sent that."""
    measured = np.isnan(rows.zs_value)
    return {
        "t": rows.time.tolist(),
        "value": _numbers(np.where(measured, rows.value, rows.zs_value)),
        "min": _numbers(np.where(measured, rows.minimum, rows.zs_minimum)),
        "max": _numbers(np.where(measured, rows.maximum, rows.zs_maximum)),
        "flag": rows.flag.tolist(),
        "converted": not measured.all(),
        "bucketSeconds": 0,
    }


def _bucket_columns(mn: str, query: SeriesQuery) -> dict[str, Any]:
    """Mean with the extremes of every bucket; the gravest mark stands for the bucket."""
    start, end = _span(query)
    found = the_store().buckets(mn, query.factor, query.kind, start, end, count=query.buckets)
    return {
        "t": found.time.tolist(),
        "value": _numbers(found.mean),
        "min": _numbers(found.lowest),
        "max": _numbers(found.highest),
        "flag": found.worst_flag.tolist(),
        "converted": bool(found.converted.any()),
        "bucketSeconds": _bucket_seconds(found.time, start, end, query.buckets),
    }


def _bucket_seconds(times: NDArray[np.int64], start: int, end: int, buckets: int) -> int:
    steps = np.diff(times)
    return int(steps.min()) if steps.size else max(1, -(-(end - start) // buckets))


def _ours(mns: list[str], query: SeriesQuery) -> dict[str, Any]:
    """Our own statistics of the span; real-time values have none."""
    empty: dict[str, Any] = {"t": [], "value": [], "valid": [], "rule": []}
    if query.kind not in {Kind.HOUR, Kind.DAY}:
        return empty
    start, end = _span(query)
    for mn in mns:
        rows = the_store().statistics(mn, query.factor, query.kind, start, end)
        if len(rows):
            judged = np.where(np.isnan(rows.zs_value), rows.value, rows.zs_value)
            return {
                "t": rows.time.tolist(),
                "value": _numbers(judged),
                "valid": rows.valid.tolist(),
                "rule": rows.rule.tolist(),
            }
    return empty


def _span(query: SeriesQuery) -> tuple[int, int]:
    return int(query.start.timestamp()), int(np.ceil(query.end.timestamp()))


def _numbers(values: NDArray[np.float64]) -> list[float | None]:
    """Floats with None for missing: NaN is not JSON."""
    return np.where(np.isnan(values), None, values).tolist()


def _mark_names(marks: list[str]) -> dict[str, str]:
    found = {text: mark_name(text) for text in set(marks) if text not in {"", "N"}}
    return dict(sorted(found.items()))


def _csv(point: MonitoringPoint, mns: list[str], query: SeriesQuery) -> HttpResponse:
    """The rows as a file that spreadsheet programs read: UTF-8 with a byte order mark."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{point.code}-{query.factor}-{query.kind_name}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    write = _row_writer(response)
    known = words(query.factor)
    write([_("点位"), point.code, point.name, _("模拟数据") if point.synthetic else ""])
    write([_("监测因子"), known.code, known.name, known.unit])
    write([_("时间（北京时间）"), *_VALUE_NAMES, _("标记"), _("设备编号（MN）"), _("接收时间")])
    written = 0
    for mn in mns:
        written += _write_rows(write, mn, query)
    if written >= MOST_ROWS:
        write([_("仅导出前 %(most)s 行，请缩短时间段") % {"most": MOST_ROWS}])
    return response


#: In the words of the standard: HJ 212-2017, table 4.
_VALUE_NAMES = ("Avg/Rtd", "Min", "Max", "Cou", "ZsAvg/ZsRtd", "ZsMin", "ZsMax")


def _write_rows(write: Callable[[list[Any]], Any], mn: str, query: SeriesQuery) -> int:
    start, end = _span(query)
    rows = the_store().series(mn, query.factor, query.kind, start, end, limit=MOST_ROWS)
    numbers = (
        _texts(column)
        for column in (
            rows.value,
            rows.minimum,
            rows.maximum,
            rows.total,
            rows.zs_value,
            rows.zs_minimum,
            rows.zs_maximum,
        )
    )
    for time, *values, flag, received in zip(
        rows.time.tolist(), *numbers, rows.flag, rows.received.tolist(), strict=True
    ):
        write([_beijing(time), *map(_Number, values), flag, mn, _beijing(received / 1000)])
    return len(rows)


class _Number(str):
    """A cell we wrote as a number ourselves: its minus sign is one."""

    __slots__ = ()


def _row_writer(file: Any) -> Callable[[list[Any]], Any]:
    """Writes rows whose texts, whoever gave them, no spreadsheet program executes."""
    write = csv.writer(file).writerow
    return lambda cells: write(
        [cell if isinstance(cell, _Number) else _inert(str(cell)) for cell in cells]
    )


def _inert(text: str) -> str:
    """Text a spreadsheet program would take for a formula, made plain text by an apostrophe."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def _texts(values: NDArray[np.float64]) -> list[str]:
    return ["" if value is None else repr(value) for value in _numbers(values)]


def _beijing(seconds: float) -> str:
    moment = dt.datetime.fromtimestamp(seconds, timezone.get_default_timezone())
    return moment.strftime("%Y-%m-%d %H:%M:%S")
