"""Entering a manual result, and taking one back; neither changes the episode: the branch verifies with it.

Whether somebody may is asked by whoever offers the act. Each is one transaction with its entry of the audit trail.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.exceedance.manual.known import results_of
from zhihuan.bureau.exceedance.manual.words import reported, unit_of
from zhihuan.bureau.exceedance.models import Episode, ManualResult
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.bureau.vault.evidence.adding import add_evidence
from zhihuan.bureau.vault.keeping import hold
from zhihuan.bureau.vault.models import StoredFile
from zhihuan.supervision.exceedance.manual import plain_unit

__all__ = ["Report", "enter_result", "said_of_report", "take_result_back"]


@dataclass(frozen=True, slots=True)
class Report:
    """A result as the report has it; see ``ManualResult``. sampled_from, sampled_until: aware, until None for a sample of one
    moment. unit: as printed, which must be the factor's own: nothing is converted."""

    sampled_from: dt.datetime
    sampled_until: dt.datetime | None
    value: float
    unit: str
    method: str
    agency: str
    number: str
    file: StoredFile
    lawful: bool
    below: bool = False
    sample_code: str = ""
    visit: Matter | None = None


@transaction.atomic
def enter_result(
    episode: Episode, told: Report, actor: Any, *, now: dt.datetime | None = None
) -> ManualResult:
    """Append it; where the episode is a clue already, its report becomes evidence there. Raises RefusedError for another unit, a
    time outside the episode or to come, no number, and what is entered already."""
    at = now or timezone.now()
    # one after another at one outlet, so that nothing is entered twice
    MonitoringPoint.objects.select_for_update(of=("self",)).get(pk=episode.point_id)
    until = told.sampled_until or told.sampled_from
    _refuse_value(episode, told)
    _refuse_time(episode, told.sampled_from, until, at)
    _refuse_twice(episode, told)
    row = ManualResult.objects.create(
        point=episode.point, factor=episode.factor, sampled_from=told.sampled_from, sampled_until=until,
        value=told.value, below=told.below, unit=unit_of(episode.factor), method=told.method,
        lawful=told.lawful, agency=told.agency, report_number=told.number, sample_code=told.sample_code,
        report=told.file, visit=told.visit, made_at=at, made_by=actor,
    )  # fmt: skip
    hold(told.file)
    record(
        "exceedance.enter_manual", f"manual:{row.pk}", actor=actor, point=episode.point.code,
        factor=row.factor, report=row.report_number, value=row.value, unit=row.unit,
        sha256=told.file.content.sha256,
    )  # fmt: skip
    clue = episode.clue
    if clue is not None and clue.ended_at is None:
        add_evidence(clue, row.report, Acting(actor, at=at), **said_of_report(row))
    return row


@transaction.atomic
def take_result_back(
    row: ManualResult, actor: Any, reason: str, *, now: dt.datetime | None = None
) -> ManualResult:
    """Append a row that only takes ``row`` back. Raises RefusedError."""
    MonitoringPoint.objects.select_for_update(of=("self",)).get(pk=row.point_id)
    if not reason.strip():
        raise RefusedError(_("请写明撤回的理由。"))
    if row.withdraws or ManualResult.objects.filter(supersedes=row).exists():
        raise RefusedError(_("该结果已撤回。"))
    kept = {
        name: getattr(row, name)
        for name in (
            "point", "factor", "sampled_from", "sampled_until", "value", "below", "unit", "method", "lawful",
            "agency", "report_number", "sample_code", "report", "visit",
        )
    }  # fmt: skip
    back = ManualResult.objects.create(
        **kept, reason=reason[:500], made_at=now or timezone.now(), made_by=actor, supersedes=row,
        withdraws=True,
    )  # fmt: skip
    record("exceedance.take_manual_back", f"manual:{row.pk}", actor=actor, reason=reason[:200])
    return back


def said_of_report(row: ManualResult) -> dict[str, Any]:
    """What is told of its report as a piece of evidence of a matter."""
    return {
        "kind": "appraisal",
        "obtained": "measured",
        "title": (_("手工监测报告：%(reported)s") % {"reported": reported(row)})[:200],
        "origin": f"{row.agency} {row.report_number}"[:200],
        "taken_at": row.sampled_from,
    }


def _refuse_value(episode: Episode, told: Report) -> None:
    known = unit_of(episode.factor)
    if plain_unit(told.unit) != plain_unit(known):
        words = _(
            "报告的单位是 %(told)s，该因子以 %(known)s 计；平台不换算，请核对因子，或者按报告换算后填写。"
        )
        raise RefusedError(
            words % {"told": told.unit or _("无量纲"), "known": known or _("无量纲")}
        )
    if not math.isfinite(told.value) or told.value < 0:
        raise RefusedError(_("监测值应为不小于 0 的数；未检出的，填检出限并勾选“低于检出限”。"))


def _refuse_time(episode: Episode, first: dt.datetime, last: dt.datetime, at: dt.datetime) -> None:
    if last < first:
        raise RefusedError(_("采样结束时间不能早于开始时间。"))
    if last > at:
        raise RefusedError(_("采样时间不能晚于现在。"))
    reaches_in = last > episode.first_at or first == last == episode.first_at
    if first >= episode.end_at or not reaches_in:
        words = _(
            "采样时间不在该过程的时段（%(first)s 至 %(end)s，不含结束时刻）内，不属同一时段。"
        )
        shown = (
            f"{timezone.localtime(each):%Y-%m-%d %H:%M}"
            for each in (episode.first_at, episode.end_at)
        )
        raise RefusedError(words % dict(zip(("first", "end"), shown, strict=True)))


def _refuse_twice(episode: Episode, told: Report) -> None:
    same = (told.number, told.sample_code, told.sampled_from)
    for each in results_of(episode):
        if (each.report_number, each.sample_code, each.sampled_from) == same:
            raise RefusedError(_("该报告的这个结果已经录入；有误的，请先撤回再录入。"))
