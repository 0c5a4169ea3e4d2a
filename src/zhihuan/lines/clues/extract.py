"""The files that hold what a clue rests on, as they are frozen: hours, raw frames, limits, and how it was judged.

Reads the telemetry store and the registry, writes nothing. Each table says in its name how many rows it has, and has all
of them: what is too long for one file goes on in the next. Times are Beijing's, with their offset. Frames are there byte for byte,
as hexadecimals, for whoever reckons their digest again; the readable text beside hides the device's password.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.acquisition.masking import masked
from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import MonitoringPoint, PointLimit
from zhihuan.bureau.registry.placements import Placement, placements_at
from zhihuan.lines.clues.occurrence import Occurrence
from zhihuan.telemetry.kinds import Kind

__all__ = ["Extract", "extracts_of"]

#: Normal hours before and after, to compare with.
_BESIDE = dt.timedelta(hours=24)
#: Frames about an hour may come this much after it.
_ARRIVES = dt.timedelta(hours=2)
_ROWS, _PAGE = 20_000, 1000
_HOUR_HEAD = (
    "mn", "factor", "hour_begins", "value", "minimum", "maximum", "total", "converted_value", "flag", "received", "frame_id",
)  # fmt: skip
_FRAME_HEAD = ("received", "mn", "frame_id", "cn", "sm3", "raw_hex", "raw_text")
_LIMIT_HEAD = (
    "factor", "period", "lower", "upper", "basis", "clause", "permit", "valid_from", "valid_until",
)  # fmt: skip
_MANUAL_HEAD = (
    "factor", "sampled_from", "sampled_until", "value", "below_detection", "unit", "method", "lawful", "agency",
    "report_number", "sample_code", "report_sha256", "automatic", "limit", "manual_finding", "automatic_finding", "prevails",
)  # fmt: skip
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Extract:
    """A file: its name, what it proves in people's words, its content."""

    name: str
    title: str
    content: bytes


def extracts_of(occurrence: Occurrence, number: str) -> Iterator[Extract]:
    """All of them. number: of the clue. Raises the store's own errors when it does not answer."""
    point = MonitoringPoint.objects.select_related("town").get(code=occurrence.point)
    placements = placements_at([point.pk]).get(point.pk, [])
    hours = list(_hours(placements, occurrence))
    frames = list(_frames(placements, occurrence))
    limits = list(_limits(point, occurrence))
    yield from _tables("hours", _("小时数据：前后各 24 小时"), _HOUR_HEAD, hours)
    yield from _tables(
        "raw-frames", _("原始报文：异常时段及其后 2 小时收到的"), _FRAME_HEAD, frames
    )
    yield from _tables("limits", _("适用限值及其依据"), _LIMIT_HEAD, limits)
    if manual := [[each[name] for name in _MANUAL_HEAD] for each in occurrence.manual]:
        words = _("同一时段的手工监测与自动监测")
        yield from _tables("manual", words, _MANUAL_HEAD, manual)
    counts = {"hours": len(hours), "raw_frames": len(frames), "limits": len(limits)}
    yield _statement(occurrence, point, number, counts)


def _hours(placements: Iterable[Placement], occurrence: Occurrence) -> Iterator[Row]:
    first, last = occurrence.since - _BESIDE, occurrence.until + _BESIDE
    for placement in placements:
        part = placement.within(first.timestamp(), last.timestamp())
        for factor in occurrence.factors if part else ():
            span = (int(part[0]), int(part[1]))  # type: ignore[index]
            found = the_store().series(placement.mn, factor, Kind.HOUR, *span)
            for row in range(len(found)):
                yield (
                    placement.mn, factor, _seconds(found.time[row]), *map(
                        _number, (found.value[row], found.minimum[row], found.maximum[row], found.total[row], found.zs_value[row])
                    ),
                    found.flag[row], _milliseconds(found.received[row]), int(found.frame_id[row]),
                )  # fmt: skip


def _frames(placements: Iterable[Placement], occurrence: Occurrence) -> Iterator[Row]:
    """The oldest first."""
    first, last = occurrence.since, occurrence.until + _ARRIVES
    for placement in placements:
        part = placement.within(first.timestamp(), last.timestamp())
        if part:
            yield from reversed(list(_received(placement.mn, *(int(each * 1000) for each in part))))


def _received(mn: str, first_ms: int, last_ms: int) -> Iterator[Row]:
    before: tuple[int, int] | None = None
    while True:
        page = the_store().frames(mn, first_ms, last_ms, limit=_PAGE, before=before)
        for row in range(len(page)):
            raw = bytes(page.raw[row])
            text = masked(raw).decode("latin-1").encode("unicode_escape").decode()
            yield (
                _milliseconds(page.received[row]), mn, int(page.frame_id[row]), page.cn[row],
                bytes(page.sm3[row]).hex(), raw.hex(), text,
            )  # fmt: skip
        if len(page) < _PAGE:
            return
        before = int(page.received[-1]), int(page.frame_id[-1])


def _limits(point: MonitoringPoint, occurrence: Occurrence) -> Iterator[Row]:
    """Those in force on any day of it, of its factors."""
    first, last = timezone.localdate(occurrence.since), timezone.localdate(occurrence.until)
    open_ended = Q(valid_until__isnull=True) | Q(valid_until__gte=first)
    rows = PointLimit.objects.filter(
        open_ended, point=point, factor__in=occurrence.factors, valid_from__lte=last
    ).select_related("permit")
    for each in rows.order_by("factor", "kind", "valid_from"):
        yield (
            each.factor, each.kind, each.lower, each.upper, each.basis, each.clause, each.permit or "",
            each.valid_from.isoformat(), each.valid_until.isoformat() if each.valid_until else "",
        )  # fmt: skip


def _tables(name: str, title: str, head: Row, rows: Sequence[Row]) -> Iterator[Extract]:
    """One file, or as many as it takes; an empty one too, for that nothing was there is told as well."""
    pieces = [rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS)] or [rows]
    for number, piece in enumerate(pieces, 1):
        of = f"-{number}" if len(pieces) > 1 else ""
        words = _("%(title)s（%(count)d 行）") % {"title": title, "count": len(piece)}
        yield Extract(f"{name}{of}.csv", words, _csv(head, piece))


def _csv(head: Row, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()


def _statement(
    occurrence: Occurrence, point: MonitoringPoint, number: str, counts: dict[str, int]
) -> Extract:
    """The contradiction, the rule, how it was judged, which excuses were tested; JSON in a text file."""
    told = {
        "clue": number,
        "sentence": occurrence.sentence,
        "rule": {"id": occurrence.rule, "version": occurrence.rule_version},
        "object": {
            "point": point.code, "name": point.name, "town": str(point.town), "lon": point.lon, "lat": point.lat,
        },
        "derivation": occurrence.derivation,
        "rows": counts,
        **occurrence.as_values(),
    }  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    return Extract("derivation.txt", _("判定依据与推导"), text.encode() + b"\n")


def _number(value: float) -> Any:
    return "" if math.isnan(value) else float(value)


def _moment(seconds: float) -> str:
    zone = timezone.get_default_timezone()
    return dt.datetime.fromtimestamp(seconds, zone).isoformat()


def _seconds(value: Any) -> str:
    return _moment(int(value))


def _milliseconds(value: Any) -> str:
    return _moment(int(value) / 1000)
