"""Limits as dated data: a new value ends the one before it, and two never hold on the same day.

``plan`` is pure: from the limits that stand and the one that comes it says what must happen, or why it
may not. ``put_in_force`` does it as part of an act. A limit is never changed to a new value in place:
what a value was judged by must stay readable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.registry.models import PointLimit

_ONE_DAY = dt.timedelta(days=1)


class OverlapError(ValidationError):
    """Why a limit may not come into force as given, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days in force, both included; ``last`` None: until further notice."""

    first: dt.date
    last: dt.date | None = None

    def meets(self, other: Span) -> bool:
        """Whether there is a day that both have."""
        ends_before = self.last is not None and self.last < other.first
        begins_after = other.last is not None and other.last < self.first
        return not ends_before and not begins_after

    def __str__(self) -> str:
        return (
            f"{self.first:%Y-%m-%d} – {self.last:%Y-%m-%d}"
            if self.last
            else f"{self.first:%Y-%m-%d} –"
        )


def span_of(limit: PointLimit) -> Span:
    """The days of a limit."""
    return Span(limit.valid_from, limit.valid_until)


def ended_by(standing: Iterable[Span], coming: Span) -> dict[Span, dt.date]:
    """The spans that the coming one cuts short, and the last day each then has.

    ``standing`` are those of the same point, factor and kind. OverlapError when one begins on or
    after the first day of the coming one, or would have gone on after the coming one ends.
    """
    cut: dict[Span, dt.date] = {}
    for span in standing:
        if not span.meets(coming):
            continue
        if span.first >= coming.first:
            raise OverlapError(
                {
                    "valid_from": _(
                        "与已登记的限值（%(span)s）重叠：它的生效日不早于新限值。"
                        "请改变新限值的起止日期，或先更正那一条。"
                    )
                    % {"span": span}
                }
            )
        if coming.last is not None and (span.last is None or span.last > coming.last):
            raise OverlapError(
                {
                    "valid_until": _(
                        "原限值（%(span)s）晚于新限值的截止日，新限值期满后将没有限值。"
                        "请将截止日留空，或先登记期满后恢复的限值。"
                    )
                    % {"span": span}
                }
            )
        cut[span] = coming.first - _ONE_DAY
    return cut


def standing_beside(limit: PointLimit) -> list[PointLimit]:
    """The other limits on the same factor and kind at the same point."""
    rows = PointLimit.objects.filter(point=limit.point, factor=limit.factor, kind=limit.kind)
    return list(rows.exclude(pk=limit.pk).order_by("valid_from"))


def put_in_force(changes: Changes, limit: PointLimit) -> list[PointLimit]:
    """Register a new limit and end the one before it; the limits that were ended."""
    standing = standing_beside(limit)
    cut = ended_by((span_of(each) for each in standing), span_of(limit))
    ended = [each for each in standing if span_of(each) in cut]
    for each in ended:
        changes.update(each, valid_until=cut[span_of(each)])
    changes.create(limit)
    return ended


def correct(changes: Changes, limit: PointLimit) -> None:
    """Save a mended limit; OverlapError when it now meets another one."""
    for each in standing_beside(limit):
        if span_of(each).meets(span_of(limit)):
            words = _("与已登记的限值（%(span)s）重叠，请改变起止日期。")
            raise OverlapError({"valid_from": words % {"span": span_of(each)}})
    changes.update(limit)
