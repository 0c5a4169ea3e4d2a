"""Marks of outlets as the rules take them; two queries however many outlets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from zhihuan.bureau.exceedance.models import DataMark, MarkReview
from zhihuan.supervision.exceedance import Mark

__all__ = ["as_mark", "marks_of"]


def marks_of(points: Sequence[int]) -> dict[int, tuple[Mark, ...]]:
    """By primary key of the point; points without marks are absent."""
    found: dict[int, list[Mark]] = defaultdict(list)
    rows = list(DataMark.objects.filter(point__in=points).order_by("pk"))
    said = _said([row.pk for row in rows]) if rows else {}
    for row in rows:
        found[row.point_id].append(as_mark(row, said.get(row.pk)))
    return {point: tuple(marks) for point, marks in found.items()}


def as_mark(row: DataMark, accepted: bool | None) -> Mark:
    """A row as a value; moments as epoch seconds."""
    return Mark(
        number=row.pk,
        kind=row.kind,
        start=int(row.start_at.timestamp()),
        end=int(row.end_at.timestamp()),
        made=int(row.made_at.timestamp()),
        factor=row.factor,
        supersedes=row.supersedes_id,
        withdraws=row.withdraws,
        accepted=accepted,
    )


def _said(marks: Sequence[int]) -> dict[int, bool]:
    """What the bureau said last of each."""
    reviews = MarkReview.objects.filter(mark__in=marks).order_by("pk")
    return dict(reviews.values_list("mark_id", "accepted"))
