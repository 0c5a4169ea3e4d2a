"""Published stations as the tables of public pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.disclosure.air import shown_concentration
from zhihuan.bureau.disclosure.declaration import Subject, subjects
from zhihuan.bureau.disclosure.hours import HourRow
from zhihuan.bureau.disclosure.station import Judgement, Reading, StationNow
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table, cell
from zhihuan.web.components.value import MISSING, Kind
from zhihuan.web.live.factor_words import words
from zhihuan.web.open.words import factor_name, told, town_name
from zhihuan.web.open.words import reading as words_of

_TONES = {
    "good": StatusKind.DONE,
    "fair": StatusKind.WARNING,
    "bad": StatusKind.DANGER,
    "none": StatusKind.WAITING,
}
_DATA = {"hour": gettext_lazy("小时"), "day": gettext_lazy("日")}
#: So many factors have a column of their own in a list.
_MOST_FACTORS = 6
#: How the names of a synthetic city begin: they need not say it twice.
_CALLED_SYNTHETIC = "模拟"


def status_of(judgement: Judgement) -> Status:
    """The judgement as a badge: word, shape and colour."""
    return Status(_TONES[judgement.tone], told(judgement.word))


def _with_figure(judgement: Judgement) -> Status:
    """The same with its index, as the map has it."""
    status = status_of(judgement)
    return Status(status.kind, f"{status.text} {judgement.figure}".rstrip())


def stations_table(subject: Subject, found: Sequence[StationNow]) -> Table:
    """A list of stations with their newest figures."""
    factors = list(subject.factors)[:_MOST_FACTORS]
    extra = [_("企业")] if subject.permit_levels else []
    judged = _("评价（AQI）") if subject.code == "air" else _("评价")
    headings = [Heading(each) for each in (_("站点"), _("镇街"), *extra, judged)]
    headings += [Heading(factor_name(each), Kind.NUMBER, unit_of(each)) for each in factors]
    if not factors:
        headings.append(Heading(_("小时均值（限值）")))
    headings.append(Heading(_("时间（起）")))
    return Table(
        caption=told(subject.title),
        headings=headings,
        rows=[_row(each, factors, bool(extra)) for each in found],
        blank=Blank(_("没有公开的站点"), _("登记了站点并收到数据后，会显示在这里。")),
    )


def _row(now: StationNow, factors: Sequence[str], has_enterprise: bool) -> Row:
    own = now.station
    newest = {each.factor: each for each in now.readings if each.is_valid}
    url = reverse("open-station", kwargs={"code": own.code})
    name = own.name
    if own.synthetic and not name.startswith(_CALLED_SYNTHETIC):
        name = _("%(name)s（模拟）") % {"name": name}
    cells = [cell(name, url=url, is_header=True), cell(town_name(own.town_code, own.town))]
    cells += [cell(own.enterprise)] if has_enterprise else []
    cells.append(cell(_with_figure(now.judgement), Kind.STATUS))
    cells += [_number(newest.get(each)) for each in factors]
    if not factors:
        cells.append(cell(_("；").join(_told(now, each) for each in newest.values())))
    cells.append(cell(_hour(now)))
    return Row(cells, key=own.code, name=own.name)


def _number(reading: Reading | None) -> Cell:
    return Cell(shown_value(reading)[0] if reading else MISSING, Kind.NUMBER)


def shown_value(reading: Reading) -> tuple[str, str]:
    """A value as people read it, and its unit."""
    if reading.factor in subjects()["air"].factors:
        return shown_concentration(reading)
    known = words(reading.factor)
    return known.number(reading.value), known.unit


def unit_of(factor: str) -> str:
    """The unit of a column."""
    items = subjects()["air"].factors
    if factor in items:
        return "mg/m³" if items[factor] == "CO" else "µg/m³"
    return words(factor).unit


def _told(now: StationNow, reading: Reading) -> str:
    limit = now.station.limits.get(reading.factor)
    value = words_of(reading.factor, reading.value)
    if limit is None or limit.upper is None:
        return value
    return _("%(value)s（%(limit)s）") % {"value": value, "limit": f"{limit.upper:g}"}


def _hour(now: StationNow) -> str:
    return timezone.localtime(now.at).strftime("%m-%d %H:%M") if now.at else MISSING


def readings_table(now: StationNow) -> Table:
    """What one station says now, factor by factor."""
    heads = (_("监测因子"), _("数据"), _("数值"), _("限值"), _("时间（起）"), _("说明"))
    return Table(
        caption=_("最新数据"),
        headings=[Heading(each) for each in heads],
        rows=[Row(_cells(now, each)) for each in now.readings],
        blank=Blank(_("近几小时没有数据"), _("设备可能断线、停用或正在维护。")),
    )


def _cells(now: StationNow, reading: Reading) -> list[Cell]:
    limit = now.station.limits.get(reading.factor) if reading.data == "hour" else None
    bounds = [f"≥ {limit.lower:g}"] if limit and limit.lower is not None else []
    bounds += [f"≤ {limit.upper:g}"] if limit and limit.upper is not None else []
    return [
        cell(factor_name(reading.factor), is_header=True),
        cell(_DATA[reading.data]),
        cell(" ".join(shown_value(reading)).strip()),
        cell(_("，").join(bounds)),
        cell(timezone.localtime(reading.at).strftime("%m-%d %H:%M")),
        cell("" if reading.is_valid else _("设备标记为无效，不作评价")),
    ]


def hours_table(rows: Sequence[HourRow]) -> Table:
    """Hours down, factors across; what is not valid is left out."""
    factors = sorted({row.factor for row in rows})
    by_hour: dict[Any, dict[str, Reading]] = {}
    for row in rows:
        values = by_hour.setdefault(row.at, {})
        if row.is_valid and row.value is not None:
            values[row.factor] = Reading(row.factor, "hour", row.at, row.value, True)
    headings = [Heading(_("时间（起）"))]
    headings += [Heading(factor_name(each), Kind.NUMBER, unit_of(each)) for each in factors]
    return Table(
        caption=_("最近 24 小时"),
        headings=headings,
        rows=[_hour_row(at, by_hour[at], factors) for at in sorted(by_hour, reverse=True)],
        blank=Blank(_("最近 24 小时没有小时数据")),
    )


def _hour_row(at: Any, values: dict[str, Reading], factors: Sequence[str]) -> Row:
    told = timezone.localtime(at).strftime("%m-%d %H:%M")
    numbers = [_number(values.get(each)) for each in factors]
    return Row([cell(told, is_header=True), *numbers])
