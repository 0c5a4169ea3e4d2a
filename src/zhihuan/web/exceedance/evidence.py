"""What an episode rests on, read from the store: its hours with marks, and the last calibration.

Three reads; where the store does not answer the page says so and shows the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.telemetry.kinds import Kind
from zhihuan.web.components.table import Table
from zhihuan.web.exceedance.words import told_beside_limit
from zhihuan.web.listing import Column
from zhihuan.web.live.factor_words import mark_name, words
from zhihuan.web.live.moment import from_seconds
from zhihuan.web.registry.record_page import table_of

__all__ = ["Checked", "hours_table", "last_check"]

_AROUND = 3 * 3600
_MOST = 72
_CHECKED_WITHIN = 90 * 86_400
#: The marks of an hour in which the analyser was calibrated (HJ 212-2017, table 8).
_CALIBRATION = ["C"]


@dataclass(frozen=True, slots=True)
class _Hour:
    at: str
    value: str
    mark: str


def hours_table(episode: Episode, mns: Sequence[str]) -> Table:
    """The device's hourly rows from three hours before to three after it, 72 at most."""
    start = int(episode.first_at.timestamp()) - _AROUND
    end = min(int(episode.end_at.timestamp()) + _AROUND, start + _MOST * 3600)
    rows = the_store().measurements(
        Kind.HOUR, start, end, mns=list(mns) or [""], factors=[episode.factor]
    )
    known = words(episode.factor)
    value = np.where(np.isnan(rows.zs_value), rows.value, rows.zs_value)
    is_converted = not np.isnan(rows.zs_value).all()
    hours = [
        _Hour(
            _minute(int(time)),
            told_beside_limit(episode, float(each)),
            f"{flag} {mark_name(flag)}".strip(),
        )
        for time, each, flag in zip(rows.time, value, rows.flag, strict=True)
    ]
    columns = (
        Column("at", _("时间")),
        Column("value", _("小时值（折算）") if is_converted else _("小时值"), unit=known.unit),
        Column("mark", _("数据标记")),
    )
    return table_of(_("超标时段前后的小时值"), columns, hours, _("没有读到小时值。"))


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
