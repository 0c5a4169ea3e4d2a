"""What an episode rests on, read from the store: its hours with marks, and the last calibration.

Three reads; where the store does not answer the page says so and shows the rest.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.hj212.codes import Edition, is_normal
from zhihuan.telemetry.kinds import Kind
from zhihuan.web.components.table import Table
from zhihuan.web.exceedance.words import beyond_limit, told_beside_limit
from zhihuan.web.listing import Column
from zhihuan.web.live.factor_words import mark_name, words
from zhihuan.web.live.moment import from_seconds
from zhihuan.web.registry.record_page import table_of

__all__ = ["Checked", "Hours", "hours_of", "last_check"]

_AROUND = 3 * 3600
_MOST = 72
_CHECKED_WITHIN = 90 * 86_400
#: The marks of an hour in which the analyser was calibrated (HJ 212-2017, table 8).
_CALIBRATION = ["C"]


#: So many hours stand open; of more the weightiest, as a phone shows a screen of them.
_OPEN = 12


@dataclass(frozen=True, slots=True)
class _Hour:
    at: str
    value: str
    mark: str
    weight: tuple[bool, float]


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of an episode. open: all where they are few, else those that are marked and those farthest beyond the
    limit; rest: the others, None where there are none."""

    open: Table
    rest: Table | None

    @property
    def rest_count(self) -> int:
        return len(self.rest.rows) if self.rest else 0


def hours_of(episode: Episode, mns: Sequence[str]) -> Hours:
    """The device's hourly rows from three hours before to three after it, 72 at most; each table in their order."""
    start = int(episode.first_at.timestamp()) - _AROUND
    end = min(int(episode.end_at.timestamp()) + _AROUND, start + _MOST * 3600)
    rows = the_store().measurements(
        Kind.HOUR, start, end, mns=list(mns) or [""], factors=[episode.factor]
    )
    value = np.where(np.isnan(rows.zs_value), rows.value, rows.zs_value)
    is_converted = not np.isnan(rows.zs_value).all()
    hours = [
        _Hour(
            _minute(int(time)),
            told_beside_limit(episode, float(each)),
            f"{flag} {mark_name(flag)}".strip(),
            _weight(episode, float(each), flag),
        )
        for time, each, flag in zip(rows.time, value, rows.flag, strict=True)
    ]
    columns = (
        Column("at", _("时间")),
        Column("value", _("小时值（折算）") if is_converted else _("小时值"), unit=words(episode.factor).unit),
        Column("mark", _("数据标记")),
    )  # fmt: skip
    none = _("没有读到小时值。")
    if len(hours) <= _OPEN:
        return Hours(table_of(_("超标时段前后的小时值"), columns, hours, none), None)
    order = sorted(range(len(hours)), key=lambda place: hours[place].weight, reverse=True)
    first, rest = (
        [hours[place] for place in sorted(part)] for part in (order[:_OPEN], order[_OPEN:])
    )
    return Hours(
        table_of(_("最严重的和有标记的小时值"), columns, first, none),
        table_of(_("其余小时值"), columns, rest, none),
    )


def _weight(episode: Episode, value: float, flag: str) -> tuple[bool, float]:
    """Whether it is marked, and how far it lies beyond the limit; a missing value lies nowhere."""
    marked = bool(flag) and not any(is_normal(flag, edition) for edition in Edition)
    beyond = beyond_limit(episode, value)
    return marked, -math.inf if math.isnan(beyond) else beyond


def _minute(seconds: int) -> str:
    return f"{timezone.localtime(from_seconds(seconds)):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Checked:
    """When an analyser was last checked or calibrated. by_mark: told by the mark of an hour that began then, not by a
    record of its own."""

    at: dt.datetime
    by_mark: bool


def last_check(episode: Episode, mns: Sequence[str]) -> Checked | None:
    """The factor's last check or calibration before the episode's end, by records of them and by hours marked as
    calibration, whichever is later; None for none of either within ninety days."""
    end = int(episode.end_at.timestamp())
    span = (end - _CHECKED_WITHIN, end)
    asked = {"mns": list(mns) or [""], "factors": [episode.factor]}
    records = the_store().edge_rows(Kind.CHECK, *span, **asked, count=1)
    hours = the_store().measurements(Kind.HOUR, *span, **asked)
    marked = hours.time[np.isin(hours.flag, _CALIBRATION)]
    found = [(int(times.max()), by_mark) for times, by_mark in ((records.time, False), (marked, True)) if len(times)]  # fmt: skip
    if not found:
        return None
    at, by_mark = max(found)
    return Checked(from_seconds(at), by_mark)
