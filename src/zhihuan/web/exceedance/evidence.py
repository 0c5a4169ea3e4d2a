"""What an episode rests on, read from the store: its hours with marks, and the last calibration.

Two reads; where the store does not answer the page says so and shows the rest.
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
from zhihuan.web.listing import Column
from zhihuan.web.live.factor_words import mark_name, words
from zhihuan.web.live.moment import from_seconds
from zhihuan.web.registry.record_page import table_of

__all__ = ["hours_table", "last_check"]

_AROUND = 3 * 3600
_MOST = 72
_CHECKED_WITHIN = 90 * 86_400


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
        _Hour(_minute(int(time)), known.number(float(each)), f"{flag} {mark_name(flag)}".strip())
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


def last_check(episode: Episode, mns: Sequence[str]) -> dt.datetime | None:
    """When the factor's analyser last reported a check or calibration before the episode's end; None for
    none within ninety days."""
    end = int(episode.end_at.timestamp())
    rows = the_store().edge_rows(
        Kind.CHECK, end - _CHECKED_WITHIN, end, mns=list(mns) or [""], factors=[episode.factor],
        count=1,
    )  # fmt: skip
    return from_seconds(int(rows.time.max())) if len(rows) else None
