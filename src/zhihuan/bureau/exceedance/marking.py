"""Making, superseding, taking back and reviewing marks; each judges its outlet's days anew, at once.

Marks are appended and never undone; whether somebody may is asked by whoever offers the act.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.exceedance.found import moment
from zhihuan.bureau.exceedance.models import DataMark, Episode, MarkReview
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.bureau.exceedance.rounds import judge
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.bureau.vault.keeping import hold
from zhihuan.bureau.vault.models import StoredFile
from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.supervision.exceedance import deadline_of, mark_kinds

__all__ = ["Wanted", "make_mark", "review_mark", "take_back"]

LONGEST = dt.timedelta(days=92)
_AHEAD = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be marked; see ``DataMark``. supersedes: the mark it takes the place of."""

    point: MonitoringPoint
    kind: str
    start: dt.datetime
    end: dt.datetime
    reason: str
    factor: str = ""
    evidence: StoredFile | None = None
    supersedes: DataMark | None = None


@transaction.atomic
def make_mark(wanted: Wanted, actor: Any, *, now: dt.datetime | None = None) -> DataMark:
    """Append it, judge anew, and have episodes that wait for the enterprise counted as answered where the enterprise
    marked it: the branch, or the device's own system (actor None), answers for nobody. Raises RefusedError."""
    at = now or timezone.now()
    _refuse_span(wanted, at)
    row = _append(wanted, actor, at, withdraws=False)
    _judge_anew(row, wanted.supersedes, at)
    if not _is_of_the_firm(actor):
        return row
    touched = Episode.objects.filter(
        point=wanted.point, first_at__lt=wanted.end, end_at__gt=wanted.start, answered_at=None
    )
    if wanted.factor:
        touched = touched.filter(factor=wanted.factor)
    touched.update(answered_at=at)
    return row


def _is_of_the_firm(actor: Any) -> bool:
    home = getattr(actor, "organisation", None)
    return home is not None and not home.is_inside


@transaction.atomic
def take_back(
    mark: DataMark, actor: Any, reason: str, *, now: dt.datetime | None = None
) -> DataMark:
    """Append a row that only takes ``mark`` back. Raises RefusedError."""
    at = now or timezone.now()
    again = Wanted(
        mark.point, mark.kind, mark.start_at, mark.end_at, reason, mark.factor, supersedes=mark
    )
    row = _append(again, actor, at, withdraws=True)
    _judge_anew(row, mark, at)
    return row


@transaction.atomic
def review_mark(
    mark: DataMark, actor: Any, reason: str, *, accepted: bool, now: dt.datetime | None = None
) -> MarkReview:
    """The bureau says whether it holds; of several reviews the last counts. Raises RefusedError."""
    if not reason.strip():
        raise RefusedError(_("请写明核定理由。"))
    at = now or timezone.now()
    row = MarkReview.objects.create(mark=mark, accepted=accepted, reason=reason, at=at, by=actor)
    record(
        "exceedance.review_mark",
        f"mark:{mark.pk}",
        actor=actor,
        accepted=accepted,
        reason=reason[:200],
    )
    _judge_anew(mark, None, at)
    return row


def _append(wanted: Wanted, actor: Any, at: dt.datetime, *, withdraws: bool) -> DataMark:
    # one after another at one outlet, so that no mark is superseded twice
    MonitoringPoint.objects.select_for_update(of=("self",)).get(pk=wanted.point.pk)
    _refuse_chain(wanted)
    deadline = moment(deadline_of(int(wanted.end.timestamp())))
    row = DataMark.objects.create(
        point=wanted.point, factor=wanted.factor, kind=wanted.kind,
        source=DataMark.Source.AUTOMATIC if actor is None else DataMark.Source.MANUAL,
        start_at=wanted.start, end_at=wanted.end, reason=wanted.reason, evidence=wanted.evidence,
        made_at=at, made_by=actor, supersedes=wanted.supersedes, withdraws=withdraws,
        deadline_at=deadline, late=at > deadline,
    )  # fmt: skip
    if wanted.evidence is not None:
        hold(wanted.evidence)
    record(
        "exceedance.mark", f"mark:{row.pk}", actor=actor, point=wanted.point.code, kind=row.kind,
        start=row.start_at.isoformat(), end=row.end_at.isoformat(), late=row.late,
        supersedes=wanted.supersedes.pk if wanted.supersedes else None, withdraws=withdraws,
    )  # fmt: skip
    return row


def _refuse_span(wanted: Wanted, at: dt.datetime) -> None:
    if wanted.end <= wanted.start:
        raise RefusedError(_("标记时段的结束应晚于开始。"))
    if wanted.end - wanted.start > LONGEST:
        raise RefusedError(_("一个标记最长 92 天；更长的请分段标记。"))
    if wanted.end > at + _AHEAD:
        raise RefusedError(_("最多提前 31 天标记。"))
    try:
        known = mark_kinds(beijing_day(wanted.start))
    except OutsideEditionsError:
        words = _("《污染物排放自动监测设备标记规则》自 2023-01-01 施行，更早的时段不能标记。")
        raise RefusedError(words) from None
    if wanted.kind not in known:
        raise RefusedError(_("请从清单中选择标记种类。"))


def _refuse_chain(wanted: Wanted) -> None:
    old = wanted.supersedes
    if old is None:
        return
    if old.point_id != wanted.point.pk:
        raise RefusedError(_("只能取代同一点位的标记。"))
    if old.withdraws or DataMark.objects.filter(supersedes=old).exists():
        raise RefusedError(_("该标记已被取代或撤回，请在最新的标记上操作。"))


def _judge_anew(row: DataMark, other: DataMark | None, at: dt.datetime) -> None:
    """Over what the mark says and what the one it takes the place of said."""
    spans = [(each.start_at, each.end_at) for each in (row, other) if each is not None]
    start = min(start for start, _end in spans)
    end = min(max(end for _start, end in spans), at)
    if start < end:
        judge([row.point_id], (int(start.timestamp()), int(end.timestamp())), at)
