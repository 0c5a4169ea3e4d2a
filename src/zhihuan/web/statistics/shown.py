"""Figures as rows for people: groups with their figures, and one figure told apart. Table, chart and file show the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.indicators.catalogue import indicators, shares
from zhihuan.indicators.declaration import Group, Indicator, Share
from zhihuan.indicators.periods import Period
from zhihuan.indicators.reckoning import Acts, Figure, Told, reckoned, share_of
from zhihuan.standards.article import in_words
from zhihuan.web.components.value import Kind, shown

__all__ = ["Line", "lines_of", "signed", "written"]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the period with that of the year before. indicator: None for a share, which counts nothing
    itself."""

    pk: str
    code: str
    title: Any
    unit: Any
    group: Group
    about: Any
    basis: str
    told: Told
    indicator: Indicator | None

    @property
    def now(self) -> Figure:
        return self.told.now

    @property
    def before(self) -> Figure:
        return self.told.before

    @property
    def change(self) -> Figure:
        return self.told.change

    @property
    def change_unit(self) -> str:
        """A share grows by percentage points, whatever else by its own unit."""
        return str(self.unit) if self.indicator else _("个百分点")

    @property
    def percent(self) -> Decimal | None:
        """None for a share: a percent of percents would be taken for its points."""
        return self.told.percent if self.indicator else None

    @property
    def heading(self) -> Any:
        return self.group.label


def lines_of(rows: Acts, period: Period) -> list[Line]:
    """Every figure, group by group as declared; one query."""
    asked = indicators()
    told = reckoned(rows, asked, period)
    found = [_line(each, told[each.code], each) for each in asked]
    found += [_line(each, share_of(each, told), None) for each in shares()]
    order = list(Group)
    return sorted(found, key=lambda each: order.index(each.group))


def _line(each: Indicator | Share, told: Told, indicator: Indicator | None) -> Line:
    return Line(each.code, each.code, each.title, each.unit, each.group, each.about, in_words(each.basis), told, indicator)  # fmt: skip


def written(figure: Figure) -> str:
    """As tables write it; "—" for what is missing."""
    return str(shown(figure, Kind.NUMBER))


def signed(figure: Figure) -> str:
    """A change, its sign before it; none stands as it is."""
    if figure is None:
        return "—"
    return f"{figure:+,}" if figure else f"{figure:,}"
