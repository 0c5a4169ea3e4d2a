"""The marks that touch an episode, as its page shows them; two queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.exceedance.models import DataMark, Episode
from zhihuan.supervision.exceedance import mark_kinds
from zhihuan.web.exceedance.forms import ReviewForm
from zhihuan.web.live.factor_words import words

__all__ = ["ShownMark", "marks_of", "shown_mark", "standing_of"]


@dataclass(frozen=True, slots=True)
class ShownMark:
    """review: None where the reader may not review it; may_take_back: it is theirs and the newest."""

    row: DataMark
    title: str
    standing: str
    review: ReviewForm | None
    may_take_back: bool


def marks_of(episode: Episode, *, reviews: bool, owns: bool) -> list[ShownMark]:
    """The newest first."""
    rows = DataMark.objects.filter(
        Q(factor="") | Q(factor=episode.factor), point=episode.point_id,
        start_at__lt=episode.end_at, end_at__gt=episode.first_at,
    )  # fmt: skip
    found = list(rows.select_related("made_by", "evidence").prefetch_related("reviews"))
    gone = {each.supersedes_id for each in found}
    return [shown_mark(each, each.pk in gone, reviews=reviews, owns=owns) for each in found]


def shown_mark(row: DataMark, is_gone: bool, *, reviews: bool, owns: bool) -> ShownMark:
    """One of them. is_gone: superseded or taken back; reviews, owns: what the reader may."""
    said = list(row.reviews.all())
    is_alive = not is_gone and not row.withdraws
    kind = mark_kinds(timezone.localdate(row.start_at)).get(row.kind)
    start, end = (f"{timezone.localtime(at):%Y-%m-%d %H:%M}" for at in (row.start_at, row.end_at))
    scope = words(row.factor).name if row.factor else _("全部因子")
    return ShownMark(
        row=row,
        title=f"{kind.name if kind else row.kind}，{start} — {end}，{scope}",
        standing=standing_of(row, said[-1] if said else None, is_gone),
        review=ReviewForm(row) if reviews and is_alive else None,
        may_take_back=owns and is_alive,
    )


def standing_of(row: DataMark, review: Any, is_gone: bool) -> str:
    """In words. review: the last the bureau said of it, None for nothing; is_gone: superseded or taken back."""
    if row.withdraws:
        return _("撤回此前的标记")
    if is_gone:
        return _("已被取代或撤回")
    if review is not None:
        return _("核定成立") if review.accepted else _("核定不成立")
    return _("逾期标记，核定成立前不采用") if row.late else _("按时标记，已采用")
