"""A statutory clock as a chip shows it. It is told how many working days remain and counts none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: From this many working days on a limit counts as near.
NEAR_DAYS = 3
#: Months of a year.
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """``days_left``: whole working days until ``due``, negative when it is past, None when there is
    no limit. ``suspended``: the clock stands (已中止). ``met``: the step was taken in time.
    ``basis``: law and clause of the limit. ``overdue``: it is past although no working day lies
    between (an hour's limit, a weekend). ``provisional``: it may move with the calendar's notice.
    ``near``: whether it is, told by who knows how long the limit is; None: by ``NEAR_DAYS``.
    ``today``: the day of looking; with it a limit that is more than a year away is told in years and months.
    """

    due: dt.date | None = None
    days_left: int | None = None
    suspended: bool = False
    met: bool = False
    basis: str = ""
    overdue: bool = False
    provisional: bool = False
    near: bool | None = None
    today: dt.date | None = None

    @property
    def urgency(self) -> str:
        """``met``, ``suspended``, ``none``, ``overdue``, ``near`` or ``open``."""
        if self.met:
            return "met"
        if self.suspended:
            return "suspended"
        if self.days_left is None:
            return "none"
        if self.overdue or self.days_left < 0:
            return "overdue"
        is_near = self.days_left <= NEAR_DAYS if self.near is None else self.near
        return "near" if is_near else "open"

    @property
    def words(self) -> str:
        """What the chip says first."""
        fixed = {"met": _("已按期办结"), "suspended": _("已中止计时"), "none": _("无期限")}
        if self.urgency in fixed:
            return fixed[self.urgency]
        days = abs(self.days_left or 0)
        if self.urgency == "overdue":
            return _("超期 %(days)s 个工作日") % {"days": days} if days else _("已超期")
        if months := self._months_left:
            return _long(months)
        return _("剩余 %(days)s 个工作日") % {"days": days} if days else _("今日到期")

    @property
    def _months_left(self) -> int:
        """Whole months until the last day; 0 within a year, where working days are told."""
        if self.due is None or self.today is None:
            return 0
        years, months = self.due.year - self.today.year, self.due.month - self.today.month
        whole = _YEAR * years + months - (self.due.day < self.today.day)
        return whole if whole > _YEAR else 0


def _long(months: int) -> str:
    years, rest = divmod(months, _YEAR)
    if not rest:
        return _("剩余 %(years)s 年") % {"years": years}
    return _("剩余 %(years)s 年 %(months)s 个月") % {"years": years, "months": rest}


def chip_of(clock: Clock) -> SafeString:
    """The chip as it stands in a cell; rows of a list have few that differ."""
    return _chip(clock, get_language())


@lru_cache(maxsize=4096)
def _chip(clock: Clock, _language: str | None) -> SafeString:
    return SafeString(render_to_string("components/clock_chip.html", {"clock": clock}).strip())
