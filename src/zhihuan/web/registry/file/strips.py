"""Compliance quarter by quarter: a line a programme over all points, and one for each point.

A cell says its figure in words and opens the hours behind it. Shares below what is asked for are told
as needing a look, not as a breach: the thresholds are the platform's own for showing (HJ 75 and HJ 355
are not at hand), exceeding hours are counted against the limits in force.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.compliance.quarter import SHOWN, Quarter, last_quarters
from zhihuan.bureau.compliance.reckoning import Figures
from zhihuan.web.components.quarter_strip import QuarterStrip, StripCell, StripLine
from zhihuan.web.components.status import StatusKind
from zhihuan.web.registry.file.contents import Contents

QUARTERS = SHOWN
#: Below this share a quarter is told as needing a look.
ENOUGH = 0.90


def strips_of(contents: Contents) -> QuarterStrip | None:
    """The strip of the last quarters; None for an enterprise without points."""
    if not contents.points:
        return None
    quarters = last_quarters(QUARTERS, contents.moment.day)
    figures = contents.quarterly(quarters)
    return QuarterStrip(
        _("在线监测合规情况"),
        tuple(each.words for each in quarters),
        tuple(_lines(contents, quarters, figures)),
    )


def _lines(
    contents: Contents, quarters: Sequence[Quarter], figures: Mapping[int, list[Figures]]
) -> list[StripLine]:
    whole = [sum(column, Figures()) for column in zip(*figures.values(), strict=True)]
    link = _Link(contents)
    lines = [
        StripLine(_("超标小时"), link.cells(quarters, whole, exceeding_cell, "exceeding")),
        StripLine(_("有效小时比例"), link.cells(quarters, whole, valid_cell, "invalid")),
        StripLine(_("传输率"), link.cells(quarters, whole, received_cell, "missing")),
    ]
    for point in contents.points if len(contents.points) > 1 else ():
        cells = link.cells(quarters, figures[point.pk], exceeding_cell, "exceeding", point.code)
        lines.append(StripLine(_("超标小时 · %(point)s") % {"point": point.name}, cells))
    return lines


class _Link:
    """Makes cells that open their hours."""

    def __init__(self, contents: Contents) -> None:
        self._page = reverse("registry-hours", args=[contents.enterprise.code])
        self._on = contents.moment.on

    def cells(
        self,
        quarters: Sequence[Quarter],
        figures: Sequence[Figures],
        cell: Callable[[Figures], tuple[StatusKind, str]],
        which: str,
        point: str = "",
    ) -> tuple[StripCell, ...]:
        return tuple(
            StripCell(*cell(each), self._url(quarter, which, point) if each.due else "")
            for quarter, each in zip(quarters, figures, strict=True)
        )

    def _url(self, quarter: Quarter, which: str, point: str) -> str:
        asked = {"quarter": str(quarter), "which": which}
        asked |= {"point": point} if point else {}
        asked |= {"on": self._on.isoformat()} if self._on else {}
        return f"{self._page}?{urlencode(asked)}"


def exceeding_cell(figures: Figures) -> tuple[StatusKind, str]:
    """How many hours exceeded; without a valid hour nothing is said."""
    if not figures.valid:
        return StatusKind.WAITING, _("无数据")
    if figures.exceeding:
        return StatusKind.DANGER, _("%(hours)s 小时") % {"hours": figures.exceeding}
    return StatusKind.DONE, _("无超标")


def valid_cell(figures: Figures) -> tuple[StatusKind, str]:
    """The share of due hours that are valid."""
    return _share(figures.valid_share)


def received_cell(figures: Figures) -> tuple[StatusKind, str]:
    """The share of due hours that arrived."""
    return _share(figures.transmission_rate)


def _share(share: float) -> tuple[StatusKind, str]:
    if math.isnan(share):
        return StatusKind.WAITING, _("无应传")
    kind = StatusKind.DONE if share >= ENOUGH else StatusKind.WARNING
    # cut, not rounded: 99.96 % is not “100 %” while an hour is missing
    return kind, f"{math.floor(share * 1000) / 10:.1f}%"
